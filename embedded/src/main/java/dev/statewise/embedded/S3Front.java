package dev.statewise.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * An HTTP proxy that lets in one write to an object at a time, and no read beside it.
 *
 * <p>Here, and only here, a lock is held while the server is asked: that is what the front is for.
 */
final class S3Front implements AutoCloseable {
  private static final int LOCKS = 256;
  private static final int SMALL = 1 << 20;
  private static final int ATTEMPTS = 3;
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "date", "expect", "host", "transfer-encoding");

  static {
    // Without it the JDK's server waits 40 ms for an acknowledgement; read once, by the first
    // server.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final URI target;
  private final HttpServer server;
  private final HttpClient client;
  private final ExecutorService threads;
  private final S3Faults faults = new S3Faults();
  private S3Requests requests = S3Requests.NONE;
  private final ReadWriteLock[] locks = new ReadWriteLock[LOCKS];

  private S3Front(URI target) throws IOException {
    this.target = target;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantReadWriteLock();
    }
    threads = Executors.newCachedThreadPool(S3Front::daemon);
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static S3Front before(URI target) {
    try {
      return new S3Front(target);
    } catch (IOException e) {
      throw new UncheckedIOException("no loopback port is free to listen on", e);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  synchronized S3Requests requests() {
    return requests;
  }

  private synchronized void count(String method) {
    requests = requests.and(method);
  }

  S3Faults faults() {
    return faults;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** To close an exchange that was not answered is to cut its connection. */
  private void handle(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    count(method);
    try (exchange) {
      faults.await();
      S3Faults.Instead instead = faults.answer(method).orElse(null);
      if (instead != null) {
        answer(exchange, instead.status(), instead.code());
      } else if (touchesSeveral(exchange)) {
        answer(exchange, 501, "NotImplemented");
      } else {
        pass(exchange, faults.takesTheReply(method));
      }
    }
  }

  private static boolean touchesSeveral(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("POST")
        || exchange.getRequestHeaders().containsKey("x-amz-copy-source");
  }

  private void pass(HttpExchange exchange, boolean loseReply) throws IOException {
    Lock lock = lockOf(exchange);
    lock.lock();
    try (InputStream body = exchange.getRequestBody()) {
      HttpResponse<InputStream> reply = send(exchange, body);
      try (InputStream answer = reply.body()) {
        if (!loseReply) {
          reply(exchange, reply, answer);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the front is closed
    } finally {
      lock.unlock();
    }
  }

  private Lock lockOf(HttpExchange exchange) {
    int stripe = Math.floorMod(exchange.getRequestURI().getRawPath().hashCode(), LOCKS);
    return S3Faults.isRead(exchange.getRequestMethod())
        ? locks[stripe].readLock()
        : locks[stripe].writeLock();
  }

  /**
   * Again, if the connection was closed. The server closes one on which it refused a write before
   * it had read its body, so what it gave no reply to was not applied.
   */
  private HttpResponse<InputStream> send(HttpExchange exchange, InputStream body)
      throws IOException, InterruptedException {
    long length = length(exchange);
    if (length > SMALL) {
      BodyPublisher once = BodyPublishers.ofInputStream(() -> body);
      return send(exchange, BodyPublishers.fromPublisher(once, length));
    }
    byte[] bytes = body.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException("A request ends before its end, and half an object is none.");
    }
    BodyPublisher repeatable =
        length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes);
    for (int attempt = 1; ; attempt++) {
      try {
        return send(exchange, repeatable);
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private HttpResponse<InputStream> send(HttpExchange exchange, BodyPublisher body)
      throws IOException, InterruptedException {
    return client.send(request(exchange, body), BodyHandlers.ofInputStream());
  }

  private static long length(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    return length == null ? 0 : Long.parseLong(length);
  }

  private HttpRequest request(HttpExchange exchange, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toASCIIString()))
            .method(exchange.getRequestMethod(), body);
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  private static void reply(
      HttpExchange exchange, HttpResponse<InputStream> reply, InputStream answer)
      throws IOException {
    reply
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    long length = reply.headers().firstValueAsLong("content-length").orElse(-1);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(Math.max(length, 0)));
      exchange.sendResponseHeaders(reply.statusCode(), -1);
      return;
    }
    // The JDK's server takes -1 for no body and 0 for one of a length that is not known.
    boolean unknown = length < 0 && reply.statusCode() != 204 && reply.statusCode() != 304;
    exchange.sendResponseHeaders(reply.statusCode(), unknown ? 0 : length > 0 ? length : -1);
    try (OutputStream out = exchange.getResponseBody()) {
      answer.transferTo(out);
    }
  }

  private static void answer(HttpExchange exchange, int status, String code) throws IOException {
    try (InputStream body = exchange.getRequestBody()) {
      body.transferTo(OutputStream.nullOutputStream());
    }
    byte[] error =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>a fault that was asked for</Message></Error>"
            .formatted(code)
            .getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : error.length);
    try (OutputStream out = exchange.getResponseBody()) {
      if (!head) {
        out.write(error);
      }
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "statewise-s3");
    thread.setDaemon(true);
    return thread;
  }
}
