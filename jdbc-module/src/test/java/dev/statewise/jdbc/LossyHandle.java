package dev.statewise.jdbc;

import dev.statewise.tck.LostReplies;

/** A store or a list behind a proxy that can lose the reply to its next write. */
record LossyHandle<T extends AutoCloseable>(
    T handle, ArmedSource armed, AutoCloseable pool, AutoCloseable proxy)
    implements LostReplies<T> {

  @Override
  public void loseNextReply() {
    armed.loseNextReply();
  }

  /** It makes a call again whose connection was lost. */
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
