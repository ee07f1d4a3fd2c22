package dev.statewise.benchmarks.experiment.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Asks one server on loopback whether it takes a request with a header line of some length. Each
 * request has a connection of its own, and bounded time.
 */
final class HeaderProbe {

  /** No line is shorter: name, one character, CRLF. */
  static final int LEAST_LINE = "Cookie: x\r\n".length();

  private static final String BEFORE = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
  private static final String NAME = "Cookie: ";
  private static final String END = "\r\n";
  private static final int ACCEPTED = 200;
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int STATUS_END = STATUS_AT + 3;

  private final int port;
  private final Duration patience;

  /**
   * @param patience for connecting, and for the answer
   */
  HeaderProbe(int port, Duration patience) {
    this.port = port;
    this.patience = patience;
  }

  /**
   * What a server did.
   *
   * @param status of its answer; empty if it closed the connection, or said nothing in time
   */
  record Answer(OptionalInt status) {

    boolean accepted() {
      return status.equals(OptionalInt.of(ACCEPTED));
    }
  }

  /** The bytes of a request that are not the line's. */
  static int restBytes() {
    return BEFORE.length() + END.length();
  }

  /**
   * Sends a request with a {@code Cookie} line of so many bytes, name and CRLF included.
   *
   * @throws IOException if the server cannot be connected to
   */
  Answer send(int lineBytes) throws IOException {
    try (Socket socket = new Socket()) {
      int millis = (int) patience.toMillis();
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
      socket.setSoTimeout(millis);
      write(socket.getOutputStream(), lineBytes);
      return new Answer(status(socket.getInputStream()));
    }
  }

  /**
   * A server that has seen enough may close before all is written; what it said is read all the
   * same.
   */
  private static void write(OutputStream out, int lineBytes) {
    String value = "x".repeat(lineBytes - NAME.length() - END.length());
    try {
      out.write((BEFORE + NAME + value + END + END).getBytes(US_ASCII));
      out.flush();
    } catch (IOException closed) {
      return;
    }
  }

  private static OptionalInt status(InputStream in) {
    try {
      String line = new String(in.readNBytes(STATUS_END), US_ASCII);
      boolean answered = line.length() == STATUS_END && line.startsWith("HTTP/1.");
      return answered
          ? OptionalInt.of(Integer.parseInt(line.substring(STATUS_AT)))
          : OptionalInt.empty();
    } catch (IOException | NumberFormatException nothing) {
      return OptionalInt.empty();
    }
  }
}
