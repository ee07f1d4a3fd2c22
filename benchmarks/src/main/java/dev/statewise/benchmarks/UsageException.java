package dev.statewise.benchmarks;

/** Asked for something that cannot be done here; the message is one line and says what to do. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
