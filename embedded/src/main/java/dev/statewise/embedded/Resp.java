package dev.statewise.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Asks a server what it takes to lay out a topology: a request, its reply, and no more. */
final class Resp implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 5_000;

  private final Socket socket = new Socket();
  private final InputStream replies;

  private Resp(int port) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      replies = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Asks one question. Integers come as text, lists as lists of what they hold, nothing as "". */
  static Object ask(RedisServer server, String... words) {
    try (Resp connection = new Resp(server.port())) {
      if (!server.password().isEmpty()) {
        connection.ask("AUTH", server.password());
      }
      return connection.ask(words);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the server on port %d did not answer %s".formatted(server.port(), words[0]), e);
    }
  }

  static String text(RedisServer server, String... words) {
    return (String) ask(server, words);
  }

  private Object ask(String... words) throws IOException {
    socket.getOutputStream().write(request(words));
    return reply();
  }

  private static byte[] request(String... words) {
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

  private Object reply() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+', ':' -> rest;
      case '$' -> bulk(Integer.parseInt(rest));
      case '*' -> list(Integer.parseInt(rest));
      default -> throw new IOException("the server answered " + line);
    };
  }

  private String bulk(int length) throws IOException {
    if (length < 0) {
      return "";
    }
    byte[] bulk = replies.readNBytes(length);
    replies.readNBytes(2);
    if (bulk.length < length) {
      throw new EOFException("the reply was cut off");
    }
    return new String(bulk, UTF_8);
  }

  private List<Object> list(int length) throws IOException {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      list.add(reply());
    }
    return list;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = replies.read(); next != '\r'; next = replies.read()) {
      if (next < 0) {
        throw new EOFException("no reply came");
      }
      line.append((char) next);
    }
    replies.read();
    if (line.isEmpty()) {
      throw new IOException("the server answered an empty line");
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
