package dev.statewise.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A client that writes RESP by hand, so that a test decides which bytes travel together. */
final class RespClient implements AutoCloseable {
  private final Socket socket = new Socket();
  private final InputStream in;

  RespClient(String host, int port) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(host, port), 5_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  static byte[] request(String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(("*" + words.length + "\r\n").getBytes(UTF_8));
    for (String word : words) {
      byte[] bulk = word.getBytes(UTF_8);
      bytes.writeBytes(("$" + bulk.length + "\r\n").getBytes(UTF_8));
      bytes.writeBytes(bulk);
      bytes.writeBytes("\r\n".getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  void patience(Duration patience) throws IOException {
    socket.setSoTimeout((int) patience.toMillis());
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  String ask(String... words) throws IOException {
    send(request(words));
    return reply();
  }

  /** A bulk string as it is, anything else as its line. */
  String reply() throws IOException {
    String line = line();
    if (!line.startsWith("$") || line.equals("$-1")) {
      return line;
    }
    int length = Integer.parseInt(line, 1, line.length(), 10);
    byte[] bulk = in.readNBytes(length);
    in.readNBytes(2);
    if (bulk.length < length) {
      throw new EOFException("the reply was cut off");
    }
    return new String(bulk, UTF_8);
  }

  int read() throws IOException {
    return in.read();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\r'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("no reply came");
      }
      line.append((char) next);
    }
    in.read();
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
