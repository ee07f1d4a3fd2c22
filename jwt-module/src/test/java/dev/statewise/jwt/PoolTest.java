package dev.statewise.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PoolTest {

  private final AtomicInteger made = new AtomicInteger();
  private final Pool<AtomicBoolean> pool =
      new Pool<>(
          () -> {
            made.incrementAndGet();
            return new AtomicBoolean();
          });

  @Test
  @DisplayName("one thread MUST get the same thing again and again")
  void reuses() {
    AtomicBoolean first = pool.take();
    pool.give(first);

    assertThat(pool.take()).isSameAs(first);
    assertThat(made).hasValue(1);
  }

  @Test
  @DisplayName("what was not given back MUST NOT be handed out again")
  void exclusive() {
    assertThat(pool.take()).isNotSameAs(pool.take());
  }

  @Test
  @DisplayName("a pool MUST keep no more than its size, however many are given to it")
  void bounded() throws Exception {
    List<AtomicBoolean> taken = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      taken.add(pool.take());
    }
    for (AtomicBoolean one : taken) {
      Thread thread = new Thread(() -> pool.give(one));
      thread.start();
      thread.join();
    }
    int before = made.get();

    for (int i = 0; i < 2_000; i++) {
      Thread thread = new Thread(pool::take);
      thread.start();
      thread.join();
    }

    assertThat(made.get() - before).isGreaterThanOrEqualTo(2_000 - Pool.size());
  }

  @Test
  @DisplayName("no two threads MUST have one thing at the same time")
  void oneAtATime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        runs.add(threads.submit(this::useOften));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(made.get()).isLessThan(8 * 20_000);
  }

  private void useOften() {
    for (int i = 0; i < 20_000; i++) {
      AtomicBoolean mine = pool.take();
      assertThat(mine.getAndSet(true)).isFalse();
      mine.set(false);
      pool.give(mine);
    }
  }
}
