package dev.statewise.jdbc;

import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;

/** A store behind a proxy that can lose the reply to its next write. */
record LossyHandle(SessionStore handle, ArmedSource armed, AutoCloseable pool, AutoCloseable proxy)
    implements LostReplies<SessionStore> {

  @Override
  public void loseNextReply() {
    armed.loseNextReply();
  }

  /** The store makes a call again whose connection was lost. */
  @Override
  public boolean resends() {
    return true;
  }

  @Override
  public void close() {
    try (proxy;
        pool) {
      handle.close();
    } catch (Exception e) {
      throw new IllegalStateException("The handle could not be closed", e);
    }
  }
}
