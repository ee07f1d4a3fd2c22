package dev.statewise.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.session.Session;
import dev.statewise.spi.StoreUnavailableException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

/**
 * Node A ends a session; how long does node B accept it? On a real server, with the connections on
 * which B hears of changes behind a proxy, by B's own ticker.
 */
@DisplayName("An ended session")
class NearFaultsTest {

  private static final Duration STALENESS = Duration.ofSeconds(5);
  private static final int STEPS = 50;

  private final TcpProxy proxy = SharedRedis.proxy();
  private final HandTicker ticker = new HandTicker();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final RedisSessionStore nodeA =
      RedisSessionStore.connect(SharedRedis.patient()).withKeyPrefix(SharedRedis.newPrefix());
  private final NearCachedSessionStore nodeB = near(nodeA, SharedRedis.uri(proxy));

  static Stream<Named<Consumer<TcpProxy>>> deafness() {
    return Stream.of(
        Named.of(
            "cut and refused",
            proxy -> {
              proxy.refuse();
              proxy.cut();
            }),
        Named.of("not hearing the server (F10)", TcpProxy::dropFromServer),
        Named.of("not heard by the server (F10)", TcpProxy::dropToServer),
        Named.of("a black hole", TcpProxy::blackhole));
  }

  @AfterEach
  void close() {
    nodeB.close();
    nodeA.close();
    proxy.close();
  }

  @Test
  @DisplayName("MUST be gone for another node without its clock moving, if that hears of changes")
  void invalidated() {
    Session session = copied(nodeB, opened());

    nodeA.delete(session.key());

    Near.awaitDropped(nodeB);
    assertEquals(Optional.empty(), nodeB.find(session.key()), "it was told and accepts it");
  }

  @ParameterizedTest(name = "when its connections are {0}")
  @MethodSource("deafness")
  @DisplayName("MUST NOT be accepted by another node at or past the bound, though that is deaf")
  void deaf(Consumer<TcpProxy> fault) {
    Session session = copied(nodeB, opened());

    fault.accept(proxy);
    nodeA.delete(session.key());

    assertNeverAcceptedPastTheBound(session);
    Near.awaitBypass(nodeB);
    assertFound(opened(), "what another node opened is not found by one that is deaf");
    proxy.heal();
    Near.serving(nodeB);
    assertEquals(Optional.empty(), nodeB.find(session.key()), "it came back with the connection");
    copied(nodeB, opened());
  }

  @Test
  @DisplayName("MUST NOT be accepted past the bound while the server is paused")
  void paused() {
    try (RedisServer server = SharedRedis.ownServer();
        TcpProxy between = TcpProxy.to(server.host(), server.port())) {
      RedisConnection brief =
          SharedRedis.patient(server.uri()).withSocketTimeout(Duration.ofMillis(200));
      try (RedisSessionStore store = RedisSessionStore.connect(brief);
          NearCachedSessionStore near = near(store, SharedRedis.uri(between))) {
        Session session = Samples.session();
        assertTrue(store.create(session));
        copied(near, session);
        between.dropFromServer();
        store.delete(session.key());
        server.pause();

        ticker.advance(STALENESS);

        assertThrows(
            StoreUnavailableException.class,
            () -> near.find(session.key()),
            "a server that says nothing is no reason to accept, and none to refuse");
        server.resume();
        assertEquals(Optional.empty(), near.find(session.key()), "it was ended");
      }
    }
  }

  @Test
  @DisplayName("MUST NOT come back when the server is killed and restarted")
  void restarted() {
    try (RedisServer server = SharedRedis.ownServer();
        RedisSessionStore store = RedisSessionStore.connect(SharedRedis.patient(server.uri()));
        NearCachedSessionStore near = near(store, server.uri())) {
      Session session = Samples.session();
      assertTrue(store.create(session));
      copied(near, session);

      server.restart();

      Near.awaitDropped(near);
      Near.serving(near);
      assertEquals(Optional.empty(), near.find(session.key()), "the server forgot it");
      assertTrue(near.create(session));
      copied(near, session);
    }
  }

  @ParameterizedTest(name = "when the server kills the connection that {0}")
  @ValueSource(strings = {"listens", "asks"})
  @DisplayName(
      "MUST NOT be served on when either connection is lost alone, and MUST be heard of anew")
  void oneIsKilled(String which) {
    try (RedisServer server = SharedRedis.ownServer();
        RedisSessionStore store = RedisSessionStore.connect(SharedRedis.patient(server.uri()));
        NearCachedSessionStore near = near(store, server.uri());
        RedisClient admin = SharedRedis.patient(server.uri()).open()) {
      Session before = Samples.session();
      assertTrue(store.create(before));
      copied(near, before);

      kill(admin, which.equals("listens") ? 'P' : 't');

      Near.awaitDropped(near);
      await().atMost(Duration.ofSeconds(30)).until(() -> told.size() == 2);
      Session after = Samples.session();
      assertTrue(store.create(after));
      copied(near, after);
      store.delete(after.key());
      await().atMost(Duration.ofSeconds(30)).until(() -> !near.copies().has(after.key()));
    }
  }

