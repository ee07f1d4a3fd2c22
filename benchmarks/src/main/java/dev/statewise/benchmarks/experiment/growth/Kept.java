package dev.statewise.benchmarks.experiment.growth;

import java.util.Optional;
import java.util.stream.Stream;

/** What is kept in memory of a session. */
enum Kept {
  /** The session itself, in no list of its subject's. */
  SESSION("session"),
  /** The session, and its place in the list of its subject's sessions. */
  LISTED("session and list"),
  /** A copy near those who ask, of a session that is elsewhere. */
  COPY("near copy"),
  /** A token that was verified, with what was read of it. */
  TOKEN("verified token"),
  /** That a session is refused. */
  REFUSAL("refusal"),
  /** An object whose bytes are known. */
  KNOWN("known object");

  private final String text;

  Kept(String text) {
    this.text = text;
  }

  static Optional<Kept> named(String text) {
    return Stream.of(values()).filter(kept -> kept.text.equals(text)).findFirst();
  }

  /** As params spell it. */
  @Override
  public String toString() {
    return text;
  }
}
