package dev.statewise.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.embedded.RedisCluster;
import dev.statewise.embedded.RedisServer;
import dev.statewise.session.Session;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.SubjectIndex;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * What the nodes of a cluster answer while a slot is half on one and half on the other: asked one
 * by one, through clients that know no cluster, so that every answer is seen.
 */
class RedisIndexMigrationTest {

  private static final KeySpace KEYS = KeySpace.DEFAULT;
  private static final int PATIENCE_MILLIS = 20_000;

  private static final AtomicInteger SUBJECTS = new AtomicInteger();

  private static RedisCluster cluster;

  // Each test moves a slot of its own.
  private final String subject = "subject-" + SUBJECTS.incrementAndGet();
  private final int slot = JedisClusterCRC16.getSlot(KEYS.subjectIndex(subject));
  private final Session goes = Samples.of(subject);
  private final Session stays = Samples.of(subject);
  private RedisServer to;
  private Jedis source;
  private Jedis target;
  private RedisClient sourceClient;
  private RedisSessionStore store;
  private SubjectIndex index;

  @BeforeAll
  static void start() {
    String why = RedisCluster.whyUnavailable().orElse("");
    assumeTrue(why.isEmpty(), why);
    cluster = RedisCluster.start();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void open() {
    int owner = (slot * 3 + 2) / 16_384;
    RedisServer from = cluster.masters().get(owner);
    to = cluster.masters().get((owner + 1) % 3);
    source = new Jedis(from.uri());
    target = new Jedis(to.uri());
    sourceClient = SharedRedis.patient(from.uri()).open();
    store = RedisSessionStore.over(sourceClient);
    index = store.subjects().orElseThrow();
    store.create(goes);
    store.create(stays);
    target.clusterSetSlotImporting(slot, source.clusterMyId());
    source.clusterSetSlotMigrating(slot, target.clusterMyId());
  }

  @AfterEach
  void close() {
    sourceClient.close();
    source.close();
    target.close();
  }

  @Test
  @DisplayName("a script on an index MUST be refused on both nodes while its slot is being moved")
  void halfMoved() {
    assertRefused("TRYAGAIN");

    move(KEYS.session(goes.key()));
    assertRefused("TRYAGAIN");
    assertTargetTriesAgain();

    move(KEYS.subjectIndex(subject));
    assertRefused("ASK");
    assertTargetTriesAgain();

    move(KEYS.session(stays.key()));
    assertRefused("ASK");
    assertTargetTriesAgain();
  }

  @Test
  @DisplayName(
      "a verb on one session MUST go on where the session is while its slot is being moved")
  void oneSession() {
    move(KEYS.subjectIndex(subject));

    assertThat(store.find(stays.key())).contains(stays);
    assertThat(store.touch(stays.key(), Samples.NOW.plusSeconds(1))).isTrue();
    assertThat(store.replace(stays.next(Samples.NOW.plusSeconds(2))))
        .isEqualTo(ReplaceResult.REPLACED);
    assertThat(store.delete(stays.key())).isTrue();
  }

  @Test
  @DisplayName("every session MUST be listed and ended on the new node once its slot has moved")
  void moved() {
    move(KEYS.session(goes.key()), KEYS.subjectIndex(subject), KEYS.session(stays.key()));
    for (Jedis node : List.of(target, source)) {
      node.clusterSetSlotNode(slot, target.clusterMyId());
    }

    try (RedisClient client = SharedRedis.patient(to.uri()).open()) {
      SubjectIndex there = RedisSessionStore.over(client).subjects().orElseThrow();
      assertThat(there.findAll(subject)).containsExactlyInAnyOrder(goes, stays);
      assertThat(client.pttl(KEYS.subjectIndex(subject))).isPositive();
      assertThat(there.deleteAll(subject)).isEqualTo(2);
    }
  }

  private void assertRefused(String code) {
    List<Runnable> verbs =
        List.of(
            () -> store.create(Samples.of(subject)),
            () -> index.findAll(subject),
            () -> index.deleteAll(subject),
            () -> index.admit(Samples.of(subject), 9, Overflow.REFUSE, Optional.empty()));
    for (Runnable verb : verbs) {
      assertThatThrownBy(verb::run)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining(code);
    }
  }

  /** Whatever the script: a cluster looks at its keys alone. */
  private void assertTargetTriesAgain() {
    for (List<byte[]> keys :
        List.of(KEYS.index(subject), KEYS.sessionAndIndex(Samples.of(subject)))) {
      target.asking();
      assertThatThrownBy(() -> target.eval("return 1".getBytes(US_ASCII), keys, List.of()))
          .isInstanceOf(JedisDataException.class)
          .hasMessageContaining("TRYAGAIN");
    }
  }

  private void move(byte[]... keys) {
    source.migrate(to.host(), to.port(), PATIENCE_MILLIS, new MigrateParams(), keys);
  }
}
