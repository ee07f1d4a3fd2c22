package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.rig.Tier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How many sessions are live while one after the other is looked up. */
enum LiveSessions {
  K1("1k", 1_000),
  K10("10k", 10_000),
  K100("100k", 100_000),
  M1("1m", 1_000_000);

  private final String text;
  private final int count;

  LiveSessions(String text, int count) {
    this.text = text;
    this.count = count;
  }

  /** Those that a tier has time for, fewest first. */
  static List<LiveSessions> of(Tier tier) {
    return tier == Tier.SMOKE ? List.of(K1, K10) : List.of(K10, K100, M1);
  }

  static Optional<LiveSessions> named(String text) {
    return Stream.of(values()).filter(live -> live.text.equals(text)).findFirst();
  }

  int count() {
    return count;
  }

  /** What is done, as a slice names it. */
  String operation() {
    return "lookup " + text;
  }

  /** As params spell it. */
  @Override
  public String toString() {
    return text;
  }
}
