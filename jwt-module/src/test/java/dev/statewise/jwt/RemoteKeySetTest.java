package dev.statewise.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.spi.StoreUnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of a server that counts how often it is asked, on a clock of the test's. */
class RemoteKeySetTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Duration EVERY = Duration.ofMinutes(5);
  private static final Duration AT_MOST = Duration.ofSeconds(10);
  private static final Duration STALE = Duration.ofHours(1);
  private static final String OLD = Jwks.of(SigningKey.generateEs256("old"));
  private static final String NEXT = Jwks.of(SigningKey.generateEs256("next"));

  private final KeyServer server = new KeyServer(Jwks.set(OLD));
  private final RemoteKeySet keys = open(builder -> builder);

  private RemoteKeySet open(UnaryOperator<RemoteKeySet.Builder> settings) {
    return settings
        .apply(
            RemoteKeySet.at(server.address(), Algorithm.ES256)
                .refreshEvery(EVERY)
                .atMostEvery(AT_MOST)
                .staleFor(STALE)
                // Long enough for a machine that has other things to do.
                .fetchWithin(Duration.ofSeconds(20))
                .waitAtMost(Duration.ofSeconds(10)))
        .open();
  }

  @AfterEach
  void close() {
    keys.close();
    server.close();
  }

  @Test
  @DisplayName("keys MUST be fetched when the first token needs them, and then serve without I/O")
  void fetchedOnce() {
    assertThat(server.requests).hasValue(0);
    for (int i = 0; i < 1000; i++) {
      assertThat(keys.find("old", NOW.plusMillis(i))).isNotNull();
    }

    assertThat(server.requests).hasValue(1);
  }

  @Test
  @DisplayName("a flood of 10,000 unknown names MUST cause at most one fetch an interval")
  void flood() throws Exception {
    keys.find("old", NOW);

    for (int interval = 1; interval <= 3; interval++) {
      Instant now = NOW.plus(AT_MOST.multipliedBy(interval));
      int before = server.requests.get();
      AtomicInteger unknown = new AtomicInteger();
      together(
          8,
          thread -> {
            for (int i = 0; i < 1250; i++) {
              if (keys.find("junk-" + thread + "-" + i, now.plusMillis(i)) == null) {
                unknown.incrementAndGet();
              }
            }
          });

      assertThat(server.requests.get() - before).isEqualTo(1);
      assertThat(unknown).hasValue(10_000);
    }
  }

  @Test
  @DisplayName("a name that is new at the source MUST be found by the first token that says it")
  void newKey() {
    keys.find("old", NOW);
    server.body = Jwks.set(OLD, NEXT);

    assertThat(keys.find("next", NOW.plus(AT_MOST))).isNotNull();
    assertThat(server.requests).hasValue(2);
  }

  @Test
  @DisplayName("an unknown name right after a fetch MUST be unknown, and be asked for again later")
  void negative() {
    assertThat(keys.find("next", NOW)).isNull();
    server.body = Jwks.set(OLD, NEXT);

    assertThat(keys.find("next", NOW.plus(AT_MOST).minusMillis(1))).isNull();
    assertThat(server.requests).hasValue(1);
    assertThat(keys.find("next", NOW.plus(AT_MOST))).isNotNull();
  }

  @Test
  @DisplayName("a key that was removed MUST stop verifying at the next refresh")
  void removedKey() {
    keys.find("old", NOW);
    server.body = Jwks.set(NEXT);

    assertThat(keys.find("old", NOW.plus(EVERY).minusMillis(1))).isNotNull();
    assertThat(server.requests).hasValue(1);
    keys.find("old", NOW.plus(EVERY));
    eventually(() -> keys.find("next", NOW.plus(EVERY)) != null);

    assertThat(keys.find("old", NOW.plus(EVERY))).isNull();
    assertThat(server.requests).hasValue(2);
  }

  @Test
  @DisplayName("a key that was removed MUST NOT verify once more after a long quiet time")
  void removedKeyAfterQuiet() {
    keys.find("old", NOW);
    server.body = Jwks.set(NEXT);

    assertThat(keys.find("old", NOW.plus(EVERY.multipliedBy(2)))).isNull();
  }

  @Test
  @DisplayName("while the source is down keys MUST serve to their bound, and then be an outage")
  void stale() {
    keys.find("old", NOW);
    server.status = 500;

    for (Duration age = EVERY; age.compareTo(STALE) < 0; age = age.plus(EVERY)) {
      assertThat(keys.find("old", NOW.plus(age))).isNotNull();
    }
    assertThat(keys.find("old", NOW.plus(STALE).minusMillis(1))).isNotNull();
    assertThatThrownBy(() -> keys.find("old", NOW.plus(STALE)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(server.address().toString())
        .hasMessageContaining("503");

    server.status = 200;
    assertThat(keys.find("old", NOW.plus(STALE).plus(AT_MOST))).isNotNull();
  }

  @Test
  @DisplayName("while the source is down an unknown name MUST be an outage and not a refusal")
  void unknownWhileDown() {
    keys.find("old", NOW);
    server.status = 500;
    Instant now = NOW.plus(AT_MOST);

    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> keys.find("next", now))
          .isInstanceOf(StoreUnavailableException.class);
    }
    assertThat(server.requests).hasValue(2);
    assertThat(keys.find("old", now)).isNotNull();
  }

  @Test
  @DisplayName("keys that never came MUST be an outage, asked for once an interval")
  void neverCame() {
    server.body = "<html>maintenance</html>";

    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> keys.find("old", NOW)).isInstanceOf(StoreUnavailableException.class);
    }
    assertThat(server.requests).hasValue(1);
    server.body = Jwks.set(OLD);
    assertThat(keys.find("old", NOW.plus(AT_MOST))).isNotNull();
  }

  @Test
  @DisplayName("16 threads that need keys at once MUST cause one fetch, and all get them")
  void singleFlight() throws Exception {
    server.held = new CountDownLatch(1);
    AtomicInteger found = new AtomicInteger();
    ExecutorService releasing = Executors.newSingleThreadExecutor();
    try {
      Future<?> released =
          releasing.submit(
              () -> {
                eventually(() -> server.requests.get() == 1);
                server.held.countDown();
              });
      together(
          16,
          thread -> {
            if (keys.find("old", NOW) != null) {
              found.incrementAndGet();
            }
          });
      released.get(30, TimeUnit.SECONDS);
    } finally {
      releasing.shutdownNow();
    }

    assertThat(found).hasValue(16);
    assertThat(server.requests).hasValue(1);
  }

  @Test
  @DisplayName(
      "who may not wait MUST be told of an outage at once, and served once the keys are there")
  void noWaiting() {
    try (RemoteKeySet impatient = open(builder -> builder.waitAtMost(Duration.ZERO))) {
      server.held = new CountDownLatch(1);

      assertThatThrownBy(() -> impatient.find("old", NOW))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("are being fetched");
      assertThatThrownBy(() -> impatient.find("old", NOW.plus(AT_MOST.multipliedBy(3))))
          .isInstanceOf(StoreUnavailableException.class);
      server.held.countDown();

      eventually(() -> isFound(impatient));
      assertThat(server.requests).as("one at a time, however long it takes").hasValue(1);
    }
  }

  @Test
  @DisplayName("keys that are due MUST serve while a fetch hangs, without waiting for it")
  void servesWhileFetching() {
    keys.find("old", NOW);
    server.held = new CountDownLatch(1);

    for (int i = 0; i < 100; i++) {
      assertThat(keys.find("old", NOW.plus(EVERY))).isNotNull();
    }
    eventually(() -> server.requests.get() == 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308, 204, 206, 401, 404, 429, 500, 503})
  @DisplayName("any answer but 200 MUST be an outage, and a redirect MUST NOT be followed")
  void status(int status) {
    try (KeyServer other = new KeyServer(Jwks.set(OLD))) {
      server.status = status;
      server.location = other.address().toString();
      server.body = status == 204 ? "" : server.body;
      server.manner = KeyServer.Manner.WHOLE;

      assertThatThrownBy(() -> keys.find("old", NOW)).isInstanceOf(StoreUnavailableException.class);
      assertThat(other.requests).hasValue(0);
      assertThat(server.requests).hasValue(1);
    }
  }

  @Test
  @DisplayName("an answer beyond its bytes, or without an end, MUST be given up and be an outage")
  void tooLong() {
    try (RemoteKeySet small = open(builder -> builder.maxBytes(1024))) {
      server.body = Jwks.set(OLD) + " ".repeat(1024);
      assertThatThrownBy(() -> small.find("old", NOW))
          .isInstanceOf(StoreUnavailableException.class);

      server.manner = KeyServer.Manner.ENDLESS;
      assertThatThrownBy(() -> small.find("old", NOW.plus(AT_MOST)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasStackTraceContaining("more than 1024 bytes");
    }
  }

  @Test
  @DisplayName("an answer that does not end in its time MUST be given up, headers or not")
  void tooSlow() {
    Duration within = Duration.ofMillis(200);
    try (RemoteKeySet quick = open(builder -> builder.fetchWithin(within))) {
      server.manner = KeyServer.Manner.NEVER_DONE;
      assertThatThrownBy(() -> quick.find("old", NOW))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("could not be fetched");

      server.held = new CountDownLatch(1);
      assertThatThrownBy(() -> quick.find("old", NOW.plus(AT_MOST)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("could not be fetched");
    }
  }

  @Test
  @DisplayName("an answer that was given up MUST be hung up on, and not be read on for ever")
  void hangsUp() throws Exception {
    try (RemoteKeySet quick = open(builder -> builder.fetchWithin(Duration.ofMillis(200)))) {
      server.manner = KeyServer.Manner.DRIPPING;
      assertThatThrownBy(() -> quick.find("old", NOW))
          .isInstanceOf(StoreUnavailableException.class);

      assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  @DisplayName("a fetch that ends in an Error MUST be a failed one, after which the next begins")
  void errorOfAFetch() {
    AtomicBoolean noThreads = new AtomicBoolean(true);
    HttpClient client =
        HttpClient.newBuilder()
            .executor(
                task -> {
                  if (noThreads.get()) {
                    throw new OutOfMemoryError("unable to create native thread");
                  }
                  new Thread(task).start();
                })
            .build();
    try (RemoteKeySet own = open(builder -> builder.client(client))) {
      assertThatThrownBy(() -> own.find("old", NOW))
          .isInstanceOf(StoreUnavailableException.class)
          .hasStackTraceContaining("unable to create native thread");

      noThreads.set(false);
      assertThat(own.find("old", NOW.plus(AT_MOST))).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"keys\":[]}", "other algorithms"})
  @DisplayName("a set without a usable key MUST NOT take the place of good keys")
  void nothingUsable(String body) {
    keys.find("old", NOW);
    server.body =
        body.startsWith("{") ? body : Jwks.set(Jwks.of(SigningKey.generateEd25519("other")));
    Instant later = NOW.plus(EVERY.multipliedBy(2));

    assertThat(keys.find("old", later)).isNotNull();
    assertThat(server.requests).hasValue(2);
    assertThatThrownBy(() -> keys.find("next", later))
        .isInstanceOf(StoreUnavailableException.class)
        .hasStackTraceContaining("has no key for [ES256]");
    assertThatThrownBy(() -> keys.find("old", NOW.plus(STALE)))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @DisplayName("once a fetch failed, a known key MUST serve without waiting for those that hang")
  void knownKeyWaitsForNoFailingSource() {
    keys.find("old", NOW);
    server.status = 500;
    Instant old = NOW.plus(EVERY.multipliedBy(2));
    assertThat(keys.find("old", old)).isNotNull();
    server.held = new CountDownLatch(1);

    long began = System.nanoTime();
    assertThat(keys.find("old", old.plus(AT_MOST))).isNotNull();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    eventually(() -> server.requests.get() == 3);
  }

  @Test
  @DisplayName("a failure of long ago MUST NOT let a key that was removed verify once more")
  void failureOfLongAgo() {
    keys.find("old", NOW);
    server.status = 500;
    Instant once = NOW.plus(EVERY);
    keys.find("old", once);
    eventually(() -> isOutage("next", once));
    server.status = 200;
    server.body = Jwks.set(NEXT);

    assertThat(keys.find("old", once.plus(EVERY))).isNull();
  }

  @Test
  @DisplayName("a fetch that hangs MUST hold up known keys once, not each request of them")
  void knownKeyWaitsOnce() {
    try (RemoteKeySet impatient = open(builder -> builder.waitAtMost(Duration.ofMillis(500)))) {
      eventually(() -> isFound(impatient));
      server.held = new CountDownLatch(1);
      Instant old = NOW.plus(EVERY.multipliedBy(2));

      long began = System.nanoTime();
      for (int i = 0; i < 40; i++) {
        assertThat(impatient.find("old", old)).isNotNull();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("40 × 500 ms would be 20 s")
          .isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  @DisplayName("no more than 16 threads MUST wait for unknown names; the rest is an outage at once")
  void fewWait() throws Exception {
    keys.find("old", NOW);
    server.held = new CountDownLatch(1);
    AtomicInteger outages = new AtomicInteger();
    AtomicInteger unknown = new AtomicInteger();
    Instant now = NOW.plus(AT_MOST);

    together(
        40,
        thread -> {
          try {
            if (keys.find("junk-" + thread, now) == null) {
              unknown.incrementAndGet();
            }
          } catch (StoreUnavailableException e) {
            if (outages.incrementAndGet() == 24) {
              server.held.countDown();
            }
          }
        });

    assertThat(outages).hasValue(24);
    assertThat(unknown).hasValue(16);
    assertThat(server.requests).hasValue(2);
  }

  @Test
  @DisplayName("a private key at the source MUST be left out, and the others serve")
  void privateKey() {
    server.body = Jwks.set(OLD, NEXT.replace("\"kid\"", "\"d\":\"AAAA\",\"kid\""));

    assertThat(keys.find("old", NOW)).isNotNull();
    assertThat(keys.find("next", NOW)).isNull();
  }

  @Test
  @DisplayName("a clock that is set back MUST NOT stop the refreshing")
  void clockSetBack() {
    keys.find("old", NOW);
    server.body = Jwks.set(NEXT);

    assertThat(keys.find("old", NOW.minus(Duration.ofDays(1)))).isNull();
  }

  @Test
  @DisplayName("a closed set MUST verify nothing, and give its threads back")
  void closes() throws Exception {
    keys.find("old", NOW);
    List<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("statewise-keys"))
            .toList();
    assertThat(threads).isNotEmpty();

    keys.close();
    keys.close();

    assertThatThrownBy(() -> keys.find("old", NOW))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("closed");
    for (Thread thread : threads) {
      thread.join(30_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  @DisplayName("a client that is handed in MUST be used, and MUST NOT follow redirects")
  void ownClient() {
    HttpClient client = HttpClient.newHttpClient();
    try (RemoteKeySet own = open(builder -> builder.client(client))) {
      assertThat(own.find("old", NOW)).isNotNull();
    }
    HttpClient follows =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    assertThatThrownBy(() -> open(builder -> builder.client(follows)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Redirect.NEVER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://login.example/keys",
        "http://127.0.0.1.evil.example/keys",
        "http://localhost.evil.example/keys",
        "ftp://login.example/keys",
        "file:///etc/keys",
        "https:/keys",
        "https:keys",
        "/keys",
        "https://user:secret@login.example/keys",
        "https://login.example/keys#a"
      })
  @DisplayName("an address whose keys could not be trusted MUST be refused, and not quoted")
  void addresses(String address) {
    assertThatThrownBy(() -> RemoteKeySet.at(URI.create(address), Algorithm.ES256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://host/")
        .message()
        .doesNotContain("secret");
  }

  @Test
  @DisplayName("settings MUST be within their bounds")
  void bounds() {
    List<UnaryOperator<RemoteKeySet.Builder>> wrong =
        List.of(
            builder -> builder.refreshEvery(Duration.ofMillis(999)),
            builder -> builder.refreshEvery(Duration.ofHours(25)),
            builder -> builder.atMostEvery(EVERY.plusMillis(1)),
            builder -> builder.atMostEvery(Duration.ZERO),
            builder -> builder.staleFor(EVERY.multipliedBy(2).minusMillis(1)),
            builder -> builder.fetchWithin(Duration.ofMillis(9)),
            builder -> builder.waitAtMost(Duration.ofMillis(-1)),
            builder -> builder.waitAtMost(Duration.ofSeconds(11)),
            builder -> builder.maxBytes(1023),
            builder -> builder.maxBytes((1 << 20) + 1));
    for (UnaryOperator<RemoteKeySet.Builder> one : wrong) {
      assertThatThrownBy(() -> open(one))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not from");
    }
    assertThatThrownBy(() -> RemoteKeySet.at(server.address(), Algorithm.HS256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HMAC");
  }

  private boolean isOutage(String kid, Instant now) {
    try {
      keys.find(kid, now);
      return false;
    } catch (StoreUnavailableException e) {
      return String.valueOf(e.getMessage()).contains("could not be fetched");
    }
  }

  private static boolean isFound(RemoteKeySet keys) {
    try {
      return keys.find("old", NOW) != null;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  private interface Numbered {
    void run(int thread);
  }

  private static void together(int threads, Numbered work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        all.add(
            () -> {
              work.run(thread);
              return null;
            });
      }
      for (Future<Void> done : pool.invokeAll(all)) {
        done.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static void eventually(BooleanSupplier holds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it took longer than 30 s").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
