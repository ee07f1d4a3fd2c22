package dev.statewise.benchmarks.experiment.economics;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.run.Metric;
import java.time.Duration;
import java.util.Optional;

/** How many commands a request asks of the server, of a session that was seen before. */
final class Questions {

  /** No touch comes due, and no token a second older. */
  private static final Duration STANDING_STILL = Duration.ZERO;

  private static final int REQUESTS = 20;

  private Questions() {}

  /**
   * @throws IllegalStateException if it is not the same for each of so many requests
   */
  static Metric of(Arm arm, Lab lab) {
    MovableClock clock = MovableClock.atPresent();
    try (Meter meter = Meter.of(lab.servers(), Optional.empty())) {
      Wiring wiring =
          new Wiring(
              SessionPolicy.defaults(),
              clock,
              meter.servers(),
              lab.keyPrefix() + "e20:" + arm.name() + ":asks");
      try (OwnSliding session = new OwnSliding(arm.build().apply(wiring), clock, STANDING_STILL)) {
        session.warmUp(meter);
        long before = meter.commands();
        for (int i = 0; i < REQUESTS; i++) {
          session.request();
        }
        long asked = meter.commands() - before;
        if (asked % REQUESTS != 0) {
          throw new IllegalStateException(
              "%d requests asked %d commands, so not each as many.".formatted(REQUESTS, asked));
        }
        return Metric.counted(Revocations.COMMANDS, "commands", asked / REQUESTS, REQUESTS);
      }
    }
  }
}
