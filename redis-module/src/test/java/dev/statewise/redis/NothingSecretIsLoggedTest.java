package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.statewise.HybridSessions;
import dev.statewise.SessionListener;
import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.StatefulSessions;
import dev.statewise.StatelessSessions;
import dev.statewise.embedded.RedisServer;
import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.LiveKeyRing;
import dev.statewise.jwt.SigningKey;
import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.OpenResult;
import dev.statewise.session.Rejection;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import dev.statewise.spi.TokenService;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/**
 * Every credential, key and password of a run is remembered and then sought in all that was logged
 * at TRACE, printed, or would be printed by a caller that logs each result and each exception.
 */
class NothingSecretIsLoggedTest {

  private static final Logger LOG = LoggerFactory.getLogger("a caller that logs all it gets");
  private static final String ANN = "ann-whose-name-is-nobodys-business";
  private static final String NEW_FORMAT = "\u0007 and a newer node's bytes";

  private final Secrets secrets = new Secrets();
  private final HandClock clock = new HandClock();
  private CapturedLog log;

  @BeforeEach
  void capture() {
    log = CapturedLog.open();
  }

  @AfterEach
  void release() {
    log.close();
  }

  @Test
  @DisplayName("the life of a session, its refusals and its outages MUST leave no secret in a log")
  void frontDoor() {
    String password = random();
    secrets.remember(password);
    secrets.remember(ANN);
    try (RedisServer server = SharedRedis.ownServer()) {
      // Not on its command line: a JDK from 22 on logs the commands it starts.
      setPassword(server, password);
      URI uri = URI.create("redis://:" + password + "@127.0.0.1:" + server.port());
      RedisConnection connection = SharedRedis.patient(uri);
      RedisConnection hasty = connection.withSocketTimeout(Duration.ofMillis(100));
      LOG.info("{}", connection);
      try (RedisClient admin = RedisClient.create(uri);
          CaffeineSessionStore full = CaffeineSessionStore.builder().maxSessions(40).build();
          RedisSessionStore store = RedisSessionStore.connect(connection);
          RedisRevocationList list = RedisRevocationList.connect(connection).withClock(clock);
          RedisSessionStore hastyStore = RedisSessionStore.connect(hasty);
          RedisRevocationList hastyList = RedisRevocationList.connect(hasty).withClock(clock)) {
        Sessions memory = memory(full);
        Sessions redis = StatefulSessions.over(store, policy()).withClock(clock);
        TokenService hybridTokens = tokens();
        Sessions hybrid =
            HybridSessions.over(hybridTokens, list, policy())
                .withClock(clock)
                .withListener(new Throwing());
        List<Sessions> strategies =
            List.of(
                memory,
                StatefulSessions.over(store, policy())
                    .withClock(clock)
                    .withListener(new Throwing()),
                StatelessSessions.over(tokens(), policy()).withClock(clock),
                hybrid,
                HybridSessions.over(tokens(), list, policy()).withClock(clock).withReplayGuard());
        strategies.forEach(this::live);
        fill(memory);
        poison(admin, redis);
        poisonFloor(admin, hybrid);
        refuse(password, server);
        Grant ofRedis = opened(redis);
        Grant ofHybrid = opened(hybrid);
        List<Runnable> outages = List.of(server::pause, server::kill);
        for (Runnable outage : outages) {
          outage.run();
          askAll(StatefulSessions.over(hastyStore, policy()).withClock(clock), ofRedis);
          askAll(HybridSessions.over(hybridTokens, hastyList, policy()).withClock(clock), ofHybrid);
        }
      }
    }

    assertThat(secrets.count()).as("secrets that were issued").isGreaterThan(100);
    assertThat(log.text())
        .as("the log must be one")
        .contains("gave no answer within", "is not that session", "WRONGPASS", "DEBUG", "Opened[");
    assertThat(secrets.foundIn(log.text())).isEmpty();
  }

  @Test
  @DisplayName("the contract tests of every store, list and token MUST leave no secret in a log")
  void contractTests() {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();

    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(LoggedKits.ALL.stream().map(kit -> selectClass(kit)).toList())
                .build(),
            listener);

