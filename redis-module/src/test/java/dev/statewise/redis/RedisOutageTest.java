package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.StoreUnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

/** A server that is slow, full, away, or in the way of itself. */
class RedisOutageTest {

  private static final Instant UNTIL = Instant.parse("2030-01-01T00:00:00Z");
  private static final int TENFOLD = 10;

  private RedisServer server;
  private RedisConnection hasty;
  private RedisSessionStore hastyStore;
  private RedisRevocationList hastyList;
  private RedisSessionStore store;
  private RedisRevocationList list;
  private Session session;

  @BeforeEach
  void connect() {
    server = SharedRedis.ownServer();
    hasty =
        RedisConnection.to(server.uri())
            .withSocketTimeout(Duration.ofMillis(200))
            .withPoolWait(Duration.ofMillis(100))
            .withConnectTimeout(Duration.ofMillis(200));
    hastyStore = RedisSessionStore.connect(hasty);
    hastyList = RedisRevocationList.connect(hasty);
    store = RedisSessionStore.connect(SharedRedis.patient(server.uri()));
    list = RedisRevocationList.connect(SharedRedis.patient(server.uri()));
    session = Samples.session();
    store.create(session);
  }

  @AfterEach
  void close() {
    hastyStore.close();
    hastyList.close();
    store.close();
    list.close();
    server.close();
  }

  @Test
  @DisplayName("every verb on a server that stands still MUST be unavailable by its deadline")
  void paused() {
    server.pause();

    for (ThrowingCallable verb : hastyVerbs()) {
      assertUnavailable(verb)
          .hasMessageContaining("redis at 127.0.0.1:" + server.port())
          .hasMessageContaining("gave no answer within")
          .hasMessageContaining("503");
    }
    server.resume();

    untilItAnswers(() -> assertThat(hastyStore.find(session.key())).contains(session));
  }

  @Test
  @DisplayName("a server that is killed MUST be unavailable, and usable when it is back")
  void killedAndRestarted() {
    server.kill();
    for (ThrowingCallable verb : hastyVerbs()) {
      assertUnavailable(verb);
    }

    server.restart();

    untilItAnswers(() -> assertThat(hastyStore.find(session.key())).isEqualTo(Optional.empty()));
    untilItAnswers(() -> assertThat(hastyList.isRefused(session)).isTrue());
  }

  @Test
  @DisplayName("lost connections, however many, MUST cost no call its answer")
  void lostConnections() {
    List<Session> sessions = new ArrayList<>();
    try (TcpProxy proxy = TcpProxy.to(server.host(), server.port());
        RedisSessionStore behind =
            RedisSessionStore.connect(SharedRedis.patient(SharedRedis.uri(proxy)))) {
      for (int i = 0; i < 8; i++) {
        sessions.add(Samples.session());
      }
      sessions.parallelStream().forEach(behind::create);

      proxy.cut();

      sessions.parallelStream().forEach(each -> assertThat(behind.find(each.key())).contains(each));
    }
  }

  @Test
  @DisplayName("a write whose reply was lost MUST be told apart from two writes")
  void lostReply() {
    try (TcpProxy proxy = TcpProxy.to(server.host(), server.port());
        RedisSessionStore behind =
            RedisSessionStore.connect(SharedRedis.patient(SharedRedis.uri(proxy)));
        RedisRevocationList listBehind =
            RedisRevocationList.connect(SharedRedis.patient(SharedRedis.uri(proxy)))) {
      store.replace(Samples.session());
      store.create(session);
      list.refuseBelow(Samples.session().key(), 1, UNTIL);
      behind.find(session.key());
      listBehind.floor("ann");

      proxy.loseNextReply();
      assertThat(behind.replace(session.next(Samples.NOW))).isEqualTo(ReplaceResult.REPLACED);
      proxy.loseNextReply();
      assertThat(listBehind.refuseBelow(session.key(), 2, UNTIL)).isEqualTo(Acknowledgement.RAISED);
      proxy.loseNextReply();
      assertThat(behind.create(session)).isTrue();
      assertThat(store.find(session.key()).orElseThrow().version()).isEqualTo(2);
    }
  }

