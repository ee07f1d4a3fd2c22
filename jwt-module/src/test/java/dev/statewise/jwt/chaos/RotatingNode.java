package dev.statewise.jwt.chaos;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.statewise.Sessions;
import dev.statewise.StatelessSessions;
import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process that issues and validates tokens over HTTP, for each lane, until its standard input
 * ends. It is told there by how many milliseconds its clock is off, the step it is at, and the
 * keys.
 */
final class RotatingNode {

  private static final int THREADS = 4;

  private final AtomicLong offset = new AtomicLong();
  private final InstantSource clock = () -> Instant.now().plusMillis(offset.get());

  private RotatingNode() {}

  @SuppressWarnings("SystemOut") // the parent reads it
  public static void main(String[] arguments) throws IOException {
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    HttpServer server = new RotatingNode().serving(told);
    System.out.println(server.getAddress().getPort());
    while (told.readLine() != null) {
      // the parent has nothing more to say, and is still there
    }
    System.exit(0);
  }

  private HttpServer serving(BufferedReader told) throws IOException {
    offset.set(Long.parseLong(line(told)));
    Step step = Step.valueOf(line(told));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    server.createContext("/clock", this::setClock);
    for (Lane lane : Lane.values()) {
      Sessions sessions = sessions(lane, step, line(told).split(" ", -1));
      server.createContext("/open/" + lane, exchange -> open(sessions, exchange));
      server.createContext("/validate/" + lane, exchange -> validate(sessions, exchange));
    }
    server.start();
    return server;
  }

  private static String line(BufferedReader told) throws IOException {
    return requireNonNull(told.readLine(), "a line of what a node is told");
  }

  private Sessions sessions(Lane lane, Step step, String[] keys) {
    KeyRing ring =
        lane.way.ring(
            step, lane.key(keys[0], keys[1]), lane.key(keys[2], keys[3]), clock.instant());
    return StatelessSessions.over(
            JwtTokenService.of(ring, "https://login.example", lane.name()), Way.POLICY)
        .withClock(clock);
  }

  private void setClock(HttpExchange exchange) throws IOException {
    offset.set(Long.parseLong(body(exchange)));
    answer(exchange, 200, "");
  }

  private static void open(Sessions sessions, HttpExchange exchange) throws IOException {
    Grant grant = sessions.open(body(exchange), Map.of("cart", "42")).grantOrThrow();
    answer(exchange, 200, grant.credential().value());
  }

  private static void validate(Sessions sessions, HttpExchange exchange) throws IOException {
    String token = body(exchange);
    String[] answer =
        sessions
            .validate(new Credential(token))
            .fold(
                accepted ->
                    new String[] {
                      "200", accepted.renewal().map(grant -> grant.credential().value()).orElse("")
                    },
                rejected -> new String[] {"401", rejected.reason().name()},
                unavailable -> new String[] {"503", ""});
    answer(exchange, Integer.parseInt(answer[0]), answer[1]);
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
