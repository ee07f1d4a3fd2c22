package dev.statewise.redis;

/** Nobody is known to whom a command could be sent: surely nothing of it happened. */
final class NobodyKnownException extends NotSentException {

  private static final long serialVersionUID = 1L;

  private final String why;

  /**
   * @param why who told nothing, and what to do; it is told
   */
  NobodyKnownException(String why) {
    super(why, null);
    this.why = why;
  }

  String why() {
    return why;
  }
}
