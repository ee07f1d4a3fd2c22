package dev.statewise.benchmarks.report;

import static dev.statewise.benchmarks.report.Claim.Bearing.ANSWERS;
import static dev.statewise.benchmarks.report.Claim.Bearing.DENIES;
import static dev.statewise.benchmarks.report.Claim.Bearing.TOUCHES;

import java.util.List;

/** What people say of sessions and tokens, and which experiments put it to the test. */
enum Claim {
  SCALES("Stateless scales horizontally", by("E13"), by("E14"), touchedBy("E28")),
  NODE_LOSS("A node's failure does not affect the others", by("E15"), by("E17")),
  LARGER("Tokens make larger requests", by("E8"), by("E9"), touchedBy("E10"), by("E11")),
  REPEATED(
      "Tokens mean repeated validation overhead",
      by("E1"),
      touchedBy("E2"),
      touchedBy("E3"),
      touchedBy("E4"),
      touchedBy("E7")),
  FASTER("Stateful is faster to access", by("E5"), touchedBy("E1"), by("E13")),
  STICKY("Stateful needs sticky sessions or a shared store", by("E15"), by("E18")),
  TOLERANCE("Stateful tolerates faults less well", by("E15"), by("E16")),
  CONTINUITY("Stateful is good for continuity, such as games", by("E24"), deniedBy("E29")),
  PUSHED_OUT(
      "State can be pushed out to Redis, a database or object storage",
      by("E26"),
      touchedBy("E27"),
      touchedBy("E28")),
  BLACKLIST(
      "JWT with a Redis blacklist is a session store again",
      by("E20"),
      touchedBy("E6"),
      by("E16"),
      by("E19"));

  /** What the verdict of an experiment says of the claim. */
  enum Bearing {
    /** The same: it is the claim that the experiment tries. */
    ANSWERS,
    /** The contrary: the experiment tries a claim that this one contradicts. */
    DENIES,
    /** Nothing by itself, but its numbers belong beside it. */
    TOUCHES
  }

  /** An experiment, and what its verdict says of the claim. */
  record Test(String experiment, Bearing bearing) {}

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // a list that never changes
  private final List<Test> tests;

  Claim(String text, Test... tests) {
    this.text = text;
    this.tests = List.of(tests);
  }

  String text() {
    return text;
  }

  List<Test> tests() {
    return tests;
  }

  private static Test by(String experiment) {
    return new Test(experiment, ANSWERS);
  }

  private static Test deniedBy(String experiment) {
    return new Test(experiment, DENIES);
  }

  private static Test touchedBy(String experiment) {
    return new Test(experiment, TOUCHES);
  }
}
