package dev.statewise.benchmarks;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Work that is done on two threads, where nobody reads how long it took. */
final class TwoAtATime {

  private TwoAtATime() {}

  /**
   * Does all of it, begun in this order.
   *
   * @throws java.util.concurrent.CompletionException if a part of it threw, once all has ended
   */
  static void run(List<Runnable> all) {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CompletableFuture.allOf(
              all.stream()
                  .map(one -> CompletableFuture.runAsync(one, threads))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } finally {
      threads.shutdown();
    }
  }
}
