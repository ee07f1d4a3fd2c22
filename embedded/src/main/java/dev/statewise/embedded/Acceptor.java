package dev.statewise.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** Listens on a loopback port and hands on whoever connects. */
final class Acceptor {
  private final ServerSocket listener = new ServerSocket();
  private final Consumer<Socket> serve;
  private final Thread thread;

  /**
   * Listens from now on.
   *
   * @param port 0 for any that is free
   */
  Acceptor(int port, Consumer<Socket> serve) throws IOException {
    this.serve = serve;
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    thread = new Thread(this::accept, "statewise-proxy-" + port() + "-acceptor");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The system listens on until the thread has left its call, so this waits for it. */
  void close() throws IOException {
    listener.close();
    Waiting.forEnd(thread);
  }

  private void accept() {
    while (true) {
      try {
        serve.accept(listener.accept());
      } catch (IOException e) {
        return; // it was closed
      }
    }
  }
}
