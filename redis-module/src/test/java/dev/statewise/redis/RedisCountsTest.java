package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.embedded.Traffic;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.SubjectIndex;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** What each verb costs, counted on the socket and by the server. */
class RedisCountsTest {

  private static final Pattern CALLS = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");
  private static final Instant UNTIL = Instant.parse("2030-01-01T00:00:00Z");
  // Once a second the server is looked at besides, by INFO and SET.
  private static final Map<String, Long> ASKED =
      Map.of("evalsha", 1L, "setrange", 1L, "time", 1L, "get", 1L, "mget", 1L);
  private static final Map<String, Long> ALREADY =
      Map.of("evalsha", 1L, "get", 1L, "exists", 1L, "xinfo|stream", 1L, "pttl", 1L, "pexpire", 1L);

  private RedisServer server;
  private TcpProxy proxy;
  private RedisClient admin;
  private RedisSessionStore store;
  private SubjectIndex index;
  private RedisRevocationList list;

  @BeforeEach
  void connectAndWarmUp() {
    server = SharedRedis.ownServer();
    proxy = TcpProxy.to(server.host(), server.port());
    admin = RedisClient.create(server.uri());
    store = RedisSessionStore.connect(SharedRedis.patient(SharedRedis.uri(proxy)));
    index = store.subjects().orElseThrow();
    list =
        RedisRevocationList.connect(SharedRedis.patient(SharedRedis.uri(proxy)))
            .withClock(InstantSource.fixed(Samples.NOW));
    Session session = Samples.session();
    store.create(session);
    store.replace(session.next(Samples.NOW));
    store.touch(session.key(), Samples.NOW);
    store.delete(session.key());
    index.admit(session, 1, Overflow.REFUSE, Optional.empty());
    index.findAll(session.subject());
    index.deleteAll(session.subject());
    list.refuseBelow(session.key(), 1, UNTIL);
    list.floor("ann");
  }

  @AfterEach
  void close() {
    store.close();
    list.close();
    admin.close();
    proxy.close();
    server.close();
  }

  @Test
  @DisplayName("a find MUST be one GET in one round trip")
  void find() {
    Session session = stored();

    assertCost(() -> store.find(session.key()), Map.of("get", 1L));
    assertCost(() -> store.find(newKey()), Map.of("get", 1L));
  }

  @Test
  @DisplayName(
      "a create MUST be one script in one round trip, and look at two of the index at most")
  void create() {
    Session visitor = Samples.of("");
    assertCost(
        () -> store.create(visitor),
        Map.of("evalsha", 1L, "getrange", 1L, "exists", 1L, "set", 1L));

    Map<String, Long> first =
        Map.of(
            "evalsha",
            1L,
            "getrange",
            1L,
            "exists",
            1L,
            "lrange",
            1L,
            "set",
            1L,
            "rpush",
            1L,
            "pexpire",
            1L);
    assertCost(() -> store.create(Samples.of("bob")), first);
    for (int i = 0; i < 20; i++) {
      store.create(Samples.of("bob"));
    }
    Map<String, Long> later = new TreeMap<>(first);
    later.putAll(Map.of("exists", 3L, "pttl", 1L, "ltrim", 1L));
    assertCost(() -> store.create(Samples.of("bob")), later);
  }

  @Test
  @DisplayName(
      "findAll and deleteAll MUST be one script in one round trip, and read each session once")
  void ofASubject() {
    for (int i = 0; i < 3; i++) {
      store.create(Samples.of("bob"));
    }

    assertCost(() -> index.findAll("bob"), Map.of("evalsha", 1L, "lrange", 1L, "get", 3L));
    assertCost(
        () -> index.deleteAll("bob"),
        Map.of("evalsha", 1L, "lrange", 1L, "getrange", 3L, "del", 1L));
    assertCost(() -> index.findAll("bob"), Map.of("evalsha", 1L, "lrange", 1L));
    assertCost(() -> index.deleteAll("bob"), Map.of("evalsha", 1L, "lrange", 1L, "del", 1L));
  }

  @Test
  @DisplayName("an admit MUST be one script in one round trip, whatever becomes of it")
  void admit() {
    for (int i = 0; i < 2; i++) {
      store.create(Samples.of("bob"));
    }
    Map<String, Long> reading = Map.of("evalsha", 1L, "getrange", 3L, "exists", 1L, "lrange", 1L);
    Map<String, Long> writing = new TreeMap<>(reading);
    writing.putAll(Map.of("pttl", 1L, "set", 1L, "rpush", 1L, "pexpire", 1L));
    Map<String, Long> ending = new TreeMap<>(writing);
    ending.putAll(Map.of("getrange", 4L, "del", 1L, "lrem", 1L));

    assertCost(() -> admit(2, Overflow.REFUSE), reading);
    assertCost(() -> admit(3, Overflow.REFUSE), writing);
    assertCost(() -> admit(3, Overflow.END_OLDEST), ending);
  }

