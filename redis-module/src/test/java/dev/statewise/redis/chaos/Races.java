package dev.statewise.redis.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs a contest again and again, the contenders at the same moment, or one of them held back by a
 * random part of what a call takes: so a call begins at every moment within another.
 *
 * <p>Contests are prepared, run and judged in batches, so that between two of them the contenders
 * do nothing but wait for each other.
 *
 * @param <C> what a contest is about
 */
final class Races<C> {

  private static final int BATCH = 2_000;
  private static final long SPIN_NANOS = 100_000;
  private static final long NAP_NANOS = 20_000;
  private static final long FORGETTING = 16;

  private final Progress progress;
  private final List<Consumer<C>> contenders;
  private final AtomicLong arrived = new AtomicLong();
  private final ExecutorService threads;
  private volatile long typicalNanos = 1;
  private volatile boolean abandoned;
  private long met;

  @SafeVarargs
  @SuppressWarnings("varargs") // copied, and only read
  Races(String what, Consumer<C>... contenders) {
    this.progress = new Progress(what);
    this.contenders = List.of(contenders);
    this.threads = Executors.newCachedThreadPool(Races::named);
  }

  /** What is prepared and what is judged is done by several threads at once. */
  void run(int contests, Supplier<C> prepare, Consumer<C> judge) {
    try {
      for (int done = 0; done < contests; done += BATCH) {
        int batch = Math.min(BATCH, contests - done);
        List<C> prepared = Threads.each(batch, i -> prepare.get());
        contend(prepared);
        Threads.each(
            batch,
            i -> {
              judge.accept(prepared.get(i));
              return i;
            });
        progress.at(done + batch, contests, "races");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void contend(List<C> contests) {
    CompletionService<Integer> running = new ExecutorCompletionService<>(threads);
    for (Consumer<C> contender : contenders) {
      running.submit(() -> each(contests, contender));
    }
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      try {
        running.take().get();
      } catch (ExecutionException e) {
        failures.add(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("The race was interrupted.", e);
      }
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("A racing call threw: " + failures.get(0), failures.get(0));
    }
    met += (long) contests.size() * contenders.size();
  }

  private int each(List<C> contests, Consumer<C> contender) {
    long wanted = met;
    try {
      for (C contest : contests) {
        wanted += contenders.size();
        awaitAll(wanted);
        long began = System.nanoTime();
        contender.accept(contest);
        learn(System.nanoTime() - began);
      }
    } catch (Throwable failed) {
      abandoned = true;
      throw failed;
    }
    return contests.size();
  }

  /** Not exactly: that another learns at the same moment harms nothing. */
  private void learn(long nanos) {
    long typical = typicalNanos;
    typicalNanos = typical + (nanos - typical) / FORGETTING;
  }

  private void awaitAll(long wanted) {
    arrived.incrementAndGet();
    long spinUntil = System.nanoTime() + SPIN_NANOS;
    while (arrived.get() < wanted && !abandoned) {
      if (System.nanoTime() - spinUntil < 0) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(NAP_NANOS);
      }
    }
    long heldBack = (long) (ThreadLocalRandom.current().nextDouble() * typicalNanos);
    long until = System.nanoTime() + heldBack;
    while (System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
  }

  private static Thread named(Runnable task) {
    Thread thread = new Thread(task, "statewise-chaos-contender");
    thread.setDaemon(true);
    return thread;
  }
}
