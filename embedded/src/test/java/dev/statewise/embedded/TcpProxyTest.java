package dev.statewise.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
  private static final Duration A_WHILE = Duration.ofMillis(200);

  private static RedisServer server;

  private TcpProxy proxy;
  private RespClient direct;

  @BeforeAll
  static void startServer() {
    assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElseThrow());
    server = RedisServer.start();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    proxy = TcpProxy.to(server.host(), server.port());
    direct = new RespClient(server.host(), server.port());
    direct.ask("FLUSHALL");
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    direct.close();
  }

  @Test
  @DisplayName("commands MUST be what the server counts: single, pipelined, large and inline")
  void countsWhatTheServerCounts() throws IOException {
    direct.ask("CONFIG", "RESETSTAT");
    Traffic before = proxy.traffic();

    try (RespClient client = connect()) {
      client.ask("PING");
      client.ask("SET", "large", "x".repeat(3 << 20));
      client.ask("GET", "large");
      client.send("PING\r\n".getBytes(US_ASCII));
      client.reply();
      client.ask("EVAL", "return redis.call('SET', KEYS[1], ARGV[1])", "1", "cart", "42");
      pipeline(client, 1_000);
    }

    long commands = proxy.traffic().minus(before).commands();
    long madeByTheScript = 1;
    assertThat(commands).isEqualTo(1_005);
    assertThat(commands).isEqualTo(commandsThatTheServerSaw() - madeByTheScript);
  }

  @Test
  @DisplayName("commands and bytes MUST be exact with many connections at once")
  void countsConcurrentConnections() throws Exception {
    int clients = 8;
    int requests = 400;
    direct.ask("CONFIG", "RESETSTAT");
    ExecutorService threads = Executors.newFixedThreadPool(clients);

    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      work.add(() -> askOften(requests));
    }
    for (Future<Void> done : threads.invokeAll(work)) {
      done.get();
    }
    threads.shutdown();

    long all = (long) clients * requests;
    long request = RespClient.request("GET", "cart").length;
    assertThat(proxy.traffic()).isEqualTo(new Traffic(clients, all, all, all * request, all * 5));
    assertThat(commandsThatTheServerSaw()).isEqualTo(all);
  }

  @Test
  @DisplayName("requests that wait for each other's replies MUST be a round trip each")
  void countsRoundTrips() throws IOException {
    try (RespClient client = connect()) {
      client.ask("SET", "cart", "x".repeat(1 << 20));
      client.ask("GET", "cart");
      client.ask("GET", "cart");
    }

    assertThat(proxy.traffic().roundTrips()).isEqualTo(3);
    assertThat(proxy.traffic().commands()).isEqualTo(3);
  }

  @Test
  @DisplayName("what passes where a client listens MUST be left out of the requests from then on")
  void tellsRequestsFromListening() throws IOException {
    try (RespClient requests = connect();
        RespClient listening = connect()) {
      listening.ask("PING");
      listening.ask("XREAD", "COUNT", "1", "STREAMS", "none", "0");
      listening.ask("PING");
      requests.ask("GET", "cart");
    }

    assertThat(proxy.traffic().commands()).isEqualTo(4);
    assertThat(proxy.requests().commands()).isEqualTo(2);
    assertThat(proxy.requests().roundTrips()).isEqualTo(2);
  }

  @Test
  @DisplayName("requests in one flight MUST be one round trip, however many")
  void countsAFlightOnce() throws IOException {
    try (RespClient client = connect()) {
      pipeline(client, 2);
      pipeline(client, 100);
    }

    assertThat(proxy.traffic().roundTrips()).isEqualTo(2);
    assertThat(proxy.traffic().commands()).isEqualTo(102);
  }

  @Test
  @DisplayName("a request that comes in pieces MUST be one round trip")
  void countsPiecesOnce() throws IOException {
    byte[] request = RespClient.request("SET", "cart", "42");

    try (RespClient client = connect()) {
      for (byte piece : request) {
        long passed = proxy.traffic().bytesToServer();
        client.send(new byte[] {piece});
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> proxy.traffic().bytesToServer() == passed + 1);
      }
      client.reply();
    }

    assertThat(proxy.traffic()).isEqualTo(new Traffic(1, 1, 1, request.length, 5));
  }

  @Test
  @DisplayName("what the server sends unasked MUST be no round trip")
  void countsNoRoundTripForAPush() throws IOException {
    try (RespClient subscriber = connect()) {
      subscriber.send(RespClient.request("SUBSCRIBE", "news"));
      readReplies(subscriber, 1 + 3);
      direct.ask("PUBLISH", "news", "one");
      direct.ask("PUBLISH", "news", "two");
      readReplies(subscriber, 2 * (1 + 3));
    }

    assertThat(proxy.traffic().roundTrips()).isEqualTo(1);
  }

  @Test
  @DisplayName("a delay MUST be added in each direction")
  void delays() throws IOException {
    try (RespClient client = connect()) {
      client.ask("PING");
      proxy.delay(Duration.ofMillis(60));

      long begun = System.nanoTime();
      client.ask("PING");
      Duration took = Duration.ofNanos(System.nanoTime() - begun);

      assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(120));
    }
  }

  @Test
  @DisplayName("a delay MUST make a reply of many pieces late once, not once a piece")
  void delaysALargeReplyOnce() throws IOException {
    Duration delay = Duration.ofMillis(100);
    int bytes = 16 << 20;
    direct.ask("SET", "large", "x".repeat(bytes));
    try (RespClient client = connect()) {
      proxy.delay(delay);

      long begun = System.nanoTime();
      client.ask("GET", "large");
      Duration took = Duration.ofNanos(System.nanoTime() - begun);

      int leastPieces = bytes >> 16;
      assertThat(took).isLessThan(delay.multipliedBy(leastPieces / 2));
    }
  }

  @Test
  @DisplayName("a negative delay MUST be refused")
  void refusesANegativeDelay() {
    assertThatThrownBy(() -> proxy.delay(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-0.001S");
  }

  @Test
  @DisplayName("a black hole MUST let clients connect, give no answer and let nothing be applied")
  void swallowsEverything() throws IOException {
    proxy.blackhole();

    try (RespClient client = connect()) {
      client.patience(A_WHILE);
      Throwable unanswered = catchThrowable(() -> client.ask("SET", "cart", "42"));

      assertThat(unanswered).isInstanceOf(SocketTimeoutException.class);
      assertThat(direct.ask("GET", "cart")).isEqualTo("$-1");
      assertThat(proxy.traffic().commands()).isZero();
    }
  }

  @Test
  @DisplayName(
      "a request that was swallowed on its way MUST NOT be applied after the healing either")
  void swallowsRequests() throws IOException {
    try (RespClient client = connect()) {
      client.ask("PING");
      proxy.dropToServer();
      client.patience(A_WHILE);
      Throwable unanswered = catchThrowable(() -> client.ask("SET", "cart", "42"));

      proxy.heal();

      client.patience(Duration.ofSeconds(20));
      assertThat(unanswered).isInstanceOf(SocketTimeoutException.class);
      assertThat(catchThrowable(client::reply))
          .as("the connection")
          .isInstanceOf(IOException.class);
      assertThat(direct.ask("GET", "cart")).isEqualTo("$-1");
    }
  }

  @Test
  @DisplayName("a request whose reply is swallowed MUST be applied, and the next one too")
  void swallowsReplies() throws IOException {
    try (RespClient client = connect()) {
      client.ask("PING");
      proxy.dropFromServer();
      client.patience(A_WHILE);

      Throwable first = catchThrowable(() -> client.ask("SET", "cart", "42"));
      Throwable second = catchThrowable(() -> client.ask("SET", "cart", "43"));

      assertThat(first).isInstanceOf(SocketTimeoutException.class);
      assertThat(second).isInstanceOf(SocketTimeoutException.class);
      assertThat(direct.ask("GET", "cart")).isEqualTo("43");
    }
  }

  @Test
  @DisplayName("heal() MUST spare a connection that lost nothing, and serve new ones")
  void healsWithoutHarm() throws IOException {
    try (RespClient idle = connect()) {
      idle.ask("PING");

      proxy.blackhole();
      proxy.heal();

      assertThat(idle.ask("PING")).isEqualTo("+PONG");
      try (RespClient fresh = connect()) {
        assertThat(fresh.ask("PING")).isEqualTo("+PONG");
      }
    }
  }

  @Test
  @DisplayName("loseNextReply() MUST lose one reply, after its request was applied, and no other")
  void losesOneReply() throws IOException {
    try (RespClient client = connect()) {
      client.ask("PING");
      Traffic before = proxy.traffic();
      proxy.loseNextReply();

      Throwable lost = catchThrowable(() -> client.ask("SET", "cart", "42"));

      assertThat(lost)
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
      assertThat(direct.ask("GET", "cart")).isEqualTo("42");
      assertThat(proxy.traffic().minus(before).bytesFromServer()).isZero();
    }
    try (RespClient next = connect()) {
      assertThat(next.ask("GET", "cart")).isEqualTo("42");
    }
  }

  @Test
  @DisplayName("loseNextReply() MUST wait for a large request to be applied")
  void losesTheReplyToALargeRequest() throws IOException {
    String value = "x".repeat(5 << 20);
    try (RespClient client = connect()) {
      proxy.loseNextReply();

      Throwable lost = catchThrowable(() -> client.ask("SET", "cart", value));

      assertThat(lost).isInstanceOf(IOException.class);
      assertThat(direct.ask("STRLEN", "cart")).isEqualTo(":" + value.length());
    }
  }

  @Test
  @DisplayName("cut() MUST end the present connections and serve new ones")
  void cuts() throws IOException {
    try (RespClient client = connect()) {
      client.ask("PING");

      proxy.cut();

      assertThat(catchThrowable(() -> client.ask("PING"))).isInstanceOf(IOException.class);
      try (RespClient fresh = connect()) {
        assertThat(fresh.ask("PING")).isEqualTo("+PONG");
      }
    }
  }

  @Test
  @DisplayName("refuse() MUST refuse new connections, spare present ones, and keep the port")
  void refuses() throws IOException {
    try (RespClient present = connect()) {
      present.ask("PING");

      proxy.refuse();
      proxy.refuse();
      Throwable refused = catchThrowable(() -> connect().close());
      String answer = present.ask("PING");
      proxy.heal();

      assertThat(refused).isInstanceOf(ConnectException.class);
      assertThat(answer).isEqualTo("+PONG");
      try (RespClient fresh = connect()) {
        assertThat(fresh.ask("PING")).isEqualTo("+PONG");
      }
    }
  }

  @Test
  @DisplayName("a client of a server that is not there MUST be cut off, and served once it is back")
  void cutsOffWithoutAServer() throws IOException {
    try (RedisServer mortal = RedisServer.start();
        TcpProxy before = TcpProxy.to(mortal.host(), mortal.port())) {
      mortal.kill();
      Throwable cutOff =
          catchThrowable(
              () -> {
                try (RespClient client = new RespClient(before.host(), before.port())) {
                  client.ask("PING");
                }
              });
      mortal.restart();

      assertThat(cutOff).isInstanceOf(IOException.class);
      try (RespClient client = new RespClient(before.host(), before.port())) {
        assertThat(client.ask("PING")).isEqualTo("+PONG");
      }
      assertThat(before.traffic().connections()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("a server's last words MUST reach the client before the end of the connection")
  void passesTheEndOn() throws IOException {
    try (RespClient client = connect()) {
      String answer = client.ask("QUIT");
      int end = client.read();

      assertThat(answer).isEqualTo("+OK");
      assertThat(end).isEqualTo(-1);
    }
  }

  @Test
  @DisplayName("close() MUST end connections and leave no thread and no open port")
  void leavesNothing() throws IOException {
    try (RespClient client = connect()) {
      client.ask("PING");
      boolean had = threadsOf(proxy);

      proxy.close();
      proxy.close();

      assertThat(had).isTrue();
      assertThat(catchThrowable(() -> client.ask("PING"))).isInstanceOf(IOException.class);
      assertThat(catchThrowable(() -> connect().close())).isInstanceOf(ConnectException.class);
      await().until(() -> !threadsOf(proxy));
    }
  }

  @Test
  @DisplayName("a connection that its client closed MUST leave no thread")
  void leavesNoThreadOfAClosedConnection() throws IOException {
    try (RespClient client = connect()) {
      client.ask("PING");
    }

    String first = "statewise-proxy-" + proxy.port() + "-1-";
    await().until(() -> names().noneMatch(name -> name.startsWith(first)));
  }

  private RespClient connect() throws IOException {
    return new RespClient(proxy.host(), proxy.port());
  }

  private Void askOften(int requests) throws IOException {
    try (RespClient client = connect()) {
      for (int i = 0; i < requests; i++) {
        client.ask("GET", "cart");
      }
    }
    return null;
  }

  private static void pipeline(RespClient client, int requests) throws IOException {
    ByteArrayOutputStream flight = new ByteArrayOutputStream();
    for (int i = 0; i < requests; i++) {
      flight.writeBytes(RespClient.request("GET", "cart"));
    }
    client.send(flight.toByteArray());
    readReplies(client, requests);
  }

  private static void readReplies(RespClient client, int replies) throws IOException {
    for (int i = 0; i < replies; i++) {
      client.reply();
    }
  }

  /** Since the last reset, without CONFIG, which resets, and INFO, which asks. */
  private long commandsThatTheServerSaw() throws IOException {
    Matcher calls =
        Pattern.compile("cmdstat_(?!config|info)[^:]+:calls=(\\d+)")
            .matcher(direct.ask("INFO", "commandstats"));
    return calls.results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
  }

  private static boolean threadsOf(TcpProxy proxy) {
    return names().anyMatch(name -> name.startsWith("statewise-proxy-" + proxy.port() + "-"));
  }

  private static Stream<String> names() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
  }
}
