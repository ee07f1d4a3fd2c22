package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.embedded.RedisCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Slots are moved between masters while their sessions are in use. */
class RedisReshardingTest {

  private static final int SUBJECTS = 6;
  private static final int CALLS_WHILE_HALFWAY = 40;

  private static RedisCluster cluster;

  private final AtomicLong calls = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();

  @BeforeAll
  static void start() {
    SharedRedis.requireAServer();
    cluster = RedisCluster.start();
  }

  @AfterAll
  static void close() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @DisplayName("no session MUST be lost or brought back while slots are moved under load")
  void resharding() throws Exception {
    List<String> subjects = IntStream.range(0, SUBJECTS).mapToObj(i -> "subject-" + i).toList();
    SubjectUnderLoad.Counts counts = new SubjectUnderLoad.Counts();
    int moves = 0;
    try (RedisSessionStore store =
            RedisSessionStore.connect(
                SharedCluster.patient(cluster).withSocketTimeout(Duration.ofSeconds(2)));
        SlotMover mover = new SlotMover(cluster)) {
      ExecutorService threads = Executors.newFixedThreadPool(SUBJECTS);
      List<Future<SubjectUnderLoad.Counts>> loads = new ArrayList<>();
      for (String subject : subjects) {
        loads.add(
            threads.submit(() -> use(new SubjectUnderLoad(store, subject, subject.hashCode()))));
      }
      try {
        for (; moves < 3 * SUBJECTS; moves++) {
          mover.moveOn(slot(subjects.get(moves % SUBJECTS)), this::untilUsed);
        }
      } finally {
        over.set(true);
        threads.shutdown();
      }
      for (Future<SubjectUnderLoad.Counts> load : loads) {
        counts.add(load.get());
      }
    }

    assertThat(counts.answers).as("answers in %d moves", moves).isGreaterThan(moves * 40L);
    assertThat(counts.crossSlot).as("CROSSSLOT of %s", counts).isZero();
    assertThat(counts.lost).as("lost, of %s", counts).isZero();
    assertThat(counts.broughtBack).as("brought back, of %s", counts).isZero();
  }

  private SubjectUnderLoad.Counts use(SubjectUnderLoad load) {
    while (!over.get()) {
      load.step();
      calls.incrementAndGet();
    }
    return load.finish();
  }

  private void untilUsed() {
    long enough = calls.get() + CALLS_WHILE_HALFWAY;
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> calls.get() >= enough);
  }

  private static int slot(String subject) {
    return JedisClusterCRC16.getSlot(KeySpace.DEFAULT.subjectIndex(subject));
  }
}
