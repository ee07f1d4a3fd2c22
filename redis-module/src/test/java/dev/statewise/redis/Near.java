package dev.statewise.redis;

import static org.awaitility.Awaitility.await;

import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;

/** Waits for what other threads do to a near cache. */
final class Near {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Near() {}

  /** The same, once it serves copies. */
  static NearCachedSessionStore serving(NearCachedSessionStore near) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .ignoreException(StoreUnavailableException.class)
        .until(() -> asked(near).servesCopies());
    return near;
  }

  private static NearCachedSessionStore asked(NearCachedSessionStore near) {
    near.find(Samples.session().key());
    return near;
  }

  static void awaitBypass(NearCachedSessionStore near) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> !near.servesCopies());
  }

  static void awaitDropped(NearCachedSessionStore near) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> near.copies().size() == 0);
  }
}
