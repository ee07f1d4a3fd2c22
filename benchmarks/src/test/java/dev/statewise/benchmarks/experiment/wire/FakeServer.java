package dev.statewise.benchmarks.experiment.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/** A server whose limit is known: it answers by the length of the {@code Cookie} line. */
final class FakeServer implements ProbedServer {

  /** Says nothing, and closes. */
  static final int SILENCE = 0;

  private static final int OK = 200;

  private final IntUnaryOperator statusOfLine;
  private final AtomicInteger requests = new AtomicInteger();

  private FakeServer(IntUnaryOperator statusOfLine) {
    this.statusOfLine = statusOfLine;
  }

  /** Accepts lines of so many bytes, and answers longer ones with that status. */
  static FakeServer taking(int lineBytes, int otherwise) {
    return new FakeServer(line -> line <= lineBytes ? OK : otherwise);
  }

  /** Answers by the length of the line and by how often it was asked before. */
  static FakeServer answering(IntUnaryOperator statusOfLine) {
    return new FakeServer(statusOfLine);
  }

  int requests() {
    return requests.get();
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Kind kind() {
    return Kind.EMBEDDED;
  }

  @Override
  public Running start(Duration within) throws IOException {
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> serve(socket), "fake server");
    thread.setDaemon(true);
    thread.start();
    return new Running("1.0", socket.getLocalPort(), () -> close(socket));
  }

  private void serve(ServerSocket socket) {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        answer(connection);
      } catch (IOException closed) {
        // The client, or the whole server: the condition tells.
      }
    }
  }

  private void answer(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
    OptionalInt cookie = OptionalInt.empty();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.startsWith("Cookie: ")) {
        cookie = OptionalInt.of(line.length() + 2);
      }
    }
    requests.incrementAndGet();
    int status = statusOfLine.applyAsInt(cookie.orElseThrow());
    if (status != SILENCE) {
      connection
          .getOutputStream()
          .write("HTTP/1.1 %d Said\r\n\r\n".formatted(status).getBytes(US_ASCII));
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
