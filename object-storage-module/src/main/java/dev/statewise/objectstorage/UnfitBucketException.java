package dev.statewise.objectstorage;

/**
 * A bucket whose server does not keep the conditions of a write: on it, a session that was ended
 * could come back. Not an outage, for no retry helps: use another server.
 */
public final class UnfitBucketException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One condition that was not kept.
   *
   * @param message what was seen, what it means and what to do
   */
  UnfitBucketException(String message) {
    super(message);
  }
}
