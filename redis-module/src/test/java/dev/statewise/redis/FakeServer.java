package dev.statewise.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that takes connections and does as a test says with them. */
final class FakeServer implements AutoCloseable {

  private static final int SMALL = 4096;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ServerSocket server;
  private final Talk talk;

  /** What it does on each connection. */
  interface Talk {
    void on(InputStream in, OutputStream out, FakeServer server)
        throws IOException, InterruptedException;
  }

  private FakeServer(ServerSocket server, Talk talk) {
    this.server = server;
    this.talk = talk;
  }

  static FakeServer start(Talk talk) {
    try {
      ServerSocket server = new ServerSocket();
      server.setReceiveBufferSize(SMALL);
      return start(server, talk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FakeServer start(ServerSocket unbound, Talk talk) throws IOException {
    unbound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    FakeServer fake = new FakeServer(unbound, talk);
    daemon(fake::accept);
    return fake;
  }

  URI uri() {
    return URI.create("redis://127.0.0.1:" + port());
  }

  int port() {
    return server.getLocalPort();
  }

  /** Waits so long, unless the server is closed meanwhile. */
  boolean isClosedWithin(Duration time) throws InterruptedException {
    return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (closed.getCount() > 0) {
        Socket socket = server.accept();
        sockets.add(socket);
        daemon(() -> talk(socket));
      }
    } catch (IOException e) {
      // it is closed
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      talk.on(socket.getInputStream(), socket.getOutputStream(), this);
    } catch (IOException | InterruptedException e) {
      // one of both is gone
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "fake-server");
    thread.setDaemon(true);
    thread.start();
  }
}