  @Test
  @DisplayName("a client that was handed in MUST be asked once: its retries are its owner's")
  void handedInIsAskedOnce() {
    try (TcpProxy proxy = TcpProxy.to(server.host(), server.port());
        RedisClient client = SharedRedis.patient(SharedRedis.uri(proxy)).open();
        RedisSessionStore over = RedisSessionStore.over(client)) {
      over.replace(Samples.session());
      proxy.loseNextReply();

      assertThatThrownBy(() -> over.replace(session.next(Samples.NOW)))
          .isInstanceOf(StoreUnavailableException.class);
      assertThat(over.replace(session.next(Samples.NOW))).isEqualTo(ReplaceResult.CONFLICT);
    }
  }

  @Test
  @DisplayName("a full server MUST refuse what grows it as unavailable, and still end sessions")
  void full() {
    try (RedisClient admin = RedisClient.create(server.uri())) {
      admin.configSet("maxmemory", "1mb");
    }
    Session large = Samples.session().with("large", "x".repeat(100_000));

    assertThatThrownBy(() -> store.create(large))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("CREATE")
        .hasMessageContaining("OOM")
        .hasMessageContaining("maxmemory");
    assertThatThrownBy(() -> list.refuseBelow(session.key(), 2, UNTIL))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("OOM");
    assertThat(store.delete(session.key())).isTrue();
    assertThat(store.find(session.key())).isEqualTo(Optional.empty());
  }

  @Test
  @DisplayName("writes to a replica MUST be unavailable")
  void replica() {
    try (RedisClient admin = RedisClient.create(server.uri())) {
      admin.executeCommand(
          new CommandArguments(Protocol.Command.REPLICAOF).addObjects("127.0.0.1", "1"));
    }

    assertThatThrownBy(() -> store.delete(session.key()))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("READONLY")
        .hasMessageContaining("master");
  }

  @Test
  @DisplayName("a wrong password MUST be unavailable, and MUST NOT be told")
  void wrongPassword() {
    try (RedisClient admin = RedisClient.create(server.uri())) {
      admin.configSet("requirepass", "right");
    }
    String uri = "redis://:very-wrong@127.0.0.1:" + server.port();
    RedisConnection wrong = RedisConnection.to(URI.create(uri));

    try (RedisSessionStore refused = RedisSessionStore.connect(wrong)) {
      Throwable thrown = catchThrowable(() -> refused.find(session.key()));

      assertThat(thrown).isInstanceOf(StoreUnavailableException.class);
      assertThat(thrown).asString().doesNotContain("very-wrong");
      assertThat(thrown).hasStackTraceContaining("WRONGPASS");
      assertThat(stackTrace(thrown)).doesNotContain("very-wrong");
    }
  }

  @Test
  @DisplayName("a call that finds all connections taken MUST be unavailable after the pool wait")
  void poolExhausted() {
    RedisConnection single =
        SharedRedis.patient(server.uri()).withMaxConnections(1).withPoolWait(hasty.poolWait());
    try (RedisClient client = single.open();
        Connection taken = client.getPool().getResource();
        RedisSessionStore starved = RedisSessionStore.over(client)) {
      assertThat(taken.isConnected()).isTrue();

      assertUnavailable(() -> starved.find(session.key())).hasMessageContaining("FIND");
    }
  }

