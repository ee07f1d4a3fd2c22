package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.arm.TokenKey;
import dev.statewise.benchmarks.peer.TokenClaims;
import dev.statewise.benchmarks.peer.TokenPeer;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.session.Session;
import dev.statewise.spi.TokenService;
import java.util.stream.IntStream;

/**
 * Signs one token after another, of what is given: a session, or the same claims. Nobody draws a
 * session key or reads a clock meanwhile.
 */
final class Issuing {

  /** The operation, as params spell it; of no store. */
  static final String ISSUE = "issue";

  private Issuing() {}

  /** By ours, of the sessions that are validated. */
  static Task by(String arm, TokenKey key, Validating validating) {
    TokenService tokens = key.tokens(0);
    Session[] sessions =
        IntStream.range(0, validating.pool().length)
            .mapToObj(validating::session)
            .toArray(Session[]::new);
    return new Task(
        arm,
        ISSUE,
        index -> tokens.issue(sessions[index & (sessions.length - 1)]).value().length());
  }

  /**
   * By a peer.
   *
   * @param pool how many different ones; a power of two
   */
  static Task by(String arm, TokenPeer peer, int pool) {
    TokenClaims[] claims =
        IntStream.range(0, pool)
            .mapToObj(i -> peer.newClaims("user-%05d".formatted(i), Profile.TYP.attributes()))
            .toArray(TokenClaims[]::new);
    return new Task(arm, ISSUE, index -> peer.issue(claims[index & (pool - 1)]).length());
  }
}
