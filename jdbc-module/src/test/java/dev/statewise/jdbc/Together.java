package dev.statewise.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several things at the same moment, each on a thread of its own. */
final class Together {

  private Together() {}

  /** What each of them answers, in their order. */
  @SafeVarargs
  @SuppressWarnings("varargs") // copied, and only read
  static <T> List<T> run(Callable<T>... actions) {
    return run(List.of(actions));
  }

  static <T> List<T> run(List<Callable<T>> actions) {
    ExecutorService threads = Executors.newFixedThreadPool(actions.size());
    CyclicBarrier start = new CyclicBarrier(actions.size());
    try {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> action : actions) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return action.call();
                }));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> future : running) {
        answers.add(future.get(120, TimeUnit.SECONDS));
      }
      return answers;
    } catch (ExecutionException e) {
      throw new AssertionError("One of them failed", e.getCause());
    } catch (Exception e) {
      throw new AssertionError("They did not come to an end", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
