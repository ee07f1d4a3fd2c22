package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.HybridSessions;
import dev.statewise.SessionPolicy;
import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.SigningKey;
import dev.statewise.session.Ending;
import dev.statewise.session.Grant;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.TokenService;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XTrimParams;

/**
 * Two nodes of a replicated list. The ticker of the second is moved by hand, so that the bound
 * passes for it when the test says so.
 */
class FollowedRefusalsTest {

  private static final Duration STALENESS = Duration.ofSeconds(2);

  private final HandClock clock = new HandClock();
  private final Instant until = clock.instant().plus(Duration.ofHours(1));
  private final HandTicker ticker = new HandTicker();
  private final Session session = Samples.session();
  private RedisServer server;
  private TcpProxy proxy;
  private RedisClient admin;
  private RedisRevocationList here;
  private RedisRevocationList there;

  /** What can come between a node and its server. */
  @SuppressWarnings("ImmutableEnumChecker") // the functions hold nothing
  enum Fault {
    SILENCE((server, proxy) -> proxy.blackhole()),
    REQUESTS_LOST((server, proxy) -> proxy.dropToServer()),
    REPLIES_LOST((server, proxy) -> proxy.dropFromServer()),
    CUT_AND_REFUSED(
        (server, proxy) -> {
          proxy.refuse();
          proxy.cut();
        });

    private final BiConsumer<RedisServer, TcpProxy> fault;

    Fault(BiConsumer<RedisServer, TcpProxy> fault) {
      this.fault = fault;
    }
  }

  @BeforeEach
  void open() {
    server = SharedRedis.ownServer();
    proxy = TcpProxy.to(server.host(), server.port());
    admin = RedisClient.create(server.uri());
    here = node(SharedRedis.patient(server.uri()));
    there = node(hasty()).withTicker(ticker);
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
    admin.close();
    proxy.close();
    server.close();
  }

  @Test
  @DisplayName("while it follows, isRefused MUST cost no round trip, as its traits say")
  void noRoundTrip() {
    awaitFollowing(there);
    server.pause();

    for (int i = 0; i < 1_000; i++) {
      assertThat(there.isRefused(session)).isFalse();
    }

    assertThat(there.traits().roundTrips()).isZero();
    assertThat(there.traits().staleness()).isEqualTo(STALENESS);
    server.resume();
  }

