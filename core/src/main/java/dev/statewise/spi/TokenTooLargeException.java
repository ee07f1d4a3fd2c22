package dev.statewise.spi;

import dev.statewise.session.TooLarge;
import java.util.List;

/** A session's state does not fit into a token. Nothing was issued. */
public final class TokenTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int bytes;
  private final int limit;
  private final transient List<TooLarge.Part> parts;

  /**
   * @param bytes what the token would take
   * @param limit what it may take
   */
  public TokenTooLargeException(int bytes, int limit) {
    this(bytes, limit, List.of());
  }

  /**
   * @param bytes what the token would take
   * @param limit what it may take
   * @param parts what takes how much of it, in any order; they add up to {@code bytes}
   */
  public TokenTooLargeException(int bytes, int limit, List<TooLarge.Part> parts) {
    this(new TooLarge(bytes, limit, parts));
  }

  private TokenTooLargeException(TooLarge tooLarge) {
    super(
        "The token would take %d bytes and %d are allowed, so it was not issued. %s"
            .formatted(tooLarge.bytes(), tooLarge.limit(), advice(tooLarge.parts())));
    this.bytes = tooLarge.bytes();
    this.limit = tooLarge.limit();
    this.parts = tooLarge.parts();
  }

  /** What the token would take, in bytes. */
  public int bytes() {
    return bytes;
  }

  /** What it may take, in bytes. */
  public int limit() {
    return limit;
  }

  /** What takes how much of it, the largest first; empty if that was not said. */
  public List<TooLarge.Part> parts() {
    return parts;
  }

  private static String advice(List<TooLarge.Part> parts) {
    if (parts.isEmpty()) {
      return "Keep less in the session, or keep its state in a store.";
    }
    TooLarge.Part largest = parts.get(0);
    return largest.isAttribute()
        ? "Its largest part is %s: keep less in it, or keep the session's state in a store."
            .formatted(largest)
        : "Its largest part is the %s, and no attribute is larger: raise the limit, or keep the session's state in a store."
            .formatted(largest);
  }
}
