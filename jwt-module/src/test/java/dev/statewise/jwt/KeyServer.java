package dev.statewise.jwt;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer's server of keys: it counts, and it can be slow, wrong, endless or away. */
final class KeyServer implements AutoCloseable {

  /** What it answers with, beside the body. */
  enum Manner {
    WHOLE,
    ENDLESS,
    NEVER_DONE,
    /** A byte now and then, until nobody takes it: then {@link KeyServer#hungUp}. */
    DRIPPING
  }

  final AtomicInteger requests = new AtomicInteger();
  final CountDownLatch hungUp = new CountDownLatch(1);
  volatile int status = 200;
  volatile String body;
  volatile String location = "";
  volatile Manner manner = Manner.WHOLE;

  /** While it is above zero, requests are counted and wait. */
  volatile CountDownLatch held = new CountDownLatch(0);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  KeyServer(String body) {
    this.body = body;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:%d/keys".formatted(server.getAddress().getPort()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      held.await(30, TimeUnit.SECONDS);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      if (!location.isEmpty()) {
        exchange.getResponseHeaders().add("Location", location);
      }
      exchange.sendResponseHeaders(status, manner == Manner.WHOLE ? bytes.length : 0);
      OutputStream out = exchange.getResponseBody();
      out.write(bytes);
      while (manner == Manner.ENDLESS) {
        out.write(bytes);
      }
      if (manner == Manner.DRIPPING) {
        drip(out);
      }
      if (manner == Manner.NEVER_DONE) {
        out.flush();
        new CountDownLatch(1).await(30, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drip(OutputStream out) throws InterruptedException {
    try {
      while (!stopped.await(10, TimeUnit.MILLISECONDS)) {
        out.write(' ');
        out.flush();
      }
    } catch (IOException e) {
      hungUp.countDown();
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    held.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