    TestExecutionSummary summary = listener.getSummary();
    assertThat(summary.getFailures()).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isGreaterThan(250);
    assertThat(LoggedKits.SECRETS.count()).isGreaterThan(200);
    assertThat(LoggedKits.SECRETS.foundIn(log.text())).isEmpty();
  }

  @Test
  @DisplayName("a secret that is logged, printed or quoted by an exception MUST be found")
  void theSearchCanFail() {
    for (int i = 0; i < 6; i++) {
      Secrets planted = new Secrets();
      String secret = random();
      planted.remember(Credential.of("AbCdEfGhIjKlMnO." + secret));
      assertThat(planted.foundIn(log.text())).isEmpty();

      switch (i) {
        case 0 -> LOG.trace("presented: {}", secret);
        case 1 -> LOG.debug("it broke", new IllegalStateException("cannot read " + secret));
        case 2 -> LOG.warn("it broke", new IllegalStateException(new Exception(secret)));
        case 3 -> System.out.println(secret);
        case 4 -> System.err.println("AbCdEfGhIjKlMnO." + secret);
        default -> java.util.logging.Logger.getLogger("old").finest(secret);
      }

      assertThat(planted.foundIn(log.text())).contains(secret);
    }
  }

  private static void setPassword(RedisServer server, String password) {
    try (RedisClient open = RedisClient.create(server.uri())) {
      open.configSet("requirepass", password);
    }
  }

  private void live(Sessions sessions) {
    Grant visitor = note(sessions.openAnonymous(Map.of("cart", ANN))).orElseThrow();
    Grant user = note(sessions.login(visitor.session(), ANN, Map.of("cart", ANN))).orElseThrow();
    Session read = seen(sessions.validate(user.credential())).orElseThrow();
    note(sessions.save(read.with("cart", ANN + 2)));
    note(sessions.save(read.with("cart", ANN + 3)));
    Session current = seen(sessions.validate(user.credential())).orElse(read);
    note(sessions.update(current, session -> session.with("more", ANN)));
    Session latest = seen(sessions.validate(user.credential())).orElse(current);
    Grant rotated = note(sessions.rotate(latest)).orElse(user);
    note(sessions.save(latest.with("large", "x".repeat(2_000_000))));
    for (Credential presented : tamperedWith(rotated.credential())) {
      seen(sessions.validate(presented));
      LOG.info("{}", sessions.end(presented));
    }
    Junk.plain().forEach(junk -> seen(sessions.validate(junk)));
    LOG.info("{} {}", sessions.list(ANN), sessions.guarantees());
    clock.advance(Duration.ofMinutes(29));
    seen(sessions.validate(rotated.credential()));
    clock.advance(Duration.ofHours(13));
    seen(sessions.validate(rotated.credential()));
    note(sessions.save(rotated.session()));
    LOG.info("{}", sessions.end(rotated.credential()));
    Grant another = opened(sessions);
    LOG.info("{}", sessions.end(another.session()));
    note(sessions.rotate(another.session()));
    LOG.info("{}", sessions.endAll(ANN));
  }

  private void fill(Sessions sessions) {
    for (int i = 0; i < 60; i++) {
      note(sessions.open(ANN, Map.of()));
    }
  }

  /** What others put under a session's key: nonsense, another's session, a newer node's. */
  private void poison(RedisClient admin, Sessions sessions) {
    KeySpace keys = KeySpace.DEFAULT;
    Grant grant = opened(sessions);
    byte[] key = keys.session(grant.session().key());
    SetParams hour = SetParams.setParams().ex(3600);
    admin.set(key, admin.get(keys.session(opened(sessions).session().key())), hour);
    askAll(sessions, grant);
    byte[] damaged = admin.get(keys.session(opened(sessions).session().key()));
    damaged[damaged.length - 1] = (byte) 0xFF;
    admin.set(key, damaged, hour);
    askAll(sessions, grant);
    admin.set(key, NEW_FORMAT.getBytes(StandardCharsets.UTF_8), hour);
    askAll(sessions, grant);
    admin.del(key);
    admin.lpush(key, damaged);
    askAll(sessions, grant);
  }

  private void poisonFloor(RedisClient admin, Sessions sessions) {
    Grant grant = opened(sessions);
    byte[] key = KeySpace.DEFAULT.sessionFloor(grant.session().key());
    for (String junk : List.of("", "\u0001", NEW_FORMAT)) {
      admin.set(key, junk.getBytes(StandardCharsets.UTF_8));
      askAll(sessions, grant);
    }
  }

  private void refuse(String password, RedisServer server) {
    String wrong = random();
    secrets.remember(wrong);
    URI uri = URI.create("redis://" + "ann:" + wrong + "@127.0.0.1:" + server.port());
    try (RedisSessionStore store = RedisSessionStore.connect(uri)) {
      askAll(StatefulSessions.over(store, policy()), opened(memory(CaffeineSessionStore.create())));
    }
    for (String bad : List.of("http://:%s@x", "redis://%s@x", "redis://:%s@x/y", "redis://:%s@_")) {
      URI refused = URI.create(bad.formatted(password));
      LOG.info("refused", catchThrowable(() -> RedisSessionStore.connect(refused)));
    }
  }

  private void askAll(Sessions sessions, Grant grant) {
    Session session = grant.session();
    seen(sessions.validate(grant.credential()));
    note(sessions.open(ANN, Map.of("cart", ANN)));
    note(sessions.login(session, ANN, Map.of()));
    note(sessions.save(session.with("cart", ANN)));
    note(sessions.update(session, read -> read.with("cart", ANN)));
    note(sessions.rotate(session));
    logged(() -> sessions.end(grant.credential()));
    logged(() -> sessions.endAll(ANN));
  }

  private Grant opened(Sessions sessions) {
    return note(sessions.open(ANN, Map.of("cart", ANN))).orElseThrow();
  }

  private Optional<Grant> note(OpenResult result) {
    if (result instanceof OpenResult.Opened opened) {
      secrets.remember(opened.grant().credential());
    }
    logged(() -> result);
    logged(result::grantOrThrow);
    return result instanceof OpenResult.Opened opened
        ? Optional.of(opened.grant())
        : Optional.empty();
  }

  private Optional<Grant> note(SaveResult result) {
    Optional<Grant> renewal =
        result instanceof SaveResult.Saved saved ? saved.renewal() : Optional.empty();
    renewal.ifPresent(grant -> secrets.remember(grant.credential()));
    logged(() -> result);
    logged(result::savedOrThrow);
    return renewal;
  }

  private Optional<Session> seen(Validation result) {
    if (result instanceof Validation.Accepted accepted) {
      accepted.renewal().ifPresent(grant -> secrets.remember(grant.credential()));
    }
    logged(() -> result);
    return result.accepted();
  }

  /** As a careless caller would: the text of the result, and the whole of what is thrown. */
  private static void logged(Supplier<? extends @Nullable Object> call) {
    try {
      Object result = call.get();
      LOG.info("{}", result);
      if (result instanceof Unavailable unavailable) {
        LOG.info("unavailable", unavailable.cause());
      }
    } catch (RuntimeException e) {
      LOG.info("thrown", e);
    }
  }

  private List<Credential> tamperedWith(Credential credential) {
    String value = credential.value();
    List<Credential> presented =
        List.of(
            Credential.of(value + "A"),
            Credential.of(value.substring(1)),
            Credential.of(value.substring(0, value.length() - 20) + random().substring(0, 20)),
            Credential.of(value.replace('.', ':')));
    presented.forEach(secrets::remember);
    return presented;
  }

  private Sessions memory(CaffeineSessionStore store) {
    return StatefulSessions.over(store, policy()).withClock(clock).withListener(new Throwing());
  }

  private TokenService tokens() {
    SigningKey key = key("k1");
    LiveKeyRing keys = LiveKeyRing.of(KeyRing.of(key));
    LOG.info("{} {} {}", key, key.verifying(), keys);
    JwtTokenService tokens = JwtTokenService.following(keys, "https://login.example", "shop");
    SigningKey next = key("k2");
    keys.update(ring -> ring.withNext(next));
    keys.update(ring -> ring.rotated(clock.instant(), Duration.ZERO, policy()));
    return new RecordingTokenService(tokens, secrets);
  }

  private SigningKey key(String kid) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    secrets.remember(secret);
    return SigningKey.hs256(kid, secret);
  }

  private static SessionPolicy policy() {
    return SessionPolicy.defaults();
  }

  private static String random() {
    byte[] bytes = new byte[18];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A listener that quotes all it is told. */
  private static final class Throwing implements SessionListener {
    @Override
    public void opened(Session session) {
      throw new IllegalStateException("opened " + session);
    }

    @Override
    public void rejected(Rejection reason) {
      throw new IllegalStateException("rejected " + reason);
    }

    @Override
    public void unavailable(String dependency, Throwable cause) {
      throw new IllegalStateException(dependency, cause);
    }
  }
}
