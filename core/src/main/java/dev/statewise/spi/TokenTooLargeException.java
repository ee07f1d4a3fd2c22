package dev.statewise.spi;

/** A session's state does not fit into a token. Nothing was issued. */
public final class TokenTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int bytes;
  private final int limit;

  /**
   * @param bytes what the token would take
   * @param limit what it may take
   */
  public TokenTooLargeException(int bytes, int limit) {
    super(
        "The token would take %d bytes and %d are allowed, so it was not issued. Keep less in the session, or keep its state in a store."
            .formatted(bytes, limit));
    this.bytes = bytes;
    this.limit = limit;
  }

  /** What the token would take, in bytes. */
  public int bytes() {
    return bytes;
  }

  /** What it may take, in bytes. */
  public int limit() {
    return limit;
  }
}