  @Test
  @DisplayName("an interrupted wait MUST be unavailable, with the interrupt flag set again")
  void interrupted() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);
    RedisConnection single = SharedRedis.patient(server.uri()).withMaxConnections(1);
    try (RedisClient client = single.open();
        Connection taken = client.getPool().getResource();
        RedisSessionStore starved = RedisSessionStore.over(client)) {
      assertThat(taken.isConnected()).isTrue();
      Thread waiting =
          new Thread(
              () -> {
                thrown.set(catchThrowable(() -> starved.find(session.key())));
                flag.set(Thread.currentThread().isInterrupted());
                done.countDown();
              });
      waiting.start();
      Awaitility.await().until(() -> client.getPool().getNumWaiters() == 1);

      waiting.interrupt();

      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(thrown.get()).isInstanceOf(StoreUnavailableException.class);
      assertThat(flag.get()).isTrue();
    }
  }

  @Test
  @DisplayName("an interrupted thread that loses its connection MUST NOT send again")
  void interruptedAndLost() {
    try (TcpProxy proxy = TcpProxy.to(server.host(), server.port());
        RedisSessionStore behind =
            RedisSessionStore.connect(SharedRedis.patient(SharedRedis.uri(proxy)))) {
      behind.find(session.key());
      proxy.loseNextReply();

      Thread.currentThread().interrupt();
      Throwable thrown = catchThrowable(() -> behind.find(session.key()));
      boolean flag = Thread.interrupted();

      assertThat(thrown).isInstanceOf(StoreUnavailableException.class);
      assertThat(flag).isTrue();
    }
  }

  @Test
  @DisplayName("a client that was handed in MUST NOT be closed")
  void handedIn() {
    try (RedisClient client = RedisClient.create(server.uri())) {
      RedisSessionStore.over(client).withKeyPrefix("other:").close();
      RedisRevocationList.over(client).close();

      assertThat(client.ping()).isEqualTo("PONG");
    }
  }

  @Test
  @DisplayName("a store that was closed MUST be unavailable")
  void closed() {
    store.close();
    store.close();

    assertThatThrownBy(() -> store.find(session.key()))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @DisplayName("a reply that comes after its deadline MUST never answer another call")
  void lateReplies() {
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Session each = Samples.session().with("number", Integer.toString(i));
      store.create(each);
      sessions.add(each);
    }
    int late = 0;
    int answered = 0;
    try (TcpProxy proxy = TcpProxy.to(server.host(), server.port());
        RedisSessionStore slow =
            RedisSessionStore.connect(
                RedisConnection.to(SharedRedis.uri(proxy))
                    .withSocketTimeout(Duration.ofMillis(15))
                    .withMaxConnections(2))) {
      for (int round = 0; round < 200; round++) {
        Session wanted = sessions.get(round % sessions.size());
        proxy.delay(Duration.ofMillis(round % 10 == 0 ? 9 : 0));
        try {
          assertThat(slow.find(wanted.key())).contains(wanted);
          answered++;
        } catch (StoreUnavailableException e) {
          late++;
        }
      }
    }

    assertThat(late).as("calls whose reply came too late").isPositive();
    assertThat(answered).as("calls that were answered").isPositive();
  }

  @Test
  @DisplayName("what is not Redis MUST be unavailable")
  void notRedis() throws IOException, InterruptedException {
    try (ServerSocket web = new ServerSocket(0)) {
      Thread answering =
          new Thread(
              () -> {
                try (Socket socket = web.accept()) {
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                  socket.getInputStream().readNBytes(1_000);
                } catch (IOException e) {
                  // the client has gone
                }
              });
      answering.start();
      try (RedisSessionStore lost =
          RedisSessionStore.connect(URI.create("redis://127.0.0.1:" + web.getLocalPort()))) {
        assertThatThrownBy(() -> lost.find(session.key()))
            .isInstanceOf(StoreUnavailableException.class);
      }
      answering.join();
    }
  }

  private static void untilItAnswers(ThrowingRunnable assertion) {
    Awaitility.await().ignoreException(StoreUnavailableException.class).untilAsserted(assertion);
  }

  private List<ThrowingCallable> hastyVerbs() {
    SessionKey key = session.key();
    return List.of(
        () -> hastyStore.find(key),
        () -> hastyStore.create(session),
        () -> hastyStore.replace(session.next(Samples.NOW)),
        () -> hastyStore.touch(key, Samples.NOW),
        () -> hastyStore.delete(key),
        () -> hastyList.isRefused(session),
        () -> hastyList.floor("ann"),
        () -> hastyList.refuseBelow(key, 2, UNTIL),
        () -> hastyList.refuseCreatedBefore("ann", Samples.NOW, UNTIL),
        () -> hastyList.refuseAllCreatedBefore(Samples.NOW, UNTIL));
  }

  private AbstractThrowableAssert<?, ?> assertUnavailable(ThrowingCallable verb) {
    long start = System.nanoTime();
    Throwable thrown = catchThrowable(verb);
    Duration waited = Duration.ofNanos(System.nanoTime() - start);

    assertThat(waited).isLessThan(hasty.deadline().multipliedBy(TENFOLD));
    return assertThat(thrown).isInstanceOf(StoreUnavailableException.class);
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter out = new StringWriter();
    thrown.printStackTrace(new PrintWriter(out));
    return out.toString();
  }
}