  @Test
  @DisplayName("its own refusals a node MUST refuse at once, without asking")
  void ownWrites() {
    awaitFollowing(there);
    there.refuseBelow(session.key(), 2, until);
    Session of = Samples.session();
    there.refuseCreatedBefore(of.subject(), of.createdAt().plusMillis(1), until);
    server.pause();

    assertThat(there.isRefused(session)).isTrue();
    assertThat(there.isRefused(of)).isTrue();
    server.resume();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("cut off, a node MUST accept nothing beyond the bound that another node ended")
  void neverBeyondTheBound(Fault fault) {
    awaitFollowing(there);
    fault.fault.accept(server, proxy);
    here.refuseBelow(session.key(), Long.MAX_VALUE, until);
    assertThat(there.isRefused(session)).as("within the bound").isFalse();

    ticker.advance(STALENESS.plusNanos(1));

    assertThatThrownBy(() -> there.isRefused(session))
        .isInstanceOf(StoreUnavailableException.class);
    proxy.heal();
    assertRefusedAsSoonAsAnswered();
    awaitFollowing(there);
    assertThat(there.isRefused(session)).isTrue();
  }

  @Test
  @DisplayName(
      "on a server that stands still, a node MUST be unavailable when the bound has passed")
  void pausedServer() {
    awaitFollowing(there);
    server.pause();
    ticker.advance(STALENESS.plusNanos(1));

    assertThatThrownBy(() -> there.isRefused(session))
        .isInstanceOf(StoreUnavailableException.class);
    server.resume();
    awaitFollowing(there);
  }

  @Test
  @DisplayName("a node that stood still MUST ask when it wakes")
  void stalledNode() {
    awaitFollowing(there);
    here.refuseBelow(session.key(), Long.MAX_VALUE, until);

    ticker.advance(STALENESS.plusNanos(1));

    assertThat(there.isRefused(session)).isTrue();
  }

  @Test
  @DisplayName("what a demoted master says MUST be no proof, and no answer")
  void demoted() {
    awaitFollowing(there);
    admin.executeCommand(
        new CommandArguments(Protocol.Command.REPLICAOF).addObjects("127.0.0.1", "1"));
    ticker.advance(STALENESS.plusNanos(1));

    assertThatThrownBy(() -> there.isRefused(session))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("READONLY");
    assertThat(there.isFollowing()).isFalse();
  }

  @Test
  @DisplayName("a gap in the log MUST be read from its start before the node answers by itself")
  void gap() {
    awaitFollowing(there);
    proxy.refuse();
    proxy.cut();
    for (int i = 0; i < 5; i++) {
      here.refuseBelow(Samples.session().key(), 2, until);
    }
    here.refuseBelow(session.key(), 2, until);
    admin.xtrim("sw:{all}:refusals", XTrimParams.xTrimParams().maxLen(1));
    Session late = Samples.session();
    here.refuseBelow(late.key(), 2, until);

    ticker.advance(STALENESS.plusNanos(1));
    proxy.heal();
    awaitFollowing(there);

    assertThat(there.isRefused(session)).isTrue();
    assertThat(there.isRefused(late)).isTrue();
    assertThat(there.heldHere()).isEqualTo(2);
  }

  @Test
  @DisplayName("a node that starts MUST know what was refused before")
  void snapshot() {
    for (int i = 0; i < 2_500; i++) {
      here.refuseBelow(Samples.session().key(), 2, until);
    }
    here.refuseBelow(session.key(), 2, until);
    here.refuseAllCreatedBefore(session.createdAt().minusSeconds(1), until);

    awaitFollowing(there);

    assertThat(there.heldHere()).isEqualTo(2_502);
    server.pause();
    assertThat(there.isRefused(session)).isTrue();
    server.resume();
  }

  @Test
  @DisplayName(
      "a refusal MUST be forgotten when its until has passed by the node's clock and margin")
  void forgotten() {
    awaitFollowing(there);
    here.refuseBelow(session.key(), 2, until);
    here.refuseCreatedBefore("bob", Samples.NOW, until.plusSeconds(3600));
    Awaitility.await().until(() -> there.heldHere() == 2);

    clock.advance(Duration.between(clock.instant(), until).plus(RedisSessionStore.MARGIN));
    awaitProofAfterwards();
    assertThat(there.heldHere()).isEqualTo(2);

    clock.advance(Duration.ofMinutes(2));
    Awaitility.await().until(() -> there.heldHere() == 1);
  }

  @Test
  @DisplayName("a clock that was ahead and is set back MUST bring back what was forgotten by it")
  void setBack() {
    awaitFollowing(there);
    here.refuseBelow(session.key(), 2, until);
    Awaitility.await().until(() -> there.heldHere() == 1);
    clock.advance(Duration.ofHours(3));
    Awaitility.await().until(() -> there.heldHere() == 0);

    clock.advance(Duration.ofHours(-3));

    Awaitility.await().until(() -> there.heldHere() == 1);
    assertThat(there.isRefused(session)).isTrue();
  }

  @Test
  @DisplayName("a clock that is set back MUST NOT have its node rely on what it forgot before")
  void setBackUnheard() {
    awaitFollowing(there);
    here.refuseBelow(session.key(), 2, until);
    Awaitility.await().until(() -> there.heldHere() == 1);
    clock.advance(Duration.ofHours(3));
    Awaitility.await().until(() -> there.heldHere() == 0);
    proxy.blackhole();

    clock.advance(Duration.ofHours(-3));

    assertThatThrownBy(() -> there.isRefused(session))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @DisplayName(
      "a node that finds no server at first MUST be unavailable, and follow when it is there")
  void notThereAtFirst() {
    proxy.refuse();
    try (RedisRevocationList early = node(hasty())) {
      assertThatThrownBy(() -> early.isRefused(session))
          .isInstanceOf(StoreUnavailableException.class);

      proxy.heal();

      awaitFollowing(early);
    }
  }

  @Test
  @DisplayName("the log MUST be trimmed of what has lasted long enough, and of nothing else")
  void trimmed() {
    admin.xadd(
        "sw:{all}:refusals",
        StreamEntryID.NEW_ENTRY,
        Map.of("n", session.key().text(), "f", "12345678", "u", "5", "p", "0-0", "d", "5"));
    admin.expire("sw:{all}:refusals", 3600);

    here.refuseBelow(session.key(), 2, until);
    here.refuseBelow(session.key(), 3, until);

    assertThat(admin.xlen("sw:{all}:refusals")).isEqualTo(2);
    assertThat(admin.pttl("sw:{all}:refusals")).isGreaterThan(3_600_000);
  }

  @Test
  @DisplayName("one refusal that is kept for long MUST NOT hold up the trimming of those behind it")
  void trimmedBehindALongOne() {
    here.refuseCreatedBefore("ann", clock.instant(), clock.instant().plus(Duration.ofDays(30)));
    awaitFollowing(there);
    for (int i = 0; i < 200; i++) {
      addOver("gone" + i);
    }

    for (int i = 0; i < 100; i++) {
      here.refuseBelow(Samples.session().key(), 2, until);
    }

    // The long one, the hundred, and what is looked at no more than some at a time.
    assertThat(admin.xlen("sw:{all}:refusals")).isEqualTo(101);
    try (RedisRevocationList late = node(SharedRedis.patient(server.uri()))) {
      awaitFollowing(late);
      assertThat(late.isRefused(Samples.createdAt("ann", clock.instant().minusSeconds(1))))
          .isTrue();
      assertThat(there.isRefused(Samples.createdAt("ann", clock.instant().minusSeconds(1))))
          .isTrue();
    }
  }

  @Test
  @DisplayName("refusals that are kept alike MUST NOT be told twice")
  void notToldTwice() {
    for (int i = 0; i < 100; i++) {
      here.refuseBelow(Samples.session().key(), 2, until);
    }
    String last = lastId();

    here.refuseBelow(Samples.session().key(), 2, until.plusSeconds(1));

    assertThat(admin.xlen("sw:{all}:refusals")).isEqualTo(101);
    assertThat(admin.xrange("sw:{all}:refusals", "(" + last, "+")).hasSize(1);
  }

  @Test
  @DisplayName("of many refusals that are kept for long a short one MUST move no more than two")
  void movesFew() {
    for (int i = 0; i < 20; i++) {
      here.refuseCreatedBefore(
          "subject" + i, clock.instant(), clock.instant().plus(Duration.ofDays(30)));
    }
    String last = lastId();

    here.refuseBelow(Samples.session().key(), 2, until);

    assertThat(admin.xrange("sw:{all}:refusals", "(" + last, "+")).hasSize(3);
    assertThat(admin.xlen("sw:{all}:refusals")).isEqualTo(21);
    awaitFollowing(there);
    assertThat(there.isRefused(Samples.createdAt("subject0", clock.instant().minusSeconds(1))))
        .isTrue();
  }

  /** A refusal that has lasted long enough, as an earlier call would have left it. */
  private void addOver(String name) {
    admin.xadd(
        "sw:{all}:refusals",
        StreamEntryID.NEW_ENTRY,
        Map.of("n", name, "f", "12345678", "u", "5", "p", lastId(), "d", "5"));
  }

  private String lastId() {
    return admin.xrevrange("sw:{all}:refusals", "+", "-", 1).get(0).getID().toString();
  }

  @Test
  @DisplayName("a session that is ended on one node MUST be rejected by another within the bound")
  void endToEnd() {
    TokenService tokens = tokens();
    HybridSessions one =
        HybridSessions.over(tokens, here, SessionPolicy.defaults()).withClock(clock);
    HybridSessions other =
        HybridSessions.over(tokens, there, SessionPolicy.defaults()).withClock(clock);
    Grant grant = one.open("ann", Map.of()).grantOrThrow();
    awaitFollowing(there);
    assertThat(other.validate(grant.credential())).isInstanceOf(Validation.Accepted.class);

    assertThat(one.end(grant.credential())).isEqualTo(new Ending.Ended(true, STALENESS));
    ticker.advance(STALENESS.plusNanos(1));

    assertThat(other.validate(grant.credential())).isInstanceOf(Validation.Rejected.class);
  }

  @Test
  @DisplayName("a list that is closed MUST have stopped its thread")
  void closed() {
    awaitFollowing(there);
    long before = followers();

    there.close();

    Awaitility.await().until(() -> followers() < before);
  }

  private static long followers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("statewise-revocations-"))
        .count();
  }

  private RedisRevocationList node(RedisConnection connection) {
    return RedisRevocationList.replicated(connection, STALENESS)
        .withClock(clock)
        .adoptingSessionsSince(Instant.EPOCH);
  }

  private RedisConnection hasty() {
    return RedisConnection.to(SharedRedis.uri(proxy))
        .withConnectTimeout(Duration.ofMillis(500))
        .withSocketTimeout(Duration.ofMillis(500));
  }

  private static void awaitFollowing(RedisRevocationList list) {
    Awaitility.await().until(list::isFollowing);
  }

  /** That the thread went round once more: it forgets only there. */
  private void awaitProofAfterwards() {
    ticker.advance(STALENESS.plusNanos(1));
    awaitFollowing(there);
    ticker.advance(STALENESS.plusNanos(1));
    awaitFollowing(there);
  }

  private void assertRefusedAsSoonAsAnswered() {
    Boolean answer =
        Awaitility.await()
            .ignoreException(StoreUnavailableException.class)
            .until(() -> there.isRefused(session), any -> true);
    assertThat(answer).isTrue();
  }

  private static TokenService tokens() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return JwtTokenService.of(
        KeyRing.of(SigningKey.hs256("k1", secret)), "https://login.example", "shop");
  }
}
