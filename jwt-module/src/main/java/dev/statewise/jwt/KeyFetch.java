package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gets the bytes at one address, bounded in number and time. It follows no redirect: another host
 * was not the one that was trusted.
 */
final class KeyFetch {

  private static final int OK = 200;

  private final HttpRequest request;
  private final RemoteKeySetSettings settings;
  private final HttpClient client;
  private final @Nullable ExecutorService own;
  private volatile Future<?> underway = CompletableFuture.completedFuture(null);

  /**
   * @param client null for one of its own
   */
  KeyFetch(URI address, @Nullable HttpClient client, RemoteKeySetSettings settings) {
    this.request =
        HttpRequest.newBuilder(address)
            .version(HttpClient.Version.HTTP_1_1)
            .header("Accept", "application/jwk-set+json, application/json")
            .timeout(settings.fetchWithin())
            .build();
    this.settings = settings;
    this.own = client == null ? Executors.newCachedThreadPool(KeyFetch::thread) : null;
    this.client =
        client == null ? client(settings, requireNonNull(own)) : requireNoRedirects(client);
  }

  /**
   * @throws IllegalArgumentException if keys from there could not be trusted
   */
  static URI checked(URI address) {
    String scheme = String.valueOf(requireNonNull(address, "address").getScheme());
    String host = address.getHost();
    boolean trusted =
        host != null
            && address.getRawUserInfo() == null
            && address.getRawFragment() == null
            && (scheme.equalsIgnoreCase("https")
                || (scheme.equalsIgnoreCase("http") && isThisMachine(host)));
    if (!trusted) {
      throw new IllegalArgumentException(
          "An address of the scheme '%s' cannot be trusted with keys: it must be https://host/…, without a user and a fragment; http only to this machine itself. Use the jwks_uri that the issuer publishes."
              .formatted(scheme));
    }
    return address;
  }

  /**
   * The bytes; fails if they do not come in time, or are too many. It throws what the client does.
   */
  CompletableFuture<byte[]> fetch() {
    CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, this::body);
    underway = sent;
    return sent.thenApply(HttpResponse::body)
        .orTimeout(settings.fetchWithin().toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete((bytes, failure) -> sent.cancel(true));
  }

  /** Ends what is under way. A client of its own gives its threads back. */
  void close() {
    underway.cancel(true);
    if (own != null) {
      shutDown(client);
      own.shutdownNow();
    }
  }

  /** From Java 21 on a client can be; before, it ends once nobody refers to it. */
  private static void shutDown(HttpClient client) {
    try {
      HttpClient.class.getMethod("shutdownNow").invoke(client);
    } catch (ReflectiveOperationException e) {
      // A Java before 21.
    }
  }

  private HttpResponse.BodySubscriber<byte[]> body(HttpResponse.ResponseInfo response) {
    return new BoundedBody(
        settings.maxBytes(),
        response.statusCode() == OK
            ? null
            : new IOException(
                "The address answered with the status %d and not 200; redirects are not followed."
                    .formatted(response.statusCode())));
  }

  private static HttpClient client(RemoteKeySetSettings settings, ExecutorService threads) {
    return HttpClient.newBuilder()
        .connectTimeout(settings.fetchWithin())
        .followRedirects(HttpClient.Redirect.NEVER)
        .executor(threads)
        .build();
  }

  private static HttpClient requireNoRedirects(HttpClient client) {
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException(
          "The client follows redirects (%s), so another host could say which keys are good. Build it with Redirect.NEVER."
              .formatted(client.followRedirects()));
    }
    return client;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "statewise-keys");
    thread.setDaemon(true);
    return thread;
  }

  private static boolean isThisMachine(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
  }
}
