package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.embedded.RedisServer;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.StoreUnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

/** What becomes of a refusal that the server forgot: nobody it refused is ever accepted. */
@Tag("failover")
class LostRefusalsTest {

  private static final Duration STALENESS = Duration.ofMillis(400);

  private final HandClock clock = new HandClock();
  private final Instant until = clock.instant().plus(Duration.ofHours(12));

  @SuppressWarnings("NullAway.Init") // each test starts it with what it is to keep
  private RedisServer server;

  /** Both forms of a list. */
  @SuppressWarnings("ImmutableEnumChecker") // the functions hold nothing
  enum Form {
    ASKING(RedisRevocationList::connect),
    REPLICATED(connection -> RedisRevocationList.replicated(connection, STALENESS));

    private final Function<RedisConnection, RedisRevocationList> opening;

    Form(Function<RedisConnection, RedisRevocationList> opening) {
      this.opening = opening;
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("after a restart that kept nothing, what was refused MUST be refused by every node")
  void restartWithoutPersistence(Form form) {
    start();
    assertRefusedAfter(form, server::restart);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("after a restart from a snapshot from before the refusal, it MUST be refused")
  void restartFromSnapshot(Form form) {
    start("--save", "60 1");
    assertRefusedAfter(form, server::restart);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("after a restart from an append-only file, it MUST be refused")
  void restartFromAppendOnlyFile(Form form) {
    start("--appendonly", "yes", "--appendfsync", "everysec");
    assertRefusedAfter(form, server::restart);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("after a FLUSHALL, it MUST be refused")
  void flushed(Form form) {
    start();
    assertRefusedAfter(
        form,
        () -> {
          try (RedisClient admin = RedisClient.create(server.uri())) {
            admin.flushAll();
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a restart that was vouched for MUST log out nobody but those who were refused")
  void durable(Form form) {
    start("--appendonly", "yes", "--appendfsync", "always");
    try (RedisRevocationList list = open(form).assumingDurable();
        RedisRevocationList fresh = open(form).assumingDurable()) {
      Session ended = opened(list);
      Session other = opened(list);
      list.refuseBelow(ended.key(), Long.MAX_VALUE, until);

      server.restart();

      for (RevocationList each : List.of(list, fresh)) {
        assertThat(patiently(each, ended)).isTrue();
        assertThat(patiently(each, other)).isFalse();
      }
      assertThat(list.traits().durable()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a script cache that was flushed MUST log nobody out")
  void scriptsFlushed(Form form) {
    start();
    try (RedisRevocationList list = open(form);
        RedisClient admin = RedisClient.create(server.uri())) {
      Session other = opened(list);
      assertThat(list.isRefused(other)).isFalse();

      admin.scriptFlush();

      assertThat(list.isRefused(other)).isFalse();
      assertThat(list.floor("ann")).isEqualTo(other.createdAt());
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a session that is opened on a list that nobody used MUST be good on every node")
  void firstUse(Form form) {
    start();
    try (RedisRevocationList one = open(form);
        RedisRevocationList other = open(form)) {
      Session session = opened(one);

      assertThat(one.isRefused(session)).isFalse();
      assertThat(other.isRefused(session)).isFalse();
      assertThat(other.floor("bob")).isEqualTo(one.floor("ann"));
      assertThat(session.createdAt()).isBetween(clock.instant(), clock.instant().plusSeconds(61));
    }
  }

  @Test
  @DisplayName("sessions from before a list's first use MUST be refused unless they are adopted")
  void adopting() {
    start();
    Session before = session(clock.instant().minusSeconds(3600));
    try (RedisRevocationList strict = open(Form.ASKING);
        RedisRevocationList adopting =
            open(Form.ASKING).withKeyPrefix("adopted:").adoptingSessionsSince(Instant.EPOCH);
        RedisClient admin = RedisClient.create(server.uri())) {
      assertThat(strict.isRefused(before)).isTrue();
      assertThat(adopting.isRefused(before)).isFalse();

      admin.flushAll();

      assertThat(adopting.isRefused(before)).as("this process knows better now").isTrue();
    }
  }

  @Test
  @DisplayName("a node whose clock is behind MUST refuse what a node ahead created and lost")
  void skew() {
    start();
    HandClock ahead = new HandClock();
    ahead.advance(Duration.ofSeconds(29));
    try (RedisRevocationList list = open(Form.ASKING);
        RedisRevocationList ofNodeAhead = open(Form.ASKING).withClock(ahead)) {
      list.floor("ann");
      clock.advance(Duration.ofMinutes(5));
      ahead.advance(Duration.ofMinutes(5));
      Instant createdAt = later(ahead.instant(), ofNodeAhead.floor("ann"));
      Session ended = session(createdAt);
      ofNodeAhead.refuseBelow(ended.key(), Long.MAX_VALUE, until);

      server.restart();

      assertThat(patiently(list, ended)).isTrue();
      server.restart();
      Session atTheFloor = opened(list);
      server.restart();
      assertThat(patiently(list, atTheFloor)).as("lost again in the same minute").isTrue();
    }
  }

  @Test
  @DisplayName("the generation MUST have a time to live that its use renews")
  void renewed() {
    start();
    byte[] key = KeySpace.DEFAULT.generation();
    try (RedisRevocationList list = open(Form.ASKING);
        RedisClient admin = RedisClient.create(server.uri())) {
      Instant since = list.floor("ann");
      assertThat(admin.pttl(key)).isBetween(1L, Generation.KEPT.toMillis());
      admin.pexpire(key, 600_000);

      Awaitility.await()
          .untilAsserted(
              () -> {
                assertThat(list.floor("ann")).isEqualTo(since);
                assertThat(admin.pttl(key)).isGreaterThan(700_000);
              });
    }
  }

  /** Nodes that were there before, and one that starts after it. */
  private void assertRefusedAfter(Form form, Runnable loss) {
    try (RedisRevocationList list = open(form);
        RedisRevocationList other = open(form);
        RedisRevocationList fresh = open(form);
        RedisClient admin = RedisClient.create(server.uri())) {
      Session ended = opened(list);
      Session everywhere = opened(list);
      assertThat(other.isRefused(ended)).isFalse();
      admin.executeCommand(new CommandArguments(Protocol.Command.SAVE));
      clock.advance(Duration.ofMinutes(1));
      assertThat(list.refuseBelow(ended.key(), Long.MAX_VALUE, until))
          .isEqualTo(Acknowledgement.RAISED);
      list.refuseCreatedBefore("ann", clock.instant(), until);
      Awaitility.await().until(() -> other.isRefused(ended));

      loss.run();

      for (RevocationList each : List.of(list, other, fresh)) {
        assertThat(patiently(each, ended)).isTrue();
        assertThat(patiently(each, everywhere)).isTrue();
      }
      Session again = opened(other);
      for (RevocationList each : List.of(list, other, fresh)) {
        assertThat(patiently(each, again)).as("a login after it").isFalse();
      }
    }
  }

  private void start(String... arguments) {
    server = SharedRedis.ownServer(arguments);
  }

  private RedisRevocationList open(Form form) {
    return form.opening.apply(SharedRedis.patient(server.uri())).withClock(clock);
  }

  private Session opened(RevocationList list) {
    Instant floor =
        Awaitility.await()
            .ignoreException(StoreUnavailableException.class)
            .until(() -> list.floor("ann"), any -> true);
    return session(later(clock.instant(), floor));
  }

  private static Session session(Instant createdAt) {
    return Session.restore(
        SessionKey.draw("ann", new SecureRandom()),
        "ann",
        SecretHash.NONE,
        1,
        createdAt,
        createdAt,
        Samples.IDLE,
        createdAt.plus(Samples.LIFE),
        Map.of());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** What it says as soon as it says anything. */
  private static boolean patiently(RevocationList list, Session session) {
    return Awaitility.await()
        .ignoreException(StoreUnavailableException.class)
        .until(() -> list.isRefused(session) ? "refused" : "good", answer -> true)
        .equals("refused");
  }
}
