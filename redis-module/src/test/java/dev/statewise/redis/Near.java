package dev.statewise.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Waits for what other threads do to a near cache. */
final class Near {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Near() {}

  /** The same, once it serves copies. */
  static NearCachedSessionStore serving(NearCachedSessionStore near) {
    near.find(Samples.session().key());
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(near::servesCopies);
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
