package dev.statewise.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether the server that was just started answers on its port: that very one, not a stranger. */
final class Readiness {
  private static final int PATIENCE_MILLIS = 1_000;

  private Readiness() {}

  static boolean answers(int port, long pid) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.getOutputStream().write("PING\r\nINFO server\r\n".getBytes(US_ASCII));
      return isReady(new BufferedInputStream(socket.getInputStream()), pid);
    } catch (IOException notYet) {
      return false;
    }
  }

  private static boolean isReady(InputStream replies, long pid) throws IOException {
    String pong = line(replies);
    if (pong.startsWith("-NOAUTH")) {
      return true; // a password was asked for, so its identity cannot be
    }
    return pong.equals("+PONG") && info(replies).contains("\nprocess_id:" + pid + "\r");
  }

  private static String info(InputStream replies) throws IOException {
    String header = line(replies);
    if (!header.startsWith("$")) {
      return header;
    }
    int length = Integer.parseInt(header, 1, header.length(), 10);
    return new String(replies.readNBytes(length), US_ASCII);
  }

  private static String line(InputStream replies) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = replies.read(); next != '\r'; next = replies.read()) {
      if (next < 0) {
        throw new IOException("the server hung up");
      }
      line.append((char) next);
    }
    replies.read();
    return line.toString();
  }
}
