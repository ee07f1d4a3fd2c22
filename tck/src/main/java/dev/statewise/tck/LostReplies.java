package dev.statewise.tck;

/**
 * A handle whose replies can be lost: the write is applied, and the client never hears of it.
 *
 * <p>It is what a proxy does that forwards a request and cuts the connection before the answer, or
 * an SDK's hook that throws once after the server has answered. What happens then depends on the
 * client: one that re-sends by itself sends the same write once more, so the handle returns an
 * answer; one that does not lets the handle throw {@link
 * dev.statewise.spi.StoreUnavailableException}.
 *
 * @param <T> a {@link dev.statewise.spi.SessionStore} or {@link dev.statewise.spi.RevocationList}
 */
public interface LostReplies<T extends AutoCloseable> extends AutoCloseable {

  /** The handle, always the same, on the state of the namespace that was asked for. */
  T handle();

  /**
   * Arms it: the next write through {@link #handle} is applied and its reply is lost. Once; what
   * the client then re-sends is answered.
   */
  void loseNextReply();

  /** Whether the client beneath the handle re-sends a write by itself when its reply is lost. */
  boolean resends();

  /** Closes the handle and whatever loses its replies. */
  @Override
  void close();
}
