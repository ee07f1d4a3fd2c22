package dev.statewise.redis.guide;

import dev.statewise.HybridSessions;
import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.StatefulSessions;
import dev.statewise.redis.Examination;
import dev.statewise.redis.NearCachedSessionStore;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisDoctor;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.TokenService;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;

/** What the guide shows, so that it compiles. Nothing of it is run. */
final class Snippets {

  private Snippets() {}

  static List<AutoCloseable> where() {
    RedisConnection connection = RedisConnection.to(URI.create("redis://cache:6379"));
    SessionStore store = RedisSessionStore.connect(connection);
    RevocationList refusals = RedisRevocationList.connect(connection);
    return List.of(store, refusals);
  }

  static StatefulSessions nearCache() {
    RedisSessionStore redis =
        RedisSessionStore.connect(RedisConnection.to(URI.create("redis://10.0.0.7")));
    NearCachedSessionStore near =
        NearCachedSessionStore.over(redis)
            .withStaleness(Duration.ofSeconds(5))
            .withMaxEntries(10_000);
    StatefulSessions sessions = StatefulSessions.over(near, SessionPolicy.defaults());
    return sessions;
  }

  static Sessions refusals(URI uri, SessionPolicy policy, TokenService tokens) {
    RevocationList list =
        RedisRevocationList.replicated(RedisConnection.to(uri), Duration.ofSeconds(1))
            .withClockSkew(policy.clockSkew())
            .withAcknowledgementOf(1, Duration.ofMillis(100)); // if there is a replica
    Sessions sessions = HybridSessions.over(tokens, list, policy); // tokens: see JwtTokenService
    return sessions;
  }

  static void doctor(URI uri, Logger log) {
    Examination examination = RedisDoctor.examine(RedisConnection.to(uri));
    if (examination.breaksPromise()) {
      log.error("{}", examination);
    }
  }
}
