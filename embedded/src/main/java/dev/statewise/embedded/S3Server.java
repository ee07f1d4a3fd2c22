package dev.statewise.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * An S3 API on a loopback port, in this process, whose objects lie in its memory.
 *
 * <p>It is S3Proxy, which checks the condition of a write first and writes then, behind a front
 * that lets one write to an object in at a time: so a conditional write is atomic at {@link
 * #endpoint}, as it is on Amazon S3, and it is not at {@link #bareEndpoint}. The front counts
 * requests and does faults. What touches several objects at once (a copy, a deletion of many, an
 * upload in parts) it answers with 501, because it could not make that atomic.
 *
 * <p>Requests need no credentials and their signatures are not looked at. Address buckets in the
 * path. A client that offers 100-continue is served. Safe for use by several threads.
 */
public final class S3Server implements AutoCloseable {
  private final S3Proxy server;
  private final S3Front front;

  private S3Server(S3Proxy server) {
    this.server = server;
    this.front = S3Front.before(bareEndpoint());
  }

  /**
   * Starts one without a bucket, and returns when it listens.
   *
   * @throws IllegalStateException if it did not start
   */
  public static S3Server start() {
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .ignoreUnknownHeaders(true)
            .build();
    try {
      server.start();
      return new S3Server(server);
    } catch (Exception e) {
      throw new IllegalStateException("The S3 server did not start", e);
    }
  }

  /** For example {@code http://127.0.0.1:9000}: atomic, counted and with the faults. */
  public URI endpoint() {
    return front.uri();
  }

  /** The server without its front: neither atomic nor counted, and without a fault. */
  public URI bareEndpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /**
   * Makes a bucket, seen at both endpoints. Counted nowhere.
   *
   * @return the name that was given
   * @throws IllegalStateException if there is one of that name, or it is no name
   */
  public String createBucket(String name) {
    ask(HttpRequest.newBuilder(bareEndpoint().resolve("/" + name)).PUT(BodyPublishers.noBody()));
    return name;
  }

  /** Makes the bucket keep what is overwritten or deleted as a version that is not current. */
  public void keepVersions(String bucket) {
    String enabled =
        "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Status>Enabled</Status></VersioningConfiguration>";
    ask(
        HttpRequest.newBuilder(bareEndpoint().resolve("/" + bucket + "?versioning"))
            .PUT(BodyPublishers.ofString(enabled)));
  }

  /** What has come to the front until now; take two and subtract. */
  public S3Requests requests() {
    return front.requests();
  }

  /**
   * Answers each request this much later, beginning with the next; until {@link #heal}.
   *
   * @param delay zero or more
   */
  public void delay(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException(
          "A delay of %s would answer before the question. Give zero or more.".formatted(delay));
    }
    front.faults().delay(delay);
  }

  /**
   * Loses one reply to a write: the next request that is neither a GET nor a HEAD is applied, and
   * its connection is cut without an answer. Then all is as before.
   */
  public void loseNextReply() {
    front.faults().loseNextReply();
  }

  /**
   * Answers one request by itself, and does not apply it: the next with this method. Called again
   * before that, the next but one, and so on.
   *
   * @param method for example {@code PUT}
   * @param status for example 503
   * @param code of S3's own, for example {@code SlowDown}
   */
  public void answerNext(String method, int status, String code) {
    front.faults().answerNext(method, status, code);
  }

  /** Ends every fault. */
  public void heal() {
    front.faults().heal();
  }

  /** Stops both; the objects are gone. Closing again does nothing. */
  @Override
  public void close() {
    Closing.all(List.<AutoCloseable>of(front, server::stop));
  }

  private static void ask(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            "The S3 server answered %d: %s".formatted(answer.statusCode(), answer.body()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The S3 server gave no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the S3 server was asked", e);
    }
  }
}
