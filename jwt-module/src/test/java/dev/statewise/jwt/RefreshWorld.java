package dev.statewise.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.HybridSessions;
import dev.statewise.SessionListener;
import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.memory.InMemoryRevocationList;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.session.Validation;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Refresh tokens over real parts in this process, on a clock that is moved by hand. */
final class RefreshWorld {

  static final Instant START = Instant.parse("2026-01-01T00:00:00.250Z");
  static final RefreshPolicy POLICY = RefreshPolicy.defaults().withClockSkew(Duration.ZERO);
  static final byte[] OLD = bytes(1);
  static final byte[] NEXT = bytes(2);
  static final RefreshedState STATE = (subject, session) -> Map.of("role", "of " + subject);

  private volatile Instant now = START;

  final InstantSource clock = () -> now;
  final CaffeineSessionStore families = CaffeineSessionStore.builder().clock(clock).build();
  final InMemoryRevocationList list = InMemoryRevocationList.create(clock);
  final JwtTokenService tokens =
      JwtTokenService.of(KeyRing.of(SigningKey.generateHs256("k1")), "issuer", "audience");
  final List<String> told = new ArrayList<>();
  final RefreshTokens refresh = node(families, RefreshKeys.of("old", OLD), POLICY);
  final HybridSessions sessions =
      HybridSessions.over(tokens, list, POLICY.access()).withClock(clock);

  RefreshTokens node(SessionStore store, RefreshKeys keys, RefreshPolicy policy) {
    return node(store, list, keys, policy);
  }

  RefreshTokens node(
      SessionStore store, RevocationList list, RefreshKeys keys, RefreshPolicy policy) {
    return RefreshTokens.over(store, tokens, list, keys, policy)
        .withClock(clock)
        .withListener(new Told());
  }

  void advance(Duration by) {
    now = now.plus(by);
  }

  void set(Instant instant) {
    now = instant;
  }

  RefreshGrant open() {
    return open(refresh);
  }

  static RefreshGrant open(RefreshTokens refresh) {
    return ((RefreshOpening.Opened) refresh.open("alice", Map.of("role", "first"))).grant();
  }

  RefreshGrant redeem(Credential token) {
    return redeem(refresh, token);
  }

  static RefreshGrant redeem(RefreshTokens refresh, Credential token) {
    Redemption redemption = refresh.redeem(token, STATE);
    assertThat(redemption).isInstanceOf(Redemption.Redeemed.class);
    return ((Redemption.Redeemed) redemption).grant();
  }

  Redemption present(Credential token) {
    return refresh.redeem(token, STATE);
  }

  boolean accepts(Grant access) {
    return sessions.validate(access.credential()) instanceof Validation.Accepted;
  }

  static Redemption rejected(Rejection reason) {
    return new Redemption.Rejected(reason);
  }

  private static byte[] bytes(int seed) {
    byte[] bytes = new byte[32];
    new java.util.Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Writes down what it is told. */
  private final class Told implements SessionListener {

    @Override
    public void opened(Session session) {
      told.add("opened");
    }

    @Override
    public void rejected(Rejection reason) {
      told.add("rejected " + reason);
    }

    @Override
    public void ended(SessionKey session) {
      told.add("ended");
    }

    @Override
    public void endedAll(String subject) {
      told.add("ended all");
    }

    @Override
    public void reused(SessionKey session) {
      told.add("reused");
    }

    @Override
    public void unavailable(String dependency, Throwable cause) {
      told.add("unavailable");
    }

    @Override
    public void finding(String description) {
      told.add("finding");
    }
  }
}
