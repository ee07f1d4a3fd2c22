package dev.statewise.jdbc;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The latest that this process has seen of where a list stands. */
final class History {

  private final AtomicReference<@Nullable Head> known = new AtomicReference<>();

  /** Taken before a question is sent: an answer that is behind it has lost something. */
  @Nullable Head known() {
    return known.get();
  }

  void saw(Head head) {
    known.updateAndGet(before -> head.orLater(before));
  }
}
