package dev.statewise.web;

/** A cookie is too large for browsers, which would drop it without a word. */
public final class CookieTooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int bytes;
  private final int limit;

  CookieTooLargeException(String name, int bytes, int limit) {
    super(
        "The cookie %s has %,d bytes of name and value, and browsers keep at most %,d (RFC 6265bis §5.6), so it was not set. Keep less state in the token (TokenBudget says how much there is), or keep sessions in a store."
            .formatted(name, bytes, limit));
    this.bytes = bytes;
    this.limit = limit;
  }

  /** Of name and value. */
  public int bytes() {
    return bytes;
  }

  /** How many there may be. */
  public int limit() {
    return limit;
  }
}
