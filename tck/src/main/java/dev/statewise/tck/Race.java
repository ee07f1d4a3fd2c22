package dev.statewise.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A few threads that start what they are given at the same moment, again and again. */
final class Race implements AutoCloseable {

  private static final int LONGEST_HEAD_START = 300;
  private static final long PATIENCE_SECONDS = 60;

  private final ExecutorService threads;
  private final CyclicBarrier start;

  Race(int threads) {
    AtomicInteger count = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            threads, task -> new Thread(task, "statewise-race-" + count.incrementAndGet()));
    this.start = new CyclicBarrier(threads);
  }

  /**
   * Runs the actions against each other, one a thread.
   *
   * @return what each returned, in the order of the actions
   * @throws AssertionError if one threw
   */
  @SafeVarargs
  final <T> List<T> run(Callable<? extends T>... actions) {
    List<Future<? extends T>> running = new ArrayList<>();
    for (Callable<? extends T> action : actions) {
      running.add(threads.submit(() -> started(action)));
    }
    List<T> results = new ArrayList<>();
    for (Future<? extends T> one : running) {
      results.add(resultOf(one));
    }
    return results;
  }

  private <T> T started(Callable<T> action) throws Exception {
    start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    // Unequal head starts, so that over the rounds each action comes first and in between.
    for (int i = ThreadLocalRandom.current().nextInt(LONGEST_HEAD_START); i > 0; i--) {
      Thread.onSpinWait();
    }
    return action.call();
  }

  private static <T> T resultOf(Future<T> running) {
    try {
      return running.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("A racing call threw: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError(
          "A racing call gave no answer within " + PATIENCE_SECONDS + " s.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("The race was interrupted.", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
