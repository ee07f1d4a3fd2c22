package dev.statewise.jwt.guide;

import dev.statewise.HybridSessions;
import dev.statewise.Sessions;
import dev.statewise.jwt.Redemption;
import dev.statewise.jwt.RefreshKeys;
import dev.statewise.jwt.RefreshOpening;
import dev.statewise.jwt.RefreshPolicy;
import dev.statewise.jwt.RefreshTokens;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.TooLarge.Part;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.TokenService;
import java.util.List;
import java.util.Map;

/** What the guide shows of refresh tokens, so that it compiles. Nothing of it is run. */
final class RefreshSnippets {

  private RefreshSnippets() {}

  /** A store in which namespaces can be had, as the one on Redis. */
  interface Namespaces {
    SessionStore withKeyPrefix(String prefix);
  }

  static List<Object> build(
      byte[] secret, Namespaces store, TokenService tokens, RevocationList list) {
    RefreshKeys keys = RefreshKeys.of("2026-11", secret);
    RefreshPolicy policy = RefreshPolicy.defaults();
    SessionStore families = store.withKeyPrefix("refresh:");
    RefreshTokens refresh = RefreshTokens.over(families, tokens, list, keys, policy);
    Sessions sessions = HybridSessions.over(tokens, list, policy.access());
    return List.of(refresh, sessions);
  }

  static int login(RefreshTokens refresh) {
    RefreshOpening opening = refresh.open("alice", Map.of("role", "user"));
    if (opening instanceof RefreshOpening.Opened opened) {
      return send(opened.grant().refresh(), opened.grant().access().credential());
    }
    return opening instanceof Redemption.TooLarge tooLarge ? failed(tooLarge.parts()) : 503;
  }

  static int refresh(RefreshTokens refresh, Credential presented) {
    Redemption redemption =
        refresh.redeem(presented, (subject, session) -> Map.of("role", roleOf(subject)));
    if (redemption instanceof Redemption.Redeemed redeemed) {
      return send(redeemed.grant().refresh(), redeemed.grant().access().credential());
    }
    if (redemption instanceof Redemption.TooLarge tooLarge) {
      return failed(tooLarge.parts()); // 500: what it is to carry must shrink
    }
    return redemption instanceof Redemption.Unavailable ? 503 : 401;
  }

  static List<Ending> end(RefreshTokens refresh, Credential presented) {
    Ending one = refresh.end(presented);
    Ending everywhere = refresh.endAll("alice");
    return List.of(one, everywhere);
  }

  static List<RefreshKeys> rotate(byte[] old, byte[] next) {
    RefreshKeys first = RefreshKeys.of("2026-11", old).withOther("2026-12", next);
    RefreshKeys then = RefreshKeys.of("2026-12", next).withOther("2026-11", old);
    RefreshKeys last = RefreshKeys.of("2026-12", next);
    return List.of(first, then, last);
  }

  private static int send(Credential refresh, Credential access) {
    return refresh.equals(access) ? 500 : 200;
  }

  private static int failed(List<Part> parts) {
    return parts.isEmpty() ? 503 : 500;
  }

  private static String roleOf(String subject) {
    return subject;
  }
}
