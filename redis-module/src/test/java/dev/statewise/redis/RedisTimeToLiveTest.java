package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.session.Session;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SubjectIndex;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/** How long the server keeps what was written. */
class RedisTimeToLiveTest {

  private static final Duration SLACK = Duration.ofMinutes(1);
  private static final Instant NOW = Samples.NOW;

  private final String prefix = SharedRedis.newPrefix();
  private final KeySpace keys = new KeySpace(prefix);
  private RedisClient client;
  private RedisSessionStore store;
  private SubjectIndex index;
  private RedisRevocationList list;

  @BeforeEach
  void open() {
    client = RedisClient.create(SharedRedis.uri());
    store = RedisSessionStore.over(client).withKeyPrefix(prefix);
    index = store.subjects().orElseThrow();
    list =
        RedisRevocationList.over(client).withKeyPrefix(prefix).withClock(InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  @DisplayName("a session MUST be kept from its last seeing to its end and a margin, by no clock")
  void created() {
    Session idleFirst = Samples.living(Duration.ofMinutes(30), Duration.ofHours(12));
    Session absoluteFirst = Samples.living(Duration.ofHours(3), Duration.ofMinutes(5));

    store.create(idleFirst);
    store.create(absoluteFirst);

    assertKept(keys.session(idleFirst.key()), Duration.ofMinutes(30));
    assertKept(keys.session(absoluteFirst.key()), Duration.ofMinutes(5));
  }

  @Test
  @DisplayName("a session that was over before it was seen MUST be kept for the margin")
  void overAlready() {
    Session session = Samples.living(Duration.ofHours(3), Duration.ofMinutes(5));
    store.create(session);

    store.touch(session.key(), session.absoluteEnd().plusSeconds(3600));

    assertKept(keys.session(session.key()), Duration.ZERO);
  }

  @Test
  @DisplayName("a touch MUST give the session its time anew, also one of a clock that is behind")
  void touched() {
    Session session = Samples.session();
    store.create(session);

    for (Instant seen : new Instant[] {NOW.plusSeconds(60), NOW.minusSeconds(600)}) {
      client.pexpire(keys.session(session.key()), 5_000);
      store.touch(session.key(), seen);

      assertKept(keys.session(session.key()), Samples.IDLE);
    }
  }

  @Test
  @DisplayName("a replace MUST give the session its time anew, from the later lastSeen of the two")
  void replaced() {
    Session session = Samples.living(Duration.ofHours(3), Duration.ofHours(4));
    store.create(session);
    store.touch(session.key(), NOW.plus(Duration.ofHours(3)));
    client.pexpire(keys.session(session.key()), 5_000);

    ReplaceResult result = store.replace(session.next(NOW.plusSeconds(1)));

    assertThat(result).isEqualTo(ReplaceResult.REPLACED);
    assertKept(keys.session(session.key()), Duration.ofHours(1));
  }

  @Test
  @DisplayName("a floor MUST be kept to its until and a margin")
  void floor() {
    Session session = Samples.session();

    list.refuseBelow(session.key(), 2, NOW.plus(Duration.ofHours(2)));

    assertKept(keys.sessionFloor(session.key()), Duration.ofHours(2));
  }

  @Test
  @DisplayName("a floor whose until has passed MUST be written and kept for the margin")
  void floorOverAlready() {
    Session session = Samples.session();

    Acknowledgement raised = list.refuseBelow(session.key(), 2, NOW.minusSeconds(3600));

    assertThat(raised).isEqualTo(Acknowledgement.RAISED);
    assertKept(keys.sessionFloor(session.key()), Duration.ZERO);
  }

  @Test
  @DisplayName("a floor MUST be kept to the later until of several, raised by it or not")
  void laterUntil() {
    Session session = Samples.session();
    Instant oneHour = NOW.plus(Duration.ofHours(1));
    Instant twoHours = NOW.plus(Duration.ofHours(2));

    list.refuseBelow(session.key(), 5, oneHour);
    list.refuseBelow(session.key(), 4, twoHours);
    assertKept(keys.sessionFloor(session.key()), Duration.ofHours(2));

    list.refuseBelow(session.key(), 6, oneHour);
    assertKept(keys.sessionFloor(session.key()), Duration.ofHours(2));
    assertThat(list.isRefused(session)).isTrue();
  }

  @Test
  @DisplayName("a node whose clock is ahead MUST NOT cut short what another node refused")
  void clockAhead() {
    Session session = Samples.session();
    Instant until = NOW.plus(Duration.ofHours(2));
    list.refuseBelow(session.key(), 5, until);

    RedisRevocationList ahead = list.withClock(InstantSource.fixed(until.plusSeconds(600)));
    ahead.refuseBelow(session.key(), Long.MAX_VALUE, until);

    assertKept(keys.sessionFloor(session.key()), Duration.ofHours(2));
  }

  @Test
  @DisplayName("a refusal until the end of time MUST be kept very long and not fail")
  void farFuture() {
    list.refuseAllCreatedBefore(NOW, Instant.MAX);

    assertThat(client.pttl(keys.floorOfAll())).isGreaterThan(Duration.ofDays(365_000).toMillis());
  }

  @Test
  @DisplayName("no key MUST ever be without a time to live, whatever was written over it")
  void noKeyWithoutTimeToLive() {
    for (int i = 0; i < 50; i++) {
      Session session = Samples.session();
      store.create(session);
      store.create(session);
      store.replace(session.next(NOW));
      store.touch(session.key(), NOW.plusSeconds(i));
      store.touch(Samples.session().key(), NOW);
      store.replace(Samples.session().next(NOW));
      store.create(Samples.of("bob"));
      store.create(Samples.of(""));
      index.admit(Samples.of("cid"), 3, Overflow.REFUSE, Optional.empty());
      index.admit(Samples.of("dan"), 3, Overflow.END_OLDEST, Optional.empty());
      index.findAll("ann");
      list.refuseBelow(session.key(), i, NOW.plusSeconds(i));
      list.refuseBelow(session.key(), i + 1, NOW.minusSeconds(i));
      list.refuseCreatedBefore("user" + i % 7, NOW.plusSeconds(i), NOW);
      list.refuseAllCreatedBefore(NOW.plusSeconds(i), NOW);
      if (i % 3 == 0) {
        store.delete(session.key());
      }
      if (i % 16 == 0) {
        index.deleteAll("bob");
        index.deleteAll("dan");
      }
    }
    Session session = Samples.session();
    client.set(keys.sessionFloor(session.key()), Floor.encode(new byte[8], 3), new SetParams());
    list.refuseBelow(session.key(), 2, NOW);

    int seen = 0;
    ScanParams all = new ScanParams().match(prefix + "*").count(1000);
    ScanResult<String> page = client.scan(ScanParams.SCAN_POINTER_START, all);
    while (true) {
      for (String key : page.getResult()) {
        assertThat(client.pttl(key)).as(key).isPositive();
        seen++;
      }
      if (page.isCompleteIteration()) {
        break;
      }
      page = client.scan(page.getCursor(), all);
    }
    assertThat(seen).isGreaterThan(80);
  }

  /** To the minute, so that a slow machine is not taken for a wrong sum. */
  private void assertKept(byte[] key, Duration expected) {
    Duration kept = Duration.ofMillis(client.pttl(key));
    Duration full = expected.plus(RedisSessionStore.MARGIN);

    assertThat(kept).isLessThanOrEqualTo(full).isGreaterThan(full.minus(SLACK));
  }
}
