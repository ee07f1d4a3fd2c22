package dev.statewise.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on a free loopback port that counts what passes and injects faults.
 *
 * <p>Without a fault it passes bytes on at once, both ways. A fault holds for all connections, from
 * the call until {@link #heal}; faults add up. Bytes that are read by the proxy before the call are
 * not affected by it. If the server cannot be reached, a client is connected and then cut off.
 *
 * <p>All threads are daemons, named {@code statewise-proxy-<port>-…}. Safe for use by several
 * threads.
 */
public final class TcpProxy implements AutoCloseable {
  private final InetSocketAddress target;
  private final int port;
  private final boolean resp;
  private final Faults faults = new Faults();
  private final Counters counters = new Counters();
  private final AtomicLong accepted = new AtomicLong();
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private @Nullable Acceptor acceptor;
  private @Nullable Socket reservation;
  private volatile boolean closed;

  private TcpProxy(InetSocketAddress target, boolean resp) throws IOException {
    this.target = target;
    this.resp = resp;
    Acceptor first = listen(0);
    this.acceptor = first;
    this.port = first.port();
  }

  /**
   * Opens a proxy to a server, which need not be there yet.
   *
   * @param host its name or address
   * @param port its port
   */
  public static TcpProxy to(String host, int port) {
    return open(host, port, true);
  }

  /**
   * As {@link #to}, for a server that is no Redis: no command is counted, since none can be told,
   * and every piece that a client sends after a byte came back begins a flight.
   */
  public static TcpProxy toAnother(String host, int port) {
    return open(host, port, false);
  }

  private static TcpProxy open(String host, int port, boolean resp) {
    try {
      return new TcpProxy(new InetSocketAddress(host, port), resp);
    } catch (IOException e) {
      throw new UncheckedIOException("no loopback port is free to listen on", e);
    }
  }

  /** Always {@code 127.0.0.1}. */
  public String host() {
    return "127.0.0.1";
  }

  /** Where it listens; the same for its whole life. */
  public int port() {
    return port;
  }

  /** What has passed until now; take two and subtract. */
  public Traffic traffic() {
    return counters.snapshot();
  }

  /**
   * The same without what passed on connections on which a client listens, from when it began to:
   * it subscribed there, or read a stream.
   */
  public Traffic requests() {
    return counters.withoutListening();
  }

  /**
   * Delivers every byte this much later, in each direction; a round trip takes twice that longer. A
   * connection is still made at once. The system wakes a thread some 0.1 ms late, so measure what
   * was achieved.
   *
   * @param eachWay zero or more
   */
  public void delay(Duration eachWay) {
    if (eachWay.isNegative()) {
      throw new IllegalArgumentException(
          "A delay of %s would deliver bytes before they came. Give zero or more."
              .formatted(eachWay));
    }
    faults.delay(eachWay);
  }

  /**
   * Swallows everything, both ways, as {@link #dropToServer} and {@link #dropFromServer} together:
   * connections open, and no answer comes.
   */
  public void blackhole() {
    dropToServer();
    dropFromServer();
  }

  /**
   * Swallows what clients send, so no request reaches the server. A connection that lost bytes
   * stays silent and is cut by {@link #heal}, since what followed would make no sense; the others
   * live on.
   */
  public void dropToServer() {
    faults.dropToServer();
  }

  /**
   * Swallows what the server sends, so requests are applied and no client learns of it. A
   * connection that lost bytes is cut by {@link #heal}.
   */
  public void dropFromServer() {
    faults.dropFromServer();
  }

  /**
   * Loses one reply after the request was applied: the next request, on whichever connection, is
   * passed on; when the server begins to answer, the answer is dropped and that connection is cut
   * on both sides. Of pipelined requests the whole flight's replies are lost. Then all is as
   * before.
   *
   * <p>The handshake of a new connection is a request too: warm a pool up before.
   */
  public void loseNextReply() {
    faults.loseNextReply();
  }

  /** Resets all present connections; new ones are served. */
  public void cut() {
    connections.forEach(ProxiedConnection::cut);
  }

  /**
   * Refuses new connections, as a host without a server does; present ones live on. With {@link
   * #cut} it looks like a server that died. The port is kept for {@link #heal}.
   */
  public synchronized void refuse() {
    if (acceptor == null) {
      return;
    }
    try {
      acceptor.close();
      acceptor = null;
      Socket bound = new Socket(); // bound and not listening: nobody else gets the port
      reservation = bound;
      bound.setReuseAddress(true);
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException("the listener on port " + port + " could not be closed", e);
    }
  }

  /** Ends every fault. Connections whose bytes were swallowed are cut; new ones are served. */
  public synchronized void heal() {
    faults.heal();
    connections.stream().filter(ProxiedConnection::isIncomplete).forEach(ProxiedConnection::cut);
    if (closed || acceptor != null) {
      return;
    }
    try {
      release();
      acceptor = listen(port);
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " is no longer free to listen on", e);
    }
  }

  /** Stops listening and resets all connections. The traffic can still be read. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      if (acceptor != null) {
        acceptor.close();
        acceptor = null;
      }
      release();
    } catch (IOException e) {
      throw new UncheckedIOException("the listener on port " + port + " could not be closed", e);
    } finally {
      cut();
    }
  }

  private void release() throws IOException {
    if (reservation != null) {
      reservation.close();
      reservation = null;
    }
  }

  private Acceptor listen(int wanted) throws IOException {
    return new Acceptor(wanted, this::serve);
  }

  private void serve(Socket client) {
    ProxiedConnection connection =
        new ProxiedConnection(
            client,
            "statewise-proxy-" + client.getLocalPort() + "-" + accepted.incrementAndGet(),
            faults,
            counters,
            resp,
            connections::remove);
    connections.add(connection);
    connection.open(target);
    if (closed) {
      connection.cut();
    }
  }
}
