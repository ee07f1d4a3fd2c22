package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.SessionPolicy;
import dev.statewise.StatelessSessions;
import dev.statewise.benchmarks.arm.TokenKey;
import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import java.util.Arrays;

/**
 * Tokens that were verified and are remembered, read whole, in a table that is half full. Of the
 * table each has two places, which are part of its weight.
 */
final class VerifiedLoad implements Load {

  private static final int FIRST = 64;

  private final SessionPolicy policy = SessionPolicy.defaults();
  private final TokenKey key;
  private final String[] tokens;
  private final Session[] verified;
  private StatelessSessions sessions;

  /**
   * Issues the tokens, of which none is remembered yet.
   *
   * @param count how many are to be held
   */
  VerifiedLoad(TokenKey key, SessionState state, int count) {
    this.key = key;
    this.tokens = new String[count];
    this.verified = new Session[count];
    this.sessions = StatelessSessions.over(key.tokens(0), policy);
    for (int i = 0; i < count; i++) {
      tokens[i] =
          sessions
              .open("user-%05d".formatted(i), state.attributes())
              .grantOrThrow()
              .credential()
              .value();
    }
  }

  @Override
  public void warmUp() {
    StatelessSessions others = StatelessSessions.over(key.tokens(FIRST), policy);
    for (int i = 0; i < Math.min(FIRST, tokens.length); i++) {
      shown(others, i);
      shown(others, i);
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // what is remembered is the very session
  public int hold(int count) {
    sessions = StatelessSessions.over(key.tokens(2 * count), policy);
    for (int i = 0; i < count; i++) {
      verified[i] = shown(sessions, i);
    }
    int remembered = 0;
    for (int i = 0; i < count; i++) {
      remembered += shown(sessions, i) == verified[i] ? 1 : 0;
    }
    Arrays.fill(verified, null);
    return remembered;
  }

  /** In bytes of its own, as each request brings them; every attribute is asked for. */
  private Session shown(StatelessSessions to, int at) {
    Credential credential = new Credential(String.valueOf(tokens[at].toCharArray()));
    Session session = to.validate(credential).acceptedOrThrow().session();
    if (session.attributes().isEmpty()) {
      throw new IllegalStateException("A token has lost its attributes.");
    }
    return session;
  }

  @Override
  public void close() {
    sessions = StatelessSessions.over(key.tokens(0), policy);
  }
}
