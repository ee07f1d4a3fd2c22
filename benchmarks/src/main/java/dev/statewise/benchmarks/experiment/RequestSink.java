package dev.statewise.benchmarks.experiment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * A server that answers 204 and keeps the bytes of the request, and a client that sends it some.
 * One request at a time.
 */
final class RequestSink implements AutoCloseable {

  private static final byte[] ANSWER =
      "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LONGEST_REQUEST = 1 << 20;

  private final ServerSocket server;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();

  private RequestSink(ServerSocket server) {
    this.server = server;
  }

  static RequestSink open() throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    server.setSoTimeout((int) PATIENCE.toMillis());
    return new RequestSink(server);
  }

  /** A request as it arrived. */
  record Received(String head) {

    int bytes() {
      return head.length();
    }

    /** The bytes of one header line, name and CRLF included; 0 if it did not arrive. */
    int lineOf(String header) {
      String start = header.toLowerCase(Locale.ROOT) + ":";
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .mapToInt(line -> line.length() + 2)
          .sum();
    }
  }

  /** Sends {@code GET /} with nothing of ours, and says what arrived. */
  Received send() throws IOException {
    return send(request().build());
  }

  /** Sends {@code GET /} with one header more, and says what arrived. */
  Received send(String header, String value) throws IOException {
    return send(request().header(header, value).build());
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"))
        .timeout(PATIENCE);
  }

  private Received send(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try (Socket connection = server.accept()) {
      connection.setSoTimeout((int) PATIENCE.toMillis());
      Received received = new Received(head(connection.getInputStream()));
      connection.getOutputStream().write(ANSWER);
      connection.shutdownOutput();
      answer.join();
      return received;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4 && head.size() < LONGEST_REQUEST) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("The request ended before its head did.");
      }
      head.write(next);
      boolean fits = next == (matched % 2 == 0 ? '\r' : '\n');
      matched = fits ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return head.toString(ISO_8859_1);
  }
}
