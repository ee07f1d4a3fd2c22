package dev.statewise.redis.chaos;

import java.util.Locale;

/**
 * What came of one fault.
 *
 * @param fault its number, {@code F1}
 * @param what what was done, in a few words
 * @param place what it was done to
 * @param tried how often, and {@code of} what
 * @param lost how much was lost, and {@code as} what
 * @param target what may be lost at most
 * @param met whether no more was
 * @param note what else was seen; may be empty
 */
record Outcome(
    String fault,
    String what,
    String place,
    long tried,
    String of,
    long lost,
    String as,
    String target,
    boolean met,
    String note) {

  static Outcome of(String fault, String what, String place) {
    return new Outcome(fault, what, place, 0, "", 0, "", "0", false, "");
  }

  Outcome tried(long times, String of) {
    return new Outcome(fault, what, place, times, of, lost, as, target, met, note);
  }

  /** By default none may be lost. */
  Outcome lost(long count, String as) {
    return new Outcome(fault, what, place, tried, of, count, as, target, count == 0, note);
  }

  Outcome target(String text, boolean met) {
    return new Outcome(fault, what, place, tried, of, lost, as, text, met, note);
  }

  Outcome note(String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    return new Outcome(fault, what, place, tried, of, lost, as, target, met, text);
  }

  /** {@code 100,000 races}. */
  String trials() {
    return String.format(Locale.ROOT, "%,d %s", tried, of);
  }

  /** {@code 0 sessions alive after their end}. */
  String losses() {
    return String.format(Locale.ROOT, "%,d %s", lost, as);
  }

  /** Which part of what was tried was lost. */
  String share() {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * lost / Math.max(1, tried));
  }

  String line() {
    return "%-3s %s · %s · %s · lost %s · target %s · %s%s"
        .formatted(
            fault,
            what,
            place,
            trials(),
            losses(),
            target,
            met ? "met" : "MISSED",
            note.isEmpty() ? "" : " · " + note);
  }
}
