package dev.statewise.examples.quickstart;

import dev.statewise.HybridSessions;
import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.StatefulSessions;
import dev.statewise.StatelessSessions;
import dev.statewise.embedded.RedisServer;
import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.SigningKey;
import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.Credential;
import dev.statewise.session.SaveResult.Saved;
import dev.statewise.session.Session;
import java.net.URI;
import java.util.Map;

/** The same visit on four strategies; what differs is how {@link Sessions} is constructed. */
public final class Quickstart {

  private Quickstart() {}

  public static void main(String[] args) {
    try (RedisServer redis = RedisServer.start()) {
      visit("memory", memory());
      visit("redis", redis(redis.uri()));
      visit("jwt", jwt());
      visit("hybrid", hybrid(redis.uri()));
    }
  }

  static Sessions memory() {
    CaffeineSessionStore store = CaffeineSessionStore.create();
    return StatefulSessions.over(store, SessionPolicy.defaults());
  }

  static Sessions redis(URI uri) {
    RedisSessionStore store = RedisSessionStore.connect(uri);
    return StatefulSessions.over(store, SessionPolicy.defaults());
  }

  static Sessions jwt() {
    KeyRing keys = KeyRing.of(SigningKey.generateHs256("2026-11"));
    return StatelessSessions.over(
        JwtTokenService.of(keys, "https://shop.example", "shop"), SessionPolicy.defaults());
  }

  static Sessions hybrid(URI uri) {
    KeyRing keys = KeyRing.of(SigningKey.generateEd25519("2026-11"));
    return HybridSessions.over(
        JwtTokenService.of(keys, "https://shop.example", "shop"),
        RedisRevocationList.connect(uri),
        SessionPolicy.defaults());
  }

  private static void visit(String strategy, Sessions sessions) {
    Credential sent = sessions.open("alice", Map.of("cart", "1")).grantOrThrow().credential();
    Session session = sessions.validate(sent).accepted().orElseThrow();
    Saved saved = sessions.save(session.with("cart", "2")).savedOrThrow();
    Saved rotated = sessions.rotate(saved.session()).savedOrThrow();
    Credential current = rotated.renewal().orElseThrow().credential();

    System.out.printf("%-7s cart %s%n", strategy, rotated.session().attribute("cart").orElse("?"));
    System.out.printf("%-7s old credential: %s%n", "", sessions.validate(sent));
    System.out.printf("%-7s logout:         %s%n", "", sessions.end(current));
    System.out.printf("%-7s afterwards:     %s%n", "", sessions.validate(current));
  }
}
