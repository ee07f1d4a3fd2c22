package dev.statewise.redis.chaos;

import dev.statewise.embedded.RedisCluster;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.redis.SlotMover;
import dev.statewise.redis.SubjectUnderLoad;
import dev.statewise.session.SessionKey;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

/** F16: slots are moved from master to master while their sessions are in use. */
@Chaos
class F16ReshardingTest {

  private static final int MOVES = Scale.of(12, 600);
  private static final int SUBJECTS = 6;
  private static final int CALLS_WHILE_HALFWAY = 40;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger moves = new AtomicInteger();
  private final AtomicLong calls = new AtomicLong();

  @Test
  @DisplayName("F16 no session MUST be lost or brought back while slots are moved under load")
  void resharding() {
    List<String> subjects = IntStream.range(0, SUBJECTS).mapToObj(i -> "user-" + i).toList();
    SubjectUnderLoad.Counts counts = new SubjectUnderLoad.Counts();
    try (RedisCluster cluster = Servers.cluster();
        RedisSessionStore store =
            RedisSessionStore.connect(
                Servers.patient(Servers.connection(cluster))
                    .withSocketTimeout(Duration.ofSeconds(2)));
        SlotMover mover = new SlotMover(cluster)) {
      Threads.together(
              SUBJECTS + 1,
              i ->
                  i == SUBJECTS
                      ? move(mover, subjects)
                      : use(new SubjectUnderLoad(store, subjects.get(i), i)))
          .forEach(counts::add);
    }
    Ledger.judge(
        Outcome.of("F16", "slots moved under load", "cluster of 3")
            .tried(moves.get(), "moves of a slot in use")
            .lost(
                counts.lost + counts.broughtBack + counts.crossSlot,
                "sessions lost or brought back, or CROSSSLOT")
            .note("%,d answers, %,d calls made again", counts.answers, counts.unavailable));
  }

  private SubjectUnderLoad.Counts move(SlotMover mover, List<String> subjects) {
    Progress progress = new Progress("F16");
    try {
      while (moves.get() < MOVES) {
        mover.moveOn(slot(subjects.get(moves.get() % SUBJECTS)), this::untilUsed);
        progress.at(moves.incrementAndGet(), MOVES, "moves");
      }
    } finally {
      over.set(true);
    }
    return new SubjectUnderLoad.Counts();
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
    return JedisClusterCRC16.getSlot("{" + SessionKey.draw(subject, new Random()).slot() + "}");
  }
}