  @Test
  @DisplayName("MUST go with everything else when the server is flushed")
  void flushed() {
    try (RedisServer server = SharedRedis.ownServer();
        RedisSessionStore store = RedisSessionStore.connect(SharedRedis.patient(server.uri()));
        NearCachedSessionStore near = near(store, server.uri());
        RedisClient admin = SharedRedis.patient(server.uri()).open()) {
      Session session = Samples.session();
      assertTrue(store.create(session));
      copied(near, session);

      admin.flushAll();

      Near.awaitDropped(near);
      assertEquals(Optional.empty(), near.find(session.key()), "it was flushed");
      assertTrue(near.servesCopies(), "a flush is no loss of the connection");
    }
  }

  @Test
  @DisplayName("MUST be told of as lost and heard again, once each")
  void findings() {
    copied(nodeB, opened());

    proxy.refuse();
    proxy.cut();
    await().atMost(Duration.ofSeconds(30)).until(() -> told.size() == 1);
    Near.awaitBypass(nodeB);
    proxy.heal();
    Near.serving(nodeB);
    await().atMost(Duration.ofSeconds(30)).until(() -> told.size() == 2);

    assertTrue(told.get(0).contains("does not hear what changes"), told.toString());
    assertTrue(told.get(1).contains("hears again"), told.toString());
  }

  @Test
  @DisplayName("MUST be found out at the source by a node whose user may not listen")
  void mayNotListen() {
    try (RedisServer server = SharedRedis.ownServer();
        RedisClient admin = SharedRedis.patient(server.uri()).open()) {
      admin.executeCommand(
          new CommandArguments(Command.ACL)
              .addObjects("SETUSER", "app", "on", ">pw", "~*", "+@all", "-subscribe"));
      URI app = URI.create("redis://app:pw@" + server.host() + ":" + server.port());
      try (RedisSessionStore store = RedisSessionStore.connect(SharedRedis.patient(app));
          NearCachedSessionStore near =
              NearCachedSessionStore.over(store).withFindings(told::add)) {
        Session session = Samples.session();
        assertTrue(near.create(session));
        assertEquals(Optional.of(session), near.find(session.key()), "it works without copies");
        await().atMost(Duration.ofSeconds(30)).until(() -> !told.isEmpty());

        store.delete(session.key());

        assertEquals(Optional.empty(), near.find(session.key()), "it was ended");
        assertFalse(near.servesCopies());
        assertTrue(
            told.get(0).contains("NOPERM") && told.get(0).contains("SUBSCRIBE"), told.get(0));
        assertFalse(told.get(0).contains("pw"), "a password was told");
      }
    }
  }

  @Test
  @DisplayName("MUST be found out at the source once the cache is closed, and no thread is left")
  void closed() {
    Session session = copied(nodeB, opened());

    nodeB.close();
    nodeA.delete(session.key());

    assertEquals(Optional.empty(), nodeB.find(session.key()), "it was ended");
    await().atMost(Duration.ofSeconds(30)).until(() -> threadsTo(proxy.port()) == 0);
    nodeB.close();
    assertFound(opened(), "close() closed what it did not open");
  }

  private void assertNeverAcceptedPastTheBound(Session session) {
    int late = 0;
    for (int i = 0; i < 2 * STEPS; i++) {
      boolean accepted = nodeB.find(session.key()).isPresent();
      late += accepted && i >= STEPS ? 1 : 0;
      ticker.advance(STALENESS.dividedBy(STEPS));
    }
    assertEquals(0, late, "finds at or past the bound accepted it");
  }

  private Session opened() {
    Session session = Samples.session();
    assertTrue(nodeA.create(session));
    return session;
  }

  private void assertFound(Session session, String message) {
    assertEquals(Optional.of(session), nodeB.find(session.key()), message);
  }

  private NearCachedSessionStore near(RedisSessionStore store, URI heardAt) {
    return NearCachedSessionStore.over(store, SharedRedis.patient(heardAt))
        .withStaleness(STALENESS)
        .withClock(() -> Samples.NOW)
        .withTicker(ticker)
        .withFindings(told::add);
  }

  /** The session, once it is copied: the invalidation of its creation may come after its read. */
  private static Session copied(NearCachedSessionStore near, Session session) {
    Near.serving(near);
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(2))
        .until(
            () ->
                near.find(session.key()).equals(Optional.of(session)) && near.copies().size() > 0);
    return session;
  }

  /** Kills the connection that has this flag in the server's list of its clients. */
  private static void kill(RedisClient admin, char flag) {
    String clients =
        new String(
            (byte[]) admin.executeCommand(new CommandArguments(Command.CLIENT).add("LIST")),
            StandardCharsets.UTF_8);
    String id =
        clients
            .lines()
            .filter(client -> client.matches(".* flags=\\w*" + flag + "\\w* .*"))
            .map(client -> client.replaceAll("^id=(\\d+) .*", "$1"))
            .findFirst()
            .orElseThrow();
    admin.executeCommand(new CommandArguments(Command.CLIENT).addObjects("KILL", "ID", id));
  }

  private static long threadsTo(int port) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("statewise-near-127.0.0.1:" + port))
        .count();
  }
}
