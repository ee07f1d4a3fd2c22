package dev.statewise.embedded;

import java.util.List;

/** Closes several things, all of them also if one fails. */
final class Closing {
  private Closing() {}

  static void all(List<? extends AutoCloseable> closing) {
    RuntimeException first = null;
    for (AutoCloseable one : closing) {
      try {
        one.close();
      } catch (Exception e) {
        if (first == null) {
          first = new IllegalStateException("Not everything could be closed", e);
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
