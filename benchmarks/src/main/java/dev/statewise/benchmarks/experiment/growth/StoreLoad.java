package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;

/**
 * Sessions in a store, each of a subject of its own.
 *
 * <p>Without the subject index they are written as anonymous ones, which no index lists, and then
 * replaced by the same with their subject: what a store is left with that has no index.
 */
final class StoreLoad implements Load {

  private static final int FIRST = 64;

  private final SessionStore store;
  private final StatefulSessions sessions;
  private final SessionState state;
  private final boolean indexed;
  private int next;

  /**
   * @param store closed with this
   */
  StoreLoad(SessionStore store, SessionState state, boolean indexed) {
    this.store = store;
    this.sessions = StatefulSessions.over(store, SessionPolicy.defaults());
    this.state = state;
    this.indexed = indexed;
  }

  @Override
  public void warmUp() {
    hold(FIRST);
  }

  @Override
  public int hold(int count) {
    for (int i = 0; i < count; i++) {
      String subject = "user-%05d".formatted(next++);
      if (indexed) {
        sessions.open(subject, state.attributes()).grantOrThrow();
      } else {
        openUnlisted(subject);
      }
    }
    return count;
  }

  private void openUnlisted(String subject) {
    Session anonymous = sessions.openAnonymous(state.attributes()).grantOrThrow().session();
    Session named =
        Session.restore(
            anonymous.key(),
            subject,
            anonymous.secretHash(),
            anonymous.version() + 1,
            anonymous.createdAt(),
            anonymous.lastSeen(),
            anonymous.idleTimeout(),
            anonymous.absoluteEnd(),
            anonymous.attributes());
    if (store.replace(named) != ReplaceResult.REPLACED) {
      throw new IllegalStateException("A session that was just stored was not replaced.");
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
