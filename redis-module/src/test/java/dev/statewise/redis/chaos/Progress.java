package dev.statewise.redis.chaos;

import java.time.Duration;
import java.util.Locale;

/** Says every ten seconds how far an experiment is. */
final class Progress {

  private static final long EVERY = Duration.ofSeconds(10).toNanos();

  private final String what;
  private long saidAt = System.nanoTime();

  Progress(String what) {
    this.what = what;
  }

  synchronized void at(long done, long all, String of) {
    long now = System.nanoTime();
    if (now - saidAt >= EVERY) {
      saidAt = now;
      Ledger.say(String.format(Locale.ROOT, "    %s: %,d of %,d %s", what, done, all, of));
    }
  }
}
