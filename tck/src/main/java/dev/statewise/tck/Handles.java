package dev.statewise.tck;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/** Opens the handles of one test, each test in a namespace of its own, and closes them after it. */
abstract class Handles<T extends AutoCloseable> {

  private static final String RUN =
      "k" + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36), 36);
  private static final AtomicInteger COUNT = new AtomicInteger();

  final String namespace = RUN + "-" + COUNT.incrementAndGet();
  private final Function<String, T> opening;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  Handles(Function<String, T> opening) {
    this.opening = opening;
  }

  /** One more handle on this test's own state. */
  final T open() {
    return open(namespace);
  }

  final T open(String name) {
    return closedAfterTest(
        requireNonNull(
            opening.apply(name),
            "open(\"" + name + "\") returned null; return a new handle on the state of that name"));
  }

  final <C extends AutoCloseable> C closedAfterTest(C closeable) {
    opened.push(closeable);
    return closeable;
  }

  /** Prepares a contest for each round, runs them all and judges them. */
  static void race(int contenders, int rounds, Consumer<Race> round) {
    Race race = new Race(contenders);
    for (int i = 0; i < rounds; i++) {
      round.accept(race);
    }
    race.run();
  }

  @AfterEach
  final void closeHandles() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
