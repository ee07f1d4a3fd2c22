package dev.statewise.jwt.guide;

import dev.statewise.HybridSessions;
import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.StatelessSessions;
import dev.statewise.jwt.Algorithm;
import dev.statewise.jwt.ExternalIssuer;
import dev.statewise.jwt.ExternalSessions;
import dev.statewise.jwt.IssuerKeys;
import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.LiveKeyRing;
import dev.statewise.jwt.RemoteKeySet;
import dev.statewise.jwt.SessionShape;
import dev.statewise.jwt.SigningKey;
import dev.statewise.jwt.TokenBudget;
import dev.statewise.memory.InMemoryRevocationList;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Validation;
import dev.statewise.spi.RevocationList;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What the guide shows. {@link TokensGuideTest} runs it. */
final class Snippets {

  private Snippets() {}

  static SigningKey shared(Map<String, String> environment) {
    byte[] secret = Base64.getDecoder().decode(environment.get("SESSION_KEY"));
    SigningKey shared = SigningKey.hs256("2026-11", secret);
    return shared;
  }

  static SigningKey pair(File file, char[] password) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(file, password);
    PrivateKey priv = (PrivateKey) store.getKey("2026-11", password);
    SigningKey pair =
        SigningKey.es256(
            "2026-11", new KeyPair(store.getCertificate("2026-11").getPublicKey(), priv));
    return pair;
  }

  static List<KeyRing> restarts(
      SigningKey october, SigningKey november, Instant lastRestart, SessionPolicy policy) {
    KeyRing first = KeyRing.of(october).withNext(november);
    Instant retires = lastRestart.plus(policy.maxIdleTimeout()).plus(policy.clockSkew());
    KeyRing second = KeyRing.of(november).withRetiring(october.verifying(), retires);
    KeyRing third = KeyRing.of(november);
    return List.of(first, second, third);
  }

  record Running(LiveKeyRing keys, Sessions sessions, Runnable rotation) {}

  static Running running(
      SigningKey october,
      SigningKey november,
      SigningKey december,
      InstantSource clock,
      SessionPolicy policy) {
    LiveKeyRing keys = LiveKeyRing.of(KeyRing.of(october).withNext(november));
    JwtTokenService tokens = JwtTokenService.following(keys, "https://login.example", "shop");
    Sessions sessions = StatelessSessions.over(tokens, policy);
    Runnable rotation =
        () -> {
          Duration rollout = Duration.ofMinutes(10);
          keys.update(ring -> ring.rotated(clock.instant(), rollout, policy));
          keys.update(ring -> ring.withNext(december));
        };
    return new Running(keys, sessions, rotation);
  }

  static void stolen(LiveKeyRing keys) {
    keys.update(ring -> ring.without("2026-10"));
  }

  static String published(LiveKeyRing keys, InstantSource clock) {
    String body = keys.ring().jwks(clock.instant());
    return body;
  }

  static Sessions revocable(JwtTokenService tokens, SessionPolicy policy) {
    RevocationList list = InMemoryRevocationList.create();
    Sessions sessions = HybridSessions.over(tokens, list, policy);
    return sessions;
  }

  static int sized(JwtTokenService tokens, SessionPolicy policy) {
    JwtTokenService fitted = tokens.withBudget(TokenBudget.cookie("__Host-id"));
    SessionShape shape = SessionShape.of(policy).withSubject(36).withAttribute("cart", 200);
    int largest = fitted.maxBytes(shape);
    return largest;
  }

  static Ending everywhere(Sessions sessions) {
    Ending ending = sessions.endAll("alice");
    return ending;
  }

  static RemoteKeySet remote() {
    RemoteKeySet keys =
        RemoteKeySet.at(
                URI.create("https://login.example/realms/shop/protocol/openid-connect/certs"),
                Algorithm.RS256)
            .open();
    return keys;
  }

  static ExternalSessions external(IssuerKeys keys, RevocationList list) {
    ExternalIssuer login =
        ExternalIssuer.builder("https://login.example/realms/shop", "shop-api", keys)
            .attributes(
                claims ->
                    Map.of(
                        "roles",
                        String.join(
                            " ",
                            claims
                                .object("realm_access")
                                .map(access -> access.texts("roles"))
                                .orElse(List.of()))))
            .build();
    ExternalSessions sessions = ExternalSessions.of(login).withRefusals(list);
    return sessions;
  }

  static Validation accept(ExternalSessions sessions, String bearerToken) {
    Validation validation = sessions.validate(Credential.of(bearerToken));
    return validation;
  }
}
