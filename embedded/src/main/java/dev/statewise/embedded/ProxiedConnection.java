package dev.statewise.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One client's connection through the proxy: two sockets and, each way, a reader and a writer. */
final class ProxiedConnection {
  private static final int PIECE = 1 << 16;
  private static final int CONNECTS_WITHIN_MILLIS = 5_000;

  private interface Task {
    void run() throws IOException, InterruptedException;
  }

  private final Socket client;
  private final Socket server = new Socket();
  private final Faults faults;
  private final Counters counters;
  private final boolean resp;
  private final String name;
  private final Consumer<ProxiedConnection> whenClosed;
  private final DelayLine toServer = new DelayLine(server);
  private final DelayLine toClient;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger openWays = new AtomicInteger(2);
  private volatile boolean listens;
  private volatile boolean requestsIncomplete;
  private volatile boolean repliesIncomplete;
  private volatile boolean losesReply;
  private volatile boolean repliedSinceFlight = true;
  private boolean closed;

  ProxiedConnection(
      Socket client,
      String name,
      Faults faults,
      Counters counters,
      boolean resp,
      Consumer<ProxiedConnection> whenClosed) {
    this.client = client;
    this.name = name;
    this.faults = faults;
    this.counters = counters;
    this.resp = resp;
    this.whenClosed = whenClosed;
    this.toClient = new DelayLine(client);
  }

  void open(InetSocketAddress target) {
    run("request-reader", () -> connectAndReadRequests(target));
  }

  /** Whether a fault swallowed bytes of it, so that what follows would make no sense. */
  boolean isIncomplete() {
    return requestsIncomplete || repliesIncomplete;
  }

  /** Ends it on both sides, with a reset. */
  void cut() {
    close(true);
  }

  private void close(boolean abruptly) {
    List<Thread> ending;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      ending = List.copyOf(threads);
    }
    close(client, abruptly);
    close(server, abruptly);
    ending.forEach(Thread::interrupt);
    whenClosed.accept(this);
  }

  private void connectAndReadRequests(InetSocketAddress target)
      throws IOException, InterruptedException {
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    server.connect(target, CONNECTS_WITHIN_MILLIS);
    counters.connection();
    run("request-writer", () -> deliver(toServer, () -> {}));
    run("reply-reader", this::readReplies);
    run("reply-writer", () -> deliver(toClient, () -> repliedSinceFlight = true));
    readRequests();
  }

  private void readRequests() throws IOException, InterruptedException {
    RequestReader requests = new RequestReader(resp);
    InputStream in = client.getInputStream();
    byte[] buffer = new byte[PIECE];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (requestsHaveAHole()) {
        continue;
      }
      requests.read(buffer, read);
      boolean newFlight = requests.begun() > 0 && repliedSinceFlight;
      if (newFlight) {
        repliedSinceFlight = false;
        losesReply = faults.takesTheReply();
      }
      listens = requests.listens();
      counters.toServer(read, requests.ended(), newFlight, listens);
      toServer.put(Arrays.copyOf(buffer, read), faults.delayNanos());
    }
    if (!requestsHaveAHole()) {
      toServer.end(faults.delayNanos());
    }
  }

  private void readReplies() throws IOException, InterruptedException {
    InputStream in = server.getInputStream();
    byte[] buffer = new byte[PIECE];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (losesReply) {
        close(true);
        return;
      }
      if (!repliesHaveAHole()) {
        counters.fromServer(read, listens);
        toClient.put(Arrays.copyOf(buffer, read), faults.delayNanos());
      }
    }
    if (!repliesHaveAHole()) {
      toClient.end(faults.delayNanos());
    }
  }

  /** Asks the fault again after taking note, because it may be healed in between. */
  private boolean requestsHaveAHole() {
    if (faults.dropsToServer()) {
      requestsIncomplete = true;
      if (!faults.dropsToServer()) {
        close(true);
      }
    }
    return requestsIncomplete;
  }

  private boolean repliesHaveAHole() {
    if (faults.dropsFromServer()) {
      repliesIncomplete = true;
      if (!faults.dropsFromServer()) {
        close(true);
      }
    }
    return repliesIncomplete;
  }

  private void deliver(DelayLine line, Runnable beforeEachWrite)
      throws IOException, InterruptedException {
    line.deliver(beforeEachWrite);
    if (openWays.decrementAndGet() == 0) {
      close(false);
    }
  }

  private synchronized void run(String task, Task body) {
    if (closed) {
      return;
    }
    Thread thread = new Thread(() -> orCut(body), name + "-" + task);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** A side that fails takes the other with it. */
  private void orCut(Task body) {
    try {
      body.run();
    } catch (IOException e) {
      cut();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cut();
    }
  }

  private static void close(Socket socket, boolean abruptly) {
    try (socket) {
      if (abruptly) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException e) {
      // it is closed already, which is all that was wanted
    }
  }
}
