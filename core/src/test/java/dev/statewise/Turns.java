package dev.statewise;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes two actors take their steps in a given order, each on a thread of its own.
 *
 * <p>A step of an actor that has finished is passed over.
 */
final class Turns {

  private final String order;
  private final Set<Character> finished = new HashSet<>();
  private int next;

  /**
   * @param order whose step is next, a letter for each
   */
  Turns(String order) {
    this.order = order;
  }

  synchronized <T> T step(char actor, Supplier<T> step) {
    awaitTurnOf(actor);
    try {
      return step.get();
    } finally {
      next++;
      notifyAll();
    }
  }

  synchronized void finish(char actor) {
    finished.add(actor);
    notifyAll();
  }

  private boolean isTurnOf(char actor) {
    while (next < order.length() && finished.contains(order.charAt(next))) {
      next++;
    }
    return next >= order.length() || order.charAt(next) == actor;
  }

  private synchronized void awaitTurnOf(char actor) {
    try {
      while (!isTurnOf(actor)) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a turn", e);
    }
  }
}
