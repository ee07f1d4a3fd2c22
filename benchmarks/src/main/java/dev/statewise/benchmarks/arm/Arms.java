package dev.statewise.benchmarks.arm;

import dev.statewise.HybridSessions;
import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.StatelessSessions;
import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.SigningKey;
import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.redis.NearCachedSessionStore;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.TokenService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.RedisClient;

/** The arms, in the order that tables list them. */
public final class Arms {

  /** The bare MAC over the bytes of the same tokens. */
  public static final String FLOOR_MAC = "floor-mac";

  /** A plain cache lookup of the same sessions. */
  public static final String FLOOR_CAFFEINE_GET = "floor-caffeine-get";

  /** A plain {@code GET} of the same keys. */
  public static final String FLOOR_JEDIS_GET = "floor-jedis-get";

  /** The duplicate of {@link #DUPLICATED}. */
  public static final String AA = "aa";

  /** The arm that is run twice, to see what a difference of nothing looks like. */
  public static final String DUPLICATED = "jwt-hs256";

  private static final String ISSUER = "example.org";
  private static final String AUDIENCE = "web";

  private Arms() {}

  /** Every strategy. */
  public static List<Arm> all() {
    return List.of(
        Arm.inProcess("memory", FLOOR_CAFFEINE_GET, Arms::memory),
        new Arm("redis", true, Optional.of(FLOOR_JEDIS_GET), Optional.empty(), Arms::redis),
        new Arm(
            "redis-touch-always",
            true,
            Optional.empty(),
            Optional.of("redis"),
            Arms::touchingAlways),
        new Arm("redis-near", true, Optional.of(FLOOR_CAFFEINE_GET), Optional.empty(), Arms::near),
        Arm.inProcess("jwt-hs256", FLOOR_MAC, wiring -> stateless(Key.HS256, wiring)),
        token("jwt-rs256", Key.RS256),
        token("jwt-es256", Key.ES256),
        token("jwt-ed25519", Key.ED25519),
        new Arm("hybrid", true, Optional.empty(), Optional.of("jwt-hs256"), Arms::hybrid),
        new Arm(
            "hybrid-local", true, Optional.empty(), Optional.of("jwt-hs256"), Arms::hybridLocal));
  }

  /** One key an algorithm and JVM: to generate one takes longer than many a measurement. */
  private enum Key {
    HS256,
    RS256,
    ES256,
    ED25519;

    private static final Map<Key, KeyRing> RINGS = new ConcurrentHashMap<>();

    TokenService tokens() {
      KeyRing ring = RINGS.computeIfAbsent(this, key -> KeyRing.of(key.generate("k1")));
      // Each token is verified: what a token seen before costs is another question.
      return JwtTokenService.of(ring, ISSUER, AUDIENCE).withVerifiedTokens(0);
    }

    private SigningKey generate(String id) {
      return switch (this) {
        case HS256 -> SigningKey.generateHs256(id);
        case RS256 -> SigningKey.generateRs256(id);
        case ES256 -> SigningKey.generateEs256(id);
        case ED25519 -> SigningKey.generateEd25519(id);
      };
    }
  }

  private static Arm token(String name, Key key) {
    return new Arm(
        name, false, Optional.empty(), Optional.empty(), wiring -> stateless(key, wiring));
  }

  private static BuiltArm memory(Wiring wiring) {
    CaffeineSessionStore store = CaffeineSessionStore.builder().clock(wiring.clock()).build();
    return new BuiltArm(
        StatefulSessions.over(store, wiring.policy()).withClock(wiring.clock()), store::close);
  }

  /** On a clock that never stands still every session was last seen some time ago. */
  private static BuiltArm touchingAlways(Wiring wiring) {
    SessionPolicy given = wiring.policy();
    SessionPolicy always =
        SessionPolicy.builder()
            .idleTimeout(given.idleTimeout())
            .absoluteLifetime(given.absoluteLifetime())
            .touchAfter(Duration.ZERO)
            .build();
    return redis(
        new Wiring(
            always,
            new MovingClock(wiring.clock()),
            wiring.redis(),
            wiring.keyPrefix(),
            wiring.staleness()));
  }

  private static BuiltArm redis(Wiring wiring) {
    RedisClient client = wiring.requireRedis().client();
    RedisSessionStore store = RedisSessionStore.over(client).withKeyPrefix(wiring.keyPrefix());
    return new BuiltArm(
        StatefulSessions.over(store, wiring.policy()).withClock(wiring.clock()), client::close);
  }

  /** What listens has connections of its own, straight to the server: it is no request's. */
  private static BuiltArm near(Wiring wiring) {
    RedisAddress redis = wiring.requireRedis();
    RedisClient client = redis.client();
    NearCachedSessionStore store =
        NearCachedSessionStore.over(
                RedisSessionStore.over(client).withKeyPrefix(wiring.keyPrefix()),
                RedisConnection.to(redis.uri()))
            .withStaleness(wiring.staleness())
            .withClock(wiring.clock());
    store.find(new SessionKey("AAAAAAAAAAAAAAA"));
    Listening.await(store::servesCopies);
    return new BuiltArm(
        StatefulSessions.over(store, wiring.policy()).withClock(wiring.clock()),
        () -> {
          store.close();
          client.close();
        });
  }

  private static BuiltArm stateless(Key key, Wiring wiring) {
    return new BuiltArm(
        StatelessSessions.over(key.tokens(), wiring.policy()).withClock(wiring.clock()),
        BuiltArm.Resources.NONE);
  }

  private static BuiltArm hybrid(Wiring wiring) {
    RedisClient client = wiring.requireRedis().client();
    RedisRevocationList list =
        RedisRevocationList.over(client)
            .withKeyPrefix(wiring.keyPrefix())
            .withClock(wiring.clock());
    return new BuiltArm(
        HybridSessions.over(Key.HS256.tokens(), list, wiring.policy()).withClock(wiring.clock()),
        client::close);
  }

  /** Follows the refusals from its first validation on. */
  private static BuiltArm hybridLocal(Wiring wiring) {
    RedisConnection connection = RedisConnection.to(wiring.requireRedis().uriVia());
    RedisRevocationList list =
        RedisRevocationList.replicated(connection, wiring.staleness())
            .withKeyPrefix(wiring.keyPrefix())
            .withClock(wiring.clock());
    return new BuiltArm(
        HybridSessions.over(Key.HS256.tokens(), list, wiring.policy()).withClock(wiring.clock()),
        list::close);
  }
}
