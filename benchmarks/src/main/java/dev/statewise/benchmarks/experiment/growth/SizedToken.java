package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.experiment.ValidationTasks;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.session.OpenResult;
import dev.statewise.session.TooLarge;
import java.util.Optional;

/**
 * How large one arm's token of one size is.
 *
 * @param bytes as it is sent, or would be
 * @param absence why there is none, if it does not fit
 */
record SizedToken(int bytes, Optional<String> absence) {

  /** Issues one. */
  static SizedToken of(Arm arm, TokenSize size, Servers servers) {
    Wiring wiring =
        new Wiring(ValidationTasks.policy(), MovableClock.atPresent(), servers, "sized:");
    try (BuiltArm built = arm.build().apply(wiring)) {
      OpenResult opened = built.sessions().open("user-00000", size.attributes());
      if (opened instanceof TooLarge tooLarge) {
        return new SizedToken(
            tooLarge.bytes(),
            Optional.of(
                "does not fit: %s bytes, and a token has at most %s"
                    .formatted(
                        Numbers.exact((long) tooLarge.bytes()),
                        Numbers.exact((long) tooLarge.limit()))));
      }
      return new SizedToken(opened.grantOrThrow().credential().value().length(), Optional.empty());
    }
  }
}
