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
import dev.statewise.session.Grant;
import dev.statewise.session.SaveResult.Saved;
import dev.statewise.session.Validation.Accepted;
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
    Credential client = sessions.open("alice", Map.of("cart", "1")).grantOrThrow().credential();
    Accepted request = sessions.validate(client).acceptedOrThrow();
    client = request.renewal().map(Grant::credential).orElse(client);
    Saved saved = sessions.save(request.session().with("cart", "2")).savedOrThrow();
    client = saved.renewal().map(Grant::credential).orElse(client);

    Saved rotated = sessions.rotate(saved.session()).savedOrThrow();
    Credential old = client;
    client = rotated.renewal().map(Grant::credential).orElse(client);
    String cart = rotated.session().attribute("cart").orElse("?");
    System.out.printf("%-7s cart %s, HTTP %d%n", strategy, cart, status(sessions, client));
    System.out.printf(
        "%-7s with the credential before the rotation: %d%n", "", status(sessions, old));
    System.out.printf("%-7s logout: %s%n", "", sessions.end(client));
    System.out.printf("%-7s after the logout: %d%n", "", status(sessions, client));
  }

  private static int status(Sessions sessions, Credential presented) {
    return sessions.validate(presented).fold(accepted -> 200, rejected -> 401, unavailable -> 503);
  }
}
