package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.SessionListener;
import dev.statewise.embedded.RedisServer;
import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.Redemption;
import dev.statewise.jwt.RefreshGrant;
import dev.statewise.jwt.RefreshKeys;
import dev.statewise.jwt.RefreshOpening;
import dev.statewise.jwt.RefreshPolicy;
import dev.statewise.jwt.RefreshTokens;
import dev.statewise.jwt.SigningKey;
import dev.statewise.session.Credential;
import dev.statewise.session.Rejection;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClient;

/** Every refresh token, access token and key is remembered and sought in the logs and in Redis. */
class RefreshSecretsTest {

  private static final Logger LOG = LoggerFactory.getLogger("a caller that logs all it gets");
  private static final int HALF = 24;
  private static final Duration LONGER_THAN_THE_GRACE = Duration.ofMinutes(2);

  private final Secrets secrets = new Secrets();
  private final HandClock clock = new HandClock();
  private final byte[] key = new byte[32];
  private CapturedLog log;

  @BeforeEach
  void capture() {
    new SecureRandom().nextBytes(key);
    secrets.remember(key);
    log = CapturedLog.open();
  }

  @AfterEach
  void release() {
    log.close();
  }

  @Test
  @DisplayName("the life of a family, its reuse and its outages MUST leave no secret anywhere")
  void life() {
    String stored;
    try (RedisServer server = SharedRedis.ownServer()) {
      RedisConnection connection = SharedRedis.patient(server.uri());
      RedisConnection hasty = connection.withSocketTimeout(Duration.ofMillis(100));
      try (RedisClient admin = RedisClient.create(server.uri());
          RedisSessionStore store = RedisSessionStore.connect(connection);
          RedisRevocationList list = RedisRevocationList.connect(connection).withClock(clock);
          RedisSessionStore hastyStore = RedisSessionStore.connect(hasty)) {
        RefreshTokens refresh = refresh(store, list);
        RefreshGrant kept = opened(refresh);
        for (int i = 0; i < 20; i++) {
          live(refresh);
        }
        stored = contents(admin);
        server.pause();
        RefreshTokens cutOff = refresh(hastyStore, list);
        seen(cutOff.redeem(kept.refresh(), (subject, session) -> Map.of()));
        LOG.info("{}", cutOff.end(kept.refresh()));
      }
    }

    assertThat(secrets.count()).as("secrets that were issued").isGreaterThan(100);
    assertThat(log.text())
        .as("the log must be one")
        .contains("Redeemed[", "Reused[", "was presented after it was replaced", "gave no answer");
    assertThat(stored).as("what Redis holds must be there").contains("rotated", "before");
    assertThat(secrets.foundIn(log.text())).isEmpty();
    assertThat(secrets.foundIn(stored)).isEmpty();
  }

  private void live(RefreshTokens refresh) {
    RefreshGrant first = opened(refresh);
    Credential second = redeemed(refresh, first.refresh());
    redeemed(refresh, first.refresh());
    Credential third = redeemed(refresh, second);
    redeemed(refresh, third);
    clock.advance(LONGER_THAN_THE_GRACE);
    seen(refresh.redeem(first.refresh(), (subject, session) -> Map.of()));
    seen(refresh.redeem(third, (subject, session) -> Map.of()));
    seen(refresh.redeem(first.access().credential(), (subject, session) -> Map.of()));
    redeemed(refresh, opened(refresh).refresh());
    LOG.info("{} {}", refresh.end(opened(refresh).refresh()), first);
  }

  private RefreshTokens refresh(RedisSessionStore store, RedisRevocationList list) {
    RefreshKeys keys = RefreshKeys.of("k1", key);
    SigningKey signing = SigningKey.generateHs256("k1");
    LOG.info("{} {}", keys, signing);
    return RefreshTokens.over(
            store.withKeyPrefix("refresh:"),
            JwtTokenService.of(KeyRing.of(signing), "issuer", "audience"),
            list,
            keys,
            RefreshPolicy.defaults())
        .withClock(clock)
        .withListener(
            new SessionListener() {
              @Override
              public void rejected(Rejection reason) {
                throw new IllegalStateException("a listener that throws");
              }
            });
  }

  private RefreshGrant opened(RefreshTokens refresh) {
    RefreshOpening opening = refresh.open("alice", Map.of());
    LOG.info("{}", opening);
    return remembered(((RefreshOpening.Opened) opening).grant());
  }

  private Credential redeemed(RefreshTokens refresh, Credential token) {
    Redemption redemption = refresh.redeem(token, (subject, session) -> Map.of());
    seen(redemption);
    return remembered(((Redemption.Redeemed) redemption).grant()).refresh();
  }

  private static void seen(Redemption redemption) {
    LOG.info("{}", redemption);
    if (redemption instanceof Redemption.Unavailable unavailable) {
      LOG.warn("unavailable", unavailable.cause());
    }
  }

  private RefreshGrant remembered(RefreshGrant grant) {
    String refresh = grant.refresh().value();
    secrets.remember(grant.refresh());
    secrets.remember(refresh.substring(refresh.length() - HALF));
    secrets.remember(grant.access().credential());
    return grant;
  }

  /** All strings, which is what sessions are. */
  private static String contents(RedisClient admin) {
    return admin.keys("refresh:*:s:*").stream()
        .map(key -> admin.get(key.getBytes(StandardCharsets.UTF_8)))
        .map(value -> new String(value, StandardCharsets.ISO_8859_1))
        .collect(Collectors.joining("\n"));
  }
}
