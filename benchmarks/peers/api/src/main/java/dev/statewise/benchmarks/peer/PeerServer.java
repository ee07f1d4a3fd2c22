package dev.statewise.benchmarks.peer;

import org.jspecify.annotations.Nullable;

/**
 * Where a peer connects to, without TLS.
 *
 * @param user null for the default one
 * @param password null if none is asked for
 * @param database its number
 */
public record PeerServer(
    String host, int port, @Nullable String user, @Nullable String password, int database) {

  /** A server on which nobody logs in. */
  public static PeerServer open(String host, int port) {
    return new PeerServer(host, port, null, null, 0);
  }

  /** Host and port; never the password. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
