package dev.statewise.benchmarks.arm;

import dev.statewise.HybridSessions;
import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.StatelessSessions;
import dev.statewise.jwt.JwtTokenService;
import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.redis.NearCachedSessionStore;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.SessionKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;

/** The arms, in the order that tables list them. */
public final class Arms {

  /** A plain cache lookup of the same sessions. */
  public static final String FLOOR_CAFFEINE_GET = "floor-caffeine-get";

  /** A plain {@code GET} of the same keys. */
  public static final String FLOOR_JEDIS_GET = "floor-jedis-get";

  /** The duplicate of {@link #DUPLICATED}. */
  public static final String AA = "aa";

  /** The arm that is run twice, to see what a difference of nothing looks like. */
  public static final String DUPLICATED = "jwt-hs256";

  private static final String LOCAL = "hybrid-local";
  private static final Set<String> STORES =
      Set.of("memory", "redis", "jdbc-h2", "jdbc-postgres", "object-s3");
  private static final int REMEMBER = JwtTokenService.VERIFIED_TOKENS;

  /** What a token costs that was seen before is another question. */
  private static final int VERIFY_ANEW = 0;

  private static final Optional<Server> NOBODY = Optional.empty();
  private static final Optional<Server> REDIS = Optional.of(Server.REDIS);

  private Arms() {}

  /** Every strategy. */
  public static List<Arm> all() {
    return List.of(
        new Arm("memory", NOBODY, Optional.of(FLOOR_CAFFEINE_GET), Optional.empty(), Arms::memory),
        new Arm("redis", REDIS, Optional.of(FLOOR_JEDIS_GET), Optional.empty(), Arms::redis),
        new Arm(
            "redis-touch-always",
            REDIS,
            Optional.empty(),
            Optional.of("redis"),
            Arms::touchingAlways),
        new Arm("redis-near", REDIS, Optional.of(FLOOR_CAFFEINE_GET), Optional.empty(), Arms::near),
        new Arm("jdbc-h2", NOBODY, Optional.empty(), Optional.empty(), Databases::h2),
        new Arm(
            "jdbc-postgres",
            Optional.of(Server.POSTGRES),
            Optional.empty(),
            Optional.empty(),
            Databases::postgres),
        new Arm(
            "object-s3",
            Optional.of(Server.S3),
            Optional.empty(),
            Optional.empty(),
            ObjectStorage::s3),
        token(TokenKey.HS256),
        token(TokenKey.RS256),
        token(TokenKey.ES256),
        token(TokenKey.ED25519),
        Arm.ofTokens("hybrid", REDIS, Optional.empty(), Optional.of(DUPLICATED), Arms::hybrid),
        Arm.ofTokens(
            LOCAL,
            REDIS,
            Optional.empty(),
            Optional.of(DUPLICATED),
            wiring -> hybridLocal(VERIFY_ANEW, wiring)));
  }

  /** Those of {@code arms} that are a store each, asked for every session and in their defaults. */
  public static List<Arm> stores(List<Arm> arms) {
    return arms.stream().filter(arm -> STORES.contains(arm.name())).toList();
  }

  /**
   * These arms, each followed by those that are shown its credentials in another manner: nothing
   * read of the answer, or verified tokens remembered and each shown for the first time, or again.
   */
  public static List<Arm> withVariants(List<Arm> arms) {
    return arms.stream().flatMap(arm -> Stream.concat(Stream.of(arm), variants(arm))).toList();
  }

  private static Stream<Arm> variants(Arm arm) {
    if (arm.name().equals(LOCAL)) {
      return Stream.of(
          variant(arm, Manner.SEEN, Optional.empty(), wiring -> hybridLocal(REMEMBER, wiring)));
    }
    return Stream.of(TokenKey.values())
        .filter(key -> arm.name().equals(name(key)))
        .flatMap(key -> variants(arm, key));
  }

  private static Stream<Arm> variants(Arm arm, TokenKey key) {
    return Stream.of(
        variant(arm, Manner.LAZY, arm.floor(), wiring -> stateless(key, VERIFY_ANEW, wiring)),
        variant(arm, Manner.FIRST, arm.floor(), wiring -> stateless(key, REMEMBER, wiring)),
        // Cheaper than its floor, which is the point of it.
        variant(arm, Manner.SEEN, Optional.empty(), wiring -> stateless(key, REMEMBER, wiring)));
  }

  private static Arm variant(
      Arm of, Manner manner, Optional<String> floor, Function<Wiring, BuiltArm> build) {
    return new Arm(
        of.name() + "-" + manner.name().toLowerCase(Locale.ROOT),
        of.needs(),
        floor,
        manner == Manner.FIRST ? Optional.of(of.name()) : Optional.empty(),
        Optional.of(of.name()),
        manner,
        build);
  }

  private static Arm token(TokenKey key) {
    return Arm.ofTokens(
        name(key),
        NOBODY,
        Optional.of(key.floor()),
        Optional.empty(),
        wiring -> stateless(key, VERIFY_ANEW, wiring));
  }

  private static String name(TokenKey key) {
    return "jwt-" + key;
  }

  private static BuiltArm memory(Wiring wiring) {
    CaffeineSessionStore.Builder builder = CaffeineSessionStore.builder().clock(wiring.clock());
    wiring.largestState().ifPresent(builder::maxStateBytes);
    CaffeineSessionStore store = builder.build();
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
    return redis(wiring.with(always, new MovingClock(wiring.clock())));
  }

  private static BuiltArm redis(Wiring wiring) {
    RedisClient client = wiring.servers().requireRedis().client();
    RedisSessionStore prefixed = RedisSessionStore.over(client).withKeyPrefix(wiring.keyPrefix());
    RedisSessionStore store =
        wiring.largestState().isPresent()
            ? prefixed.withMaxStateBytes(wiring.largestState().getAsInt())
            : prefixed;
    return new BuiltArm(
        StatefulSessions.over(store, wiring.policy()).withClock(wiring.clock()), client::close);
  }

  /** What listens has connections of its own, straight to the server: it is no request's. */
  private static BuiltArm near(Wiring wiring) {
    RedisAddress redis = wiring.servers().requireRedis();
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

  private static BuiltArm stateless(TokenKey key, int remembered, Wiring wiring) {
    return new BuiltArm(
        StatelessSessions.over(key.tokens(remembered), wiring.policy()).withClock(wiring.clock()),
        BuiltArm.Resources.NONE);
  }

  private static BuiltArm hybrid(Wiring wiring) {
    RedisClient client = wiring.servers().requireRedis().client();
    RedisRevocationList list =
        RedisRevocationList.over(client)
            .withKeyPrefix(wiring.keyPrefix())
            .withClock(wiring.clock());
    return new BuiltArm(
        HybridSessions.over(TokenKey.HS256.tokens(VERIFY_ANEW), list, wiring.policy())
            .withClock(wiring.clock()),
        client::close);
  }

  /** Follows the refusals from its first validation on. */
  private static BuiltArm hybridLocal(int remembered, Wiring wiring) {
    RedisConnection connection = RedisConnection.to(wiring.servers().requireRedis().uriVia());
    RedisRevocationList list =
        RedisRevocationList.replicated(connection, wiring.staleness())
            .withKeyPrefix(wiring.keyPrefix())
            .withClock(wiring.clock());
    return new BuiltArm(
        HybridSessions.over(TokenKey.HS256.tokens(remembered), list, wiring.policy())
            .withClock(wiring.clock()),
        list::close);
  }
}
