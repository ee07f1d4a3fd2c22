package dev.statewise.redis;

import dev.statewise.embedded.TcpProxy;
import dev.statewise.tck.LostReplies;

/** A handle behind a proxy that can lose the next reply after the request was applied. */
record ProxiedHandle<T extends AutoCloseable>(
    T handle, TcpProxy proxy, AutoCloseable client, boolean resends) implements LostReplies<T> {

  @Override
  public void loseNextReply() {
    proxy.loseNextReply();
  }

  @Override
  public void close() {
    try (proxy;
        client) {
      handle.close();
    } catch (Exception e) {
      throw new IllegalStateException("The handle could not be closed", e);
    }
  }
}
