package dev.statewise.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A few threads that run contests against each other, one after the other, each of them at the same
 * moment.
 *
 * <p>All contests are prepared first, then run, then judged: between two of them the threads only
 * spin, because one that has slept wakes up too late to hit a gap of nanoseconds.
 */
final class Race {

  private static final long PATIENCE_SECONDS = 60;

  private final int contenders;
  private final List<Contest<?>> contests = new ArrayList<>();

  Race(int contenders) {
    this.contenders = contenders;
  }

  /** Prepares one contest: these actions at the same moment, one a thread. */
  @SafeVarargs
  @SuppressWarnings("varargs") // copied, and only read
  final <T> Contest<T> between(Callable<? extends T>... actions) {
    Contest<T> contest = new Contest<>(List.of(actions));
    contests.add(contest);
    return contest;
  }

  /** One contest. */
  static final class Contest<T> {

    private final List<Callable<? extends T>> actions;
    private final Object[] results;
    private Consumer<List<T>> judge = results -> {};

    private Contest(List<Callable<? extends T>> actions) {
      this.actions = actions;
      this.results = new Object[actions.size()];
    }

    /** What must hold after it, given what each action returned, in their order. */
    void then(Consumer<List<T>> judge) {
      this.judge = judge;
    }

    /** For what must hold whatever the actions returned. */
    void then(Runnable judge) {
      this.judge = results -> judge.run();
    }

    void run(int contender) throws Exception {
      results[contender] = actions.get(contender).call();
    }

    private void judge() {
      List<T> typed = new ArrayList<>();
      for (Object result : results) {
        @SuppressWarnings("unchecked") // an action of this contest returned it
        T one = (T) result;
        typed.add(one);
      }
      judge.accept(typed);
    }
  }

  /**
   * Runs all contests and judges them.
   *
   * @throws AssertionError if an action threw, or what must hold does not
   */
  void run() {
    AtomicInteger count = new AtomicInteger();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            contenders, task -> new Thread(task, "statewise-race-" + count.incrementAndGet()));
    try {
      runOn(threads);
    } finally {
      threads.shutdownNow();
    }
    contests.forEach(Contest::judge);
  }

  private void runOn(ExecutorService threads) {
    CompletionService<Integer> running = new ExecutorCompletionService<>(threads);
    Lockstep lockstep = new Lockstep(contenders);
    for (int i = 0; i < contenders; i++) {
      int contender = i;
      running.submit(() -> runAll(contender, lockstep));
    }
    for (int i = 0; i < contenders; i++) {
      await(running, lockstep);
    }
  }

  private int runAll(int contender, Lockstep lockstep) throws Exception {
    try {
      for (int round = 0; round < contests.size(); round++) {
        lockstep.arrive(contender, round);
        contests.get(round).run(contender);
        lockstep.finish(contender);
      }
    } catch (Throwable failed) {
      lockstep.abandon();
      throw failed;
    }
    return contender;
  }

  private static void await(CompletionService<Integer> running, Lockstep lockstep) {
    try {
      Future<Integer> finished = null;
      for (long before = -1; finished == null; ) {
        if (before == lockstep.progress()) {
          throw new AssertionError(
              "A racing call gave no answer within " + PATIENCE_SECONDS + " s.");
        }
        before = lockstep.progress();
        finished = running.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      finished.get();
    } catch (ExecutionException e) {
      throw new AssertionError("A racing call threw: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("The race was interrupted.", e);
    }
  }
}