  @Test
  @DisplayName("a replace MUST be one script in one round trip, whatever becomes of it")
  void replace() {
    Session session = stored();
    Session next = session.next(Samples.NOW);

    assertCost(() -> store.replace(next), Map.of("evalsha", 1L, "getrange", 1L, "set", 1L));
    assertCost(() -> store.replace(next), Map.of("evalsha", 1L, "getrange", 1L));
    assertCost(() -> store.replace(Samples.session()), Map.of("evalsha", 1L, "getrange", 1L));
  }

  @Test
  @DisplayName("a touch MUST be one script in one round trip, and write no more than the instant")
  void touch() {
    Session session = stored();
    Instant later = Samples.NOW.plusSeconds(60);

    assertCost(
        () -> store.touch(session.key(), later),
        Map.of("evalsha", 1L, "getrange", 1L, "setrange", 1L, "pexpire", 1L));
    assertCost(
        () -> store.touch(session.key(), Samples.NOW),
        Map.of("evalsha", 1L, "getrange", 1L, "pexpire", 1L));
    assertCost(() -> store.touch(newKey(), later), Map.of("evalsha", 1L, "getrange", 1L));
  }

  @Test
  @DisplayName("a delete MUST be one script in one round trip")
  void delete() {
    Session session = stored();

    assertCost(() -> store.delete(session.key()), Map.of("evalsha", 1L, "getrange", 1L, "del", 1L));
  }

  @Test
  @DisplayName("isRefused MUST be one script in one round trip, as its traits say")
  void isRefused() {
    Session session = Samples.session();

    assertAsked(() -> list.isRefused(session));
    assertThat(list.traits().roundTrips()).isEqualTo(1);
  }

  @Test
  @DisplayName("floor MUST be one script in one round trip")
  void floor() {
    assertAsked(() -> list.floor("ann"));
  }

  @Test
  @DisplayName("every refusal MUST be one script in one round trip")
  void refusals() {
    Map<String, Long> first = new TreeMap<>(ALREADY);
    first.putAll(Map.of("set", 1L, "pttl", 2L, "time", 1L, "xadd", 1L, "xrange", 1L));
    Instant now = Samples.NOW;

    assertCost(() -> list.refuseBelow(newKey(), Long.MAX_VALUE, UNTIL), first);
    assertCost(() -> list.refuseCreatedBefore("ann", now, UNTIL), first);
    assertCost(() -> list.refuseAllCreatedBefore(now, UNTIL), first);
    assertCost(() -> list.refuseCreatedBefore("ann", now, UNTIL), ALREADY);
  }

  @Test
  @DisplayName("a server that forgot the scripts MUST cost one round trip more, once, and no error")
  void forgottenScripts() {
    Session session = stored();
    admin.scriptFlush();

    Traffic before = proxy.traffic();
    boolean touched = store.touch(session.key(), Samples.NOW);
    Traffic first = proxy.traffic();
    store.touch(session.key(), Samples.NOW);
    Traffic second = proxy.traffic();

    assertThat(touched).isTrue();
    assertThat(first.minus(before).roundTrips()).isEqualTo(2);
    assertThat(second.minus(first).roundTrips()).isEqualTo(1);
  }

  private void admit(int max, Overflow overflow) {
    index.admit(Samples.of("bob"), max, overflow, Optional.empty());
  }

  private Session stored() {
    Session session = Samples.session();
    assertThat(store.create(session)).isTrue();
    return session;
  }

  private static SessionKey newKey() {
    return SessionKey.draw("", new SecureRandom());
  }

  private void assertAsked(Runnable verb) {
    Map<String, Long> calls = cost(verb);
    calls.remove("set");

    assertThat(calls).isEqualTo(ASKED);
  }

  private void assertCost(Runnable verb, Map<String, Long> expectedCalls) {
    assertThat(cost(verb)).isEqualTo(expectedCalls);
  }

  /** The server counts what a script calls as well; the socket carries the script alone. */
  private Map<String, Long> cost(Runnable verb) {
    Map<String, Long> callsBefore = calls();
    Traffic before = proxy.traffic();
    verb.run();
    Traffic cost = proxy.traffic().minus(before);
    Map<String, Long> calls = calls();
    callsBefore.forEach((name, count) -> calls.merge(name, -count, Long::sum));
    calls.remove("info");
    calls.values().removeIf(count -> count == 0);

    assertThat(cost.commands()).as("commands on the socket").isEqualTo(1);
    assertThat(cost.roundTrips()).as("round trips").isEqualTo(1);
    assertThat(cost.connections()).as("connections made").isZero();
    return calls;
  }

  private Map<String, Long> calls() {
    Map<String, Long> calls = new TreeMap<>();
    Matcher matcher = CALLS.matcher(admin.info("commandstats"));
    while (matcher.find()) {
      calls.put(matcher.group(1), Long.parseLong(matcher.group(2)));
    }
    return calls;
  }
}
