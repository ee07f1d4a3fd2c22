package dev.statewise.objectstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.statewise.embedded.S3Server;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.StoreUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A server that refuses, is slow, or is not there: an outage in time, and never an answer. */
class ObjectOutageTest {

  private static final Duration DEADLINE = Duration.ofMillis(400);
  private static final Duration SLACK = Duration.ofSeconds(2);

  private static S3Client client;

  private final String prefix = SharedS3.newPrefix();
  private final Session session = Samples.session();
  private ObjectSessionStore store;

  @BeforeAll
  static void connect() {
    client = SharedS3.client();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @BeforeEach
  void open() {
    ObjectSessionStore patient = ObjectSessionStore.untried(client, SharedS3.BUCKET, prefix);
    patient.find(session.key()); // the first call of a client takes as long as its classes do
    store = patient.withDeadline(DEADLINE);
  }

  @AfterEach
  void heal() {
    server().heal();
  }

  @ParameterizedTest(name = "{0} {1} MUST be an outage that says what to do: {2}")
  @CsvSource({
    "500, InternalError, overloaded or ill",
    "503, SlowDown, overloaded or ill",
    "403, AccessDenied, s3:ListBucket",
    "404, NoSuchBucket, make it",
    "404, NotFound, endpoint",
    "404, '', endpoint",
    "301, PermanentRedirect, region",
    "400, AuthorizationHeaderMalformed, region",
    "501, NotImplemented, overloaded or ill",
  })
  void refusals(int status, String code, String advice) {
    List<ThrowingCallable> reads =
        List.of(
            () -> store.find(session.key()),
            () -> store.replace(session),
            () -> store.touch(session.key(), Samples.NOW),
            () -> store.delete(session.key()));
    for (ThrowingCallable verb : reads) {
      server().answerNext("GET", status, code);
      assertSays(catchThrowable(verb), status + " " + code, advice);
    }
    server().answerNext("PUT", status, code);
    assertSays(catchThrowable(() -> store.create(session)), status + " " + code, advice);
    assertThat(store.find(session.key())).isEmpty();
  }

  @Test
  @DisplayName("a bucket that is not there MUST be an outage, and never a session that is not")
  void noBucket() {
    ObjectSessionStore nowhere = ObjectSessionStore.untried(client, "nowhere", prefix);

    assertSays(catchThrowable(() -> nowhere.find(session.key())), "nowhere", "make it");
    assertSays(catchThrowable(() -> nowhere.create(session)), "nowhere", "make it");
    assertSays(
        catchThrowable(() -> ObjectSessionStore.over(client, "nowhere", prefix)), "TRY", "make it");
  }

  @Test
  @DisplayName("an endpoint where nothing listens MUST be told as that, and not as a slow one")
  void nobodyThere() {
    try (S3Client lost = SharedS3.client(URI.create("http://127.0.0.1:1"), 1)) {
      ObjectSessionStore nowhere = ObjectSessionStore.untried(lost, SharedS3.BUCKET, prefix);

      assertSays(
          catchThrowable(() -> nowhere.find(session.key())), "no connection", "mend the endpoint");
    }
  }

  @Test
  @DisplayName("409, which is another write under way, MUST be asked again")
  void conflicts() {
    server().answerNext("PUT", 409, "ConditionalRequestConflict");
    assertThat(store.create(session)).isTrue();
    server().answerNext("PUT", 409, "ConditionalRequestConflict");
    assertThat(store.touch(session.key(), Samples.NOW.plusSeconds(1))).isTrue();
    server().answerNext("PUT", 409, "ConditionalRequestConflict");
    assertThat(store.replace(session.next(Samples.NOW))).isEqualTo(ReplaceResult.REPLACED);
  }

  @Test
  @DisplayName("409 without an end MUST be an outage by the deadline")
  void endlessConflicts() {
    for (int i = 0; i < 1_000; i++) {
      server().answerNext("PUT", 409, "ConditionalRequestConflict");
    }

    assertUnavailableInTime(() -> store.create(session));
  }

  @Test
  @DisplayName("412 with nothing there MUST be GONE, as some servers answer")
  void unmetWhereNothingIs() {
    store.create(session);
    try (S3Client late =
        SharedS3.client(
            server().endpoint(), 1, new Between("PutObject", () -> store.delete(session.key())))) {
      server().answerNext("PUT", 412, "PreconditionFailed");

      ReplaceResult result =
          ObjectSessionStore.untried(late, SharedS3.BUCKET, prefix)
              .replace(session.next(Samples.NOW));

      assertThat(result).isEqualTo(ReplaceResult.GONE);
    }
  }

  @Test
  @DisplayName("a server that nobody runs MUST be an outage")
  void refused() throws IOException {
    URI nobody;
    try (S3Server gone = S3Server.start()) {
      nobody = gone.endpoint();
    }
    try (S3Client lost = SharedS3.client(nobody, 1)) {
      ObjectSessionStore store = ObjectSessionStore.untried(lost, "bucket", prefix);

      assertThatThrownBy(() -> store.find(session.key()))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("FIND on bucket bucket at 127.0.0.1:" + nobody.getPort());
    }
  }

  @Test
  @DisplayName("a 404 to a delete that is not S3's MUST NOT be taken for an ending")
  void deleteAtAProxy() {
    store.create(session);
    server().answerNext("DELETE", 404, "");

    assertSays(catchThrowable(() -> store.delete(session.key())), "404", "endpoint");

    assertThat(store.find(session.key())).contains(session);
  }

  @Test
  @DisplayName("an object without an entity tag MUST NOT be written over without a condition")
  void noEntityTag() {
    store.create(session);
    ExecutionInterceptor taking =
        new ExecutionInterceptor() {
          @Override
          public SdkHttpResponse modifyHttpResponse(
              Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
            return context.httpResponse().toBuilder().removeHeader("ETag").build();
          }
        };
    try (S3Client behindAProxy = SharedS3.client(server().endpoint(), 1, taking)) {
      ObjectSessionStore store = ObjectSessionStore.untried(behindAProxy, SharedS3.BUCKET, prefix);
      long writes = server().requests().puts();

      assertSays(catchThrowable(() -> store.replace(session.next(Samples.NOW))), "entity tag");
      assertSays(
          catchThrowable(() -> store.touch(session.key(), Samples.NOW.plusSeconds(1))),
          "entity tag");

      assertThat(server().requests().puts()).isEqualTo(writes);
      assertThat(store.find(session.key())).contains(session);
      assertThat(
              ObjectDoctor.examine(
                      behindAProxy,
                      SharedS3.BUCKET,
                      ObjectDoctor.Scope.standard().withPrefix(prefix).withRounds(2))
                  .has(ObjectFinding.Code.WRITES_REFUSED))
          .isTrue();
    }
  }

  @Test
  @DisplayName("a client that was closed MUST be an outage that says so, on every verb")
  void closedClient() {
    S3Client closed = SharedS3.client();
    ObjectSessionStore store = ObjectSessionStore.untried(closed, SharedS3.BUCKET, prefix);
    store.create(session);
    closed.close();

    List<ThrowingCallable> verbs =
        List.of(
            () -> store.find(session.key()),
            () -> store.create(Samples.session()),
            () -> store.replace(session.next(Samples.NOW)),
            () -> store.touch(session.key(), Samples.NOW.plusSeconds(1)),
            () -> store.delete(session.key()));
    for (ThrowingCallable verb : verbs) {
      assertSays(catchThrowable(verb), "could not be sent", "closed");
    }
  }

  @Test
  @DisplayName("a message MUST name an endpoint as it was given, without a port if it has none")
  void endpoint() {
    try (S3Client far = SharedS3.client(URI.create("https://objects.example"), 1)) {
      assertThat(new S3Api(far, "bucket").endpoint()).isEqualTo("bucket bucket at objects.example");
    }
  }

  @Test
  @DisplayName("a client without credentials MUST be an outage that says so")
  void noCredentials() {
    try (S3Client anonymous =
        S3Client.builder()
            .endpointOverride(server().endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                () -> {
                  throw SdkClientException.create("none");
                })
            .build()) {
      ObjectSessionStore store = ObjectSessionStore.untried(anonymous, SharedS3.BUCKET, prefix);

      assertSays(
          catchThrowable(() -> store.find(session.key())), "could not be sent", "credentials");
    }
  }

  @Test
  @DisplayName("a server that answers late MUST be an outage by the deadline, on every verb")
  void slow() {
    store.create(session);
    server().delay(Duration.ofSeconds(5));

    assertUnavailableInTime(() -> store.find(session.key()));
    assertUnavailableInTime(() -> store.create(Samples.session()));
    assertUnavailableInTime(() -> store.replace(session.next(Samples.NOW)));
    assertUnavailableInTime(() -> store.touch(session.key(), Samples.NOW.plusSeconds(1)));
    assertUnavailableInTime(() -> store.delete(session.key()));
  }

  @Test
  @DisplayName("a network that swallows everything MUST be an outage by the deadline")
  void blackhole() {
    try (TcpProxy proxy = TcpProxy.to("127.0.0.1", server().endpoint().getPort());
        S3Client through = SharedS3.client(URI.create("http://127.0.0.1:" + proxy.port()), 3)) {
      ObjectSessionStore patient = ObjectSessionStore.untried(through, SharedS3.BUCKET, prefix);
      patient.find(session.key());
      ObjectSessionStore store = patient.withDeadline(DEADLINE);
      proxy.blackhole();

      assertUnavailableInTime(() -> store.find(session.key()));
      assertUnavailableInTime(() -> store.create(session));
      proxy.heal();
      assertThat(store.find(session.key())).isEmpty();
    }
  }

  @Test
  @DisplayName("a server that drips its answer MUST be an outage by the deadline")
  void drips() throws IOException {
    AtomicBoolean stopped = new AtomicBoolean();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> drip(exchange, stopped));
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (S3Client dripping = SharedS3.client(uri, 1)) {
      ObjectSessionStore store =
          ObjectSessionStore.untried(dripping, "bucket", prefix).withDeadline(DEADLINE);

      assertUnavailableInTime(() -> store.find(session.key()));
    } finally {
      stopped.set(true);
      server.stop(0);
    }
  }

