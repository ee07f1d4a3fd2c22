package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.HybridSessions;
import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.StatefulSessions;
import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.embedded.Traffic;
import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.SigningKey;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Grant;
import dev.statewise.session.NotKept;
import dev.statewise.session.OpenResult;
import dev.statewise.session.Rejection;
import dev.statewise.session.SaveResult;
import dev.statewise.session.SaveResult.Saved;
import dev.statewise.session.Session;
import dev.statewise.session.TooLarge;
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import dev.statewise.spi.Overflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** The front door over Redis: two nodes that share a server, each behind the same proxy. */
class RedisFrontDoorTest {

  private static final int TENFOLD = 10;

  enum Strategy {
    STATEFUL,
    HYBRID,
    HYBRID_GUARDED
  }

  private final HandClock clock = new HandClock();
  private final JwtTokenService tokens =
      JwtTokenService.of(
          KeyRing.of(SigningKey.generateHs256("test")), "https://login.example", "shop");
  private RedisServer server;
  private TcpProxy proxy;
  private RedisSessionStore store;
  private RedisSessionStore otherStore;
  private RedisRevocationList list;
  private RedisRevocationList otherList;

  @BeforeEach
  void open() {
    server = SharedRedis.ownServer();
    proxy = TcpProxy.to(server.host(), server.port());
    RedisConnection connection = SharedRedis.patient(SharedRedis.uri(proxy));
    store = RedisSessionStore.connect(connection);
    otherStore = RedisSessionStore.connect(connection);
    list = RedisRevocationList.connect(connection).withClock(clock);
    otherList = RedisRevocationList.connect(connection).withClock(clock);
  }

