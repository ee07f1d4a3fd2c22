package dev.statewise.benchmarks.run;

import java.time.Duration;

/** Durations as a reader says them. */
public final class Durations {

  private Durations() {}

  /** For instance "at once", "12 h", "3 min 45 s", from ISO 8601. */
  public static String text(String iso) {
    Duration duration = Duration.parse(iso);
    if (duration.isZero()) {
      return "at once";
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toDays(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "min");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.toString().strip();
  }

  private static void append(StringBuilder text, long value, String unit) {
    if (value != 0) {
      text.append(value).append(' ').append(unit).append(' ');
    }
  }
}