  @ParameterizedTest(
      name = "an interrupt MUST be an outage, and the flag be set: reply after {0} ms")
  @ValueSource(ints = {200, 20_000})
  void interrupted(int replyAfter) throws InterruptedException {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    server().delay(Duration.ofMillis(replyAfter));
    long before = server().requests().total();
    Thread caller =
        new Thread(
            () -> {
              seen.set(catchThrowable(() -> store.find(session.key())));
              flag.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    await().until(() -> server().requests().total() > before);

    caller.interrupt();

    caller.join(DEADLINE.plus(SLACK).toMillis());
    assertThat(caller.isAlive()).isFalse();
    assertThat(seen.get()).isInstanceOf(StoreUnavailableException.class);
    assertThat(flag).isTrue();
  }

  @Test
  @DisplayName("a deadline that is over MUST NOT leave the flag set")
  void notInterrupted() {
    server().delay(Duration.ofSeconds(5));

    assertUnavailableInTime(() -> store.find(session.key()));

    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  @DisplayName("no message and no cause of one MUST hold a secret or words of the server")
  void nothingSecret() {
    server().answerNext("GET", 403, "InvalidAccessKeyId");
    StringWriter told = new StringWriter();
    Throwable outage = catchThrowable(() -> store.find(session.key()));

    outage.printStackTrace(new PrintWriter(told));

    assertThat(told.toString())
        .contains("403 InvalidAccessKeyId")
        .doesNotContain(SharedS3.SECRET)
        .doesNotContain("a fault that was asked for");
  }

  @Test
  @DisplayName("a deadline that makes no sense MUST be refused")
  void bounds() {
    for (Duration deadline : List.of(Duration.ofMillis(49), Duration.ofMinutes(11))) {
      assertThatThrownBy(() -> store.withDeadline(deadline))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void drip(HttpExchange exchange, AtomicBoolean stopped) throws IOException {
    exchange.getResponseHeaders().set("ETag", "\"1\"");
    exchange.sendResponseHeaders(200, 1_000_000);
    try (OutputStream out = exchange.getResponseBody()) {
      while (!stopped.get()) {
        out.write(1);
        out.flush();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  private static S3Server server() {
    return SharedS3.server();
  }

  private static void assertSays(Throwable outage, String... parts) {
    assertThat(outage)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining("Answer 503, not 401");
  }

  private static void assertUnavailableInTime(ThrowingCallable verb) {
    long begun = System.nanoTime();
    assertThatThrownBy(verb).isInstanceOf(StoreUnavailableException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(DEADLINE.plus(SLACK));
  }
}
