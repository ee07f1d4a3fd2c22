package dev.statewise.benchmarks.arm;

import dev.statewise.Sessions;
import dev.statewise.benchmarks.run.Durations;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.session.Credential;
import dev.statewise.session.Validation;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * What a node answers about a session that another node ended: of two handles on one state the
 * first ends it, and the second is asked until it refuses.
 */
public final class NodesGate {

  /** A bound that is longer is not waited for. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  /** A lag is looked for in many; where there may be none, one that is seen is enough. */
  private static final int ENDINGS = 25;

  private static final int ENDINGS_AT_ONCE = 10;
  private static final long UNTIL_TOLD_NANOS = 10_000_000;
  private static final double NANOS_PER_MILLI = 1e6;

  private NodesGate() {}

  /**
   * Asks an arm that is shared by nodes and ends soon enough everywhere; any other is not asked.
   *
   * @param wiring the same for both nodes
   */
  public static Optional<GateOutcome> ask(Arm arm, Wiring wiring) {
    try (BuiltArm here = arm.build().apply(wiring)) {
      Duration bound = here.sessions().guarantees().endsWithin();
      boolean waitedFor = bound.compareTo(LONGEST_WAIT) <= 0;
      if (!here.sessions().guarantees().sharedByNodes() || !waitedFor) {
        return Optional.empty();
      }
      try (BuiltArm there = arm.build().apply(wiring)) {
        return Optional.of(outcome(arm.name(), here.sessions(), there.sessions(), bound));
      }
    }
  }

  private static GateOutcome outcome(String arm, Sessions here, Sessions there, Duration bound) {
    int endings = bound.isZero() ? ENDINGS_AT_ONCE : ENDINGS;
    double[] lags = new double[endings];
    for (int i = 0; i < endings; i++) {
      lags[i] = lag(here, there, bound);
    }
    Arrays.sort(lags);
    double latest = lags[endings - 1];
    return new GateOutcome(
        arm,
        "refuses what another node ended",
        latest <= Math.max(0, bound.toMillis()),
        bound.isZero()
            ? "Rejected from the ending on"
            : "Rejected from %s after the ending on".formatted(Durations.text(bound.toString())),
        latest == 0
            ? "Rejected at the first question, %d times of %d".formatted(endings, endings)
            : "last accepted %.2f ms after the ending in the middle case, %.2f ms in the latest of %d"
                .formatted(lags[endings / 2], latest, endings));
  }

  /** How many milliseconds after the ending it was accepted last; 0 if it never was. */
  private static double lag(Sessions here, Sessions there, Duration bound) {
    Credential credential =
        here.open(Profile.SUBJECT, Profile.TYP.attributes()).grantOrThrow().credential();
    there.validate(credential).acceptedOrThrow();
    // What is told of the opening has arrived: the copy that is read now stays until the ending.
    LockSupport.parkNanos(UNTIL_TOLD_NANOS);
    there.validate(credential).acceptedOrThrow();
    here.end(credential);
    long ended = System.nanoTime();
    long longest = bound.plus(Duration.ofSeconds(1)).toNanos();
    double accepted = 0;
    for (long asked = 0; asked < longest; ) {
      asked = System.nanoTime() - ended;
      if (there.validate(credential) instanceof Validation.Rejected) {
        return accepted;
      }
      accepted = asked / NANOS_PER_MILLI;
    }
    return accepted;
  }
}
