package dev.statewise.redis.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Several threads that do the same. */
final class Threads {

  private static final int FEW = 4;

  private Threads() {}

  /** The results of 0 to {@code count - 1}, in that order, computed by a few threads. */
  static <T> List<T> each(int count, IntFunction<T> task) {
    int parts = Math.min(FEW, count);
    List<List<T>> results =
        together(
            parts,
            part -> {
              List<T> own = new ArrayList<>();
              for (int i = part; i < count; i += parts) {
                own.add(task.apply(i));
              }
              return own;
            });
    List<T> inOrder = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      inOrder.add(results.get(i % parts).get(i / parts));
    }
    return inOrder;
  }

  /** One result a thread; returns when all have ended. */
  static <T> List<T> together(int threads, IntFunction<T> task) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "statewise-chaos-worker");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        futures.add(pool.submit(() -> task.apply(number)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("A worker threw: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("The workers were interrupted.", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
