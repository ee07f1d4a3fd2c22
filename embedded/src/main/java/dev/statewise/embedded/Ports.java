package dev.statewise.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Loopback ports that nobody listens on, at the moment of asking. */
final class Ports {
  /** How far above its own port a cluster node listens to the others. */
  static final int BUS_ABOVE = 10_000;

  private static final int END = 1 << 16;

  private Ports() {}

  static int free() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no loopback port is free", e);
    }
  }

  /** A port whose bus port is a port, and free as well. */
  static int freeWithBus() {
    while (true) {
      int port = free();
      if (port + BUS_ABOVE < END && isFree(port + BUS_ABOVE)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
