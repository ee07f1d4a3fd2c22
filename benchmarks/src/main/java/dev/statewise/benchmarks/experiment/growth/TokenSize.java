package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.arm.Profile;
import java.util.Map;

/** How much a token carries; its bytes follow from that and from the algorithm. */
enum TokenSize {
  MIN("min", 0),
  TYP("typ", 0),
  G10("g10", 10),
  G50("g50", 50),
  G100("g100", 100),
  G200("g200", 200);

  private final String text;
  private final int groups;

  TokenSize(String text, int groups) {
    this.text = text;
    this.groups = groups;
  }

  /** The attributes; the same on every call. */
  Map<String, String> attributes() {
    return this == MIN ? Profile.MIN.attributes() : Profile.withGroups(groups);
  }

  /** What is done, as a slice names it. */
  String operation() {
    return "validate " + text;
  }

  /** As params spell it. */
  @Override
  public String toString() {
    return text;
  }
}