  @AfterEach
  void close() {
    store.close();
    otherStore.close();
    list.close();
    otherList.close();
    proxy.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a visit MUST go from open to end, and every node MUST see each step at once")
  void visit(Strategy strategy) {
    Sessions here = node(strategy, store, list);
    Sessions there = node(strategy, otherStore, otherList);

    Grant opened = here.open("alice", Map.of("cart", "1")).grantOrThrow();
    Session read = accepted(there, opened.credential());
    assertThat(read.attribute("cart")).contains("1");

    Saved saved = there.save(read.with("cart", "2")).savedOrThrow();
    Credential afterSave = saved.renewal().map(Grant::credential).orElse(opened.credential());
    assertThat(accepted(here, afterSave).attribute("cart")).contains("2");

    Saved rotated = here.rotate(saved.session()).savedOrThrow();
    Credential current = rotated.renewal().orElseThrow().credential();
    assertThat(accepted(there, current).attribute("cart")).contains("2");
    assertRejected(there, afterSave);

    assertThat(there.end(current)).isEqualTo(new Ending.Ended(true, Duration.ZERO));
    assertRejected(here, current);
    assertThat(here.save(rotated.session())).isInstanceOf(SaveResult.Gone.class);
    assertThat(here.rotate(rotated.session())).isInstanceOf(SaveResult.Gone.class);
    assertRejected(there, current);
    assertThat(here.end(current)).isEqualTo(new Ending.Ended(false, Duration.ZERO));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a login MUST end the session before it, on every node")
  void login(Strategy strategy) {
    Sessions here = node(strategy, store, list);
    Grant visitor = here.openAnonymous(Map.of("cart", "1")).grantOrThrow();

    Grant user =
        here.login(visitor.session(), "alice", visitor.session().attributes()).grantOrThrow();

    Sessions there = node(strategy, otherStore, otherList);
    assertRejected(there, visitor.credential());
    assertThat(accepted(there, user.credential()).attribute("cart")).contains("1");
    assertThat(user.session().key()).isNotEqualTo(visitor.session().key());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("of two saves from one version the second MUST be told, where state cannot be lost")
  void conflict(Strategy strategy) {
    Sessions here = node(strategy, store, list);
    Session read = here.open("alice", Map.of()).grantOrThrow().session();
    here.save(read.with("cart", "1")).savedOrThrow();

    SaveResult second = here.save(read.with("cart", "2"));

    if (here.guarantees().detectsConflicts()) {
      assertThat(second).isNotInstanceOf(Saved.class);
    } else {
      assertThat(second).isInstanceOf(Saved.class);
    }
  }

  @Test
  @DisplayName("a logout everywhere MUST end every token of a subject and let it log in at once")
  void endAll() {
    Sessions here = node(Strategy.HYBRID, store, list);
    Sessions there = node(Strategy.HYBRID, otherStore, otherList);
    Grant one = here.open("alice", Map.of()).grantOrThrow();
    Grant two = there.open("alice", Map.of()).grantOrThrow();
    Grant stranger = there.open("bob", Map.of()).grantOrThrow();

    Ending ending = here.endAll("alice");

    assertThat(ending).isEqualTo(new Ending.Ended(true, Duration.ZERO));
    assertRejected(there, one.credential());
    assertRejected(here, two.credential());
    accepted(here, stranger.credential());
    accepted(there, there.open("alice", Map.of()).grantOrThrow().credential());
  }

  @Test
  @DisplayName("a logout everywhere MUST end every session of a subject, on every node")
  void endAllStateful() {
    Sessions here = node(Strategy.STATEFUL, store, list);
    Sessions there = node(Strategy.STATEFUL, otherStore, otherList);
    Grant one = here.open("alice", Map.of()).grantOrThrow();
    Grant two = there.open("alice", Map.of()).grantOrThrow();
    Grant stranger = there.open("bob", Map.of()).grantOrThrow();

    assertThat(here.endAll("alice")).isEqualTo(new Ending.Ended(true, Duration.ZERO));

    assertRejected(there, one.credential());
    assertRejected(here, two.credential());
    accepted(here, stranger.credential());
    assertThat(here.endAll("alice")).isEqualTo(new Ending.Ended(false, Duration.ZERO));
    assertThat(here.save(two.session().with("cart", "1"))).isInstanceOf(SaveResult.Gone.class);
    accepted(here, there.open("alice", Map.of()).grantOrThrow().credential());
  }

  @Test
  @DisplayName("a list MUST show the live sessions of a subject as they are, from every node")
  void list() {
    Sessions here = node(Strategy.STATEFUL, store, list);
    Sessions there = node(Strategy.STATEFUL, otherStore, otherList);
    Session idle = here.open("alice", Map.of()).grantOrThrow().session();
    clock.advance(Duration.ofMinutes(20));
    Session saved =
        there
            .save(there.open("alice", Map.of()).grantOrThrow().session().with("cart", "1"))
            .savedOrThrow()
            .session();
    here.openAnonymous(Map.of());

    assertThat(listed(here, "alice")).containsExactlyInAnyOrder(idle, saved);
    clock.advance(Duration.ofMinutes(10));
    assertThat(listed(here, "alice")).containsExactly(saved);
    here.end(saved);
    assertThat(listed(there, "alice")).isEmpty();
  }

  @Test
  @DisplayName("a limit MUST hold over all nodes, and a login MUST NOT count what it supersedes")
  void limit() {
    SessionPolicy two = limit(2, Overflow.REFUSE);
    Sessions here = StatefulSessions.over(store, two).withClock(clock);
    Sessions there = StatefulSessions.over(otherStore, two).withClock(clock);
    Grant first = here.open("alice", Map.of()).grantOrThrow();
    there.open("alice", Map.of()).grantOrThrow();

    assertThat(here.open("alice", Map.of())).isEqualTo(new OpenResult.LimitReached(2));
    Grant again = there.login(first.session(), "alice", Map.of()).grantOrThrow();

    assertRejected(here, first.credential());
    accepted(here, again.credential());
    assertThat(listed(here, "alice")).hasSize(2);
    assertThat(here.guarantees().keepsLimit()).isTrue();
    assertThat(here.guarantees().listsBySubject()).isTrue();
  }

  @Test
  @DisplayName("a limit that ends the oldest MUST end it on every node")
  void limitEndsTheOldest() {
    SessionPolicy one = limit(1, Overflow.END_OLDEST);
    Sessions here = StatefulSessions.over(store, one).withClock(clock);
    Sessions there = StatefulSessions.over(otherStore, one).withClock(clock);
    Grant old = here.open("alice", Map.of()).grantOrThrow();

    Grant young = there.open("alice", Map.of()).grantOrThrow();

    assertRejected(here, old.credential());
    accepted(here, young.credential());
  }

  @Test
  @DisplayName("a store that may lose its index MUST NOT promise what needs one")
  void evicting() {
    RedisSessionStore evicting = store.assumingEviction();
    SessionPolicy limited = limit(2, Overflow.REFUSE);
    Sessions here = node(Strategy.STATEFUL, evicting, list);

    assertThat(here.endAll("alice")).isInstanceOf(NotKept.class);
    assertThat(here.list("alice")).isInstanceOf(NotKept.class);
    assertThatThrownBy(() -> StatefulSessions.over(evicting, limited))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an outage MUST be Unavailable within the deadline, never a rejection, and pass")
  void outage(Strategy strategy) {
    RedisConnection hasty =
        RedisConnection.to(server.uri())
            .withSocketTimeout(Duration.ofMillis(200))
            .withConnectTimeout(Duration.ofMillis(200));
    Grant grant = node(strategy, store, list).open("alice", Map.of()).grantOrThrow();
    try (RedisSessionStore hastyStore = RedisSessionStore.connect(hasty);
        RedisRevocationList hastyList = RedisRevocationList.connect(hasty).withClock(clock)) {
      Sessions here = node(strategy, hastyStore, hastyList);
      server.pause();
      for (Supplier<Object> verb : verbs(here, grant)) {
        long start = System.nanoTime();
        assertThat(verb.get()).isInstanceOf(Unavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isLessThan(hasty.deadline().multipliedBy(TENFOLD));
      }
      server.resume();

      Awaitility.await()
          .untilAsserted(
              () -> assertThat(here.open("bob", Map.of())).isInstanceOf(OpenResult.Opened.class));
    }
  }

  private static List<Supplier<Object>> verbs(Sessions here, Grant grant) {
    Session session = grant.session();
    return List.of(
        () -> here.validate(grant.credential()),
        () -> here.open("bob", Map.of()),
        () -> here.login(session, "alice", Map.of()),
        () -> here.save(session.with("cart", "3")),
        () -> here.update(session, read -> read.with("cart", "4")),
        () -> here.rotate(session),
        () -> here.endAll("alice"),
        () -> here.end(grant.credential()),
        () -> here.end(session));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("junk MUST be rejected without a word to the server: null, empty, 1 MB, malformed")
  void junk(boolean stateful) {
    assertRejectedInSilence(stateful ? Strategy.STATEFUL : Strategy.HYBRID, Junk.plain().stream());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("every naughty string MUST be rejected without a word to the server")
  void naughtyStrings(boolean stateful) {
    List<Credential> strings = Junk.naughtyStrings();

    assertThat(strings).hasSizeGreaterThan(400);
    assertRejectedInSilence(stateful ? Strategy.STATEFUL : Strategy.HYBRID, strings.stream());
  }

  @Test
  @DisplayName("a well-formed id that nobody issued MUST be rejected and leave no key behind")
  void strangeIds() {
    Sessions here = node(Strategy.STATEFUL, store, list);
    try (RedisClient admin = RedisClient.create(server.uri())) {
      Credential strange = Credential.of("A".repeat(15) + "." + "A".repeat(24));

      assertThat(here.validate(strange)).isEqualTo(new Validation.Rejected(Rejection.UNKNOWN));
      assertThat(here.end(strange)).isEqualTo(new Ending.Ended(false, Duration.ZERO));
      assertThat(admin.dbSize()).isZero();
    }
  }

  @Test
  @DisplayName("a validation MUST be one command, and two when a touch is due")
  void validationCost() {
    Sessions here = node(Strategy.STATEFUL, store, list);
    Grant grant = here.open("alice", Map.of()).grantOrThrow();
    store.touch(grant.session().key(), clock.instant());

    Traffic untouched = traffic(() -> accepted(here, grant.credential()));
    clock.advance(Duration.ofMinutes(5));
    Traffic touched = traffic(() -> accepted(here, grant.credential()));

    assertThat(untouched.commands()).isEqualTo(1);
    assertThat(untouched.roundTrips()).isEqualTo(1);
    assertThat(touched.commands()).isEqualTo(2);
    assertThat(touched.roundTrips()).isEqualTo(2);
  }

  @Test
  @DisplayName("a hybrid validation MUST be one command")
  void hybridValidationCost() {
    Sessions here = node(Strategy.HYBRID, store, list);
    Grant grant = here.open("alice", Map.of()).grantOrThrow();

    Traffic cost = traffic(() -> accepted(here, grant.credential()));

    assertThat(cost.commands()).isEqualTo(1);
    assertThat(cost.roundTrips()).isEqualTo(1);
  }

  @Test
  @DisplayName("expiry MUST be judged by the front door's clock while the server still has the key")
  void expiry() {
    Sessions here = node(Strategy.STATEFUL, store, list);
    Grant grant = here.open("alice", Map.of()).grantOrThrow();

    clock.advance(Duration.ofMinutes(30));

    assertThat(here.validate(grant.credential()))
        .isEqualTo(new Validation.Rejected(Rejection.EXPIRED));
    assertThat(store.find(grant.session().key())).isPresent();
  }

  @Test
  @DisplayName("another session's value under a session's key MUST NOT let anybody in")
  void swappedValue() {
    Sessions here = node(Strategy.STATEFUL, store, list);
    Grant victim = here.open("victim", Map.of()).grantOrThrow();
    Grant attacker = here.open("attacker", Map.of()).grantOrThrow();
    KeySpace keys = KeySpace.DEFAULT;

    try (RedisClient admin = RedisClient.create(server.uri())) {
      byte[] value = admin.get(keys.session(victim.session().key()));
      SetParams hour = SetParams.setParams().ex(3600);
      admin.set(keys.session(attacker.session().key()), value, hour);
    }

    assertThat(here.validate(attacker.credential()))
        .isEqualTo(new Validation.Rejected(Rejection.UNKNOWN));
    accepted(here, victim.credential());
  }

  @Test
  @DisplayName("a state that does not fit MUST be TooLarge before anything is sent")
  void tooLarge() {
    Sessions here = node(Strategy.STATEFUL, store.withMaxStateBytes(100), list);
    Session session = here.open("alice", Map.of()).grantOrThrow().session();

    Traffic cost =
        traffic(
            () -> {
              Map<String, String> large = Map.of("large", "x".repeat(100));
              assertThat(here.open("bob", large)).isInstanceOf(TooLarge.class);
              assertThat(here.save(session.withAttributes(large))).isInstanceOf(TooLarge.class);
            });

    assertThat(cost.commands()).isZero();
  }

  private Sessions node(Strategy strategy, RedisSessionStore store, RedisRevocationList list) {
    SessionPolicy policy = SessionPolicy.defaults();
    HybridSessions hybrid =
        HybridSessions.over(tokens, list.withClock(clock), policy).withClock(clock);
    return switch (strategy) {
      case STATEFUL -> StatefulSessions.over(store, policy).withClock(clock);
      case HYBRID -> hybrid;
      case HYBRID_GUARDED -> hybrid.withReplayGuard();
    };
  }

  private void assertRejectedInSilence(
      Strategy strategy, Stream<? extends @Nullable Credential> credentials) {
    Sessions here = node(strategy, store, list);
    here.open("alice", Map.of()).grantOrThrow();

    Traffic cost =
        traffic(
            () ->
                credentials.forEach(
                    credential -> {
                      assertThat(here.validate(credential)).isInstanceOf(Validation.Rejected.class);
                      assertThat(here.end(credential))
                          .isEqualTo(new Ending.Ended(false, Duration.ZERO));
                    }));

    assertThat(cost).isEqualTo(new Traffic(0, 0, 0, 0, 0));
  }

  private static SessionPolicy limit(int max, Overflow overflow) {
    return SessionPolicy.builder().limit(max, overflow).build();
  }

  private static List<Session> listed(Sessions sessions, String subject) {
    return sessions.list(subject).sessionsOrThrow();
  }

  private Traffic traffic(Runnable calls) {
    Traffic before = proxy.traffic();
    calls.run();
    return proxy.traffic().minus(before);
  }

  private static Session accepted(Sessions sessions, Credential credential) {
    Validation validation = sessions.validate(credential);
    assertThat(validation).isInstanceOf(Validation.Accepted.class);
    return validation.accepted().orElseThrow();
  }

  private static void assertRejected(Sessions sessions, Credential credential) {
    assertThat(sessions.validate(credential)).isInstanceOf(Validation.Rejected.class);
  }
}
