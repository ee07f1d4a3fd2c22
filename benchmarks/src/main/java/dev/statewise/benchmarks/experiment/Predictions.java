package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which parts of a hypothesis came true. What its words mean in numbers is fixed here. */
final class Predictions {

  /** "Far" is by at least this factor. */
  private static final double FAR = 3;

  /** "About" is within this factor, either way. */
  private static final double ABOUT = 2;

  private static final Map<String, String> VALIDATE =
      Map.of("operation", Operation.VALIDATE.toString());

  private Predictions() {}

  /** Each part of E1's hypothesis, with the factor that was measured. */
  static String validationCost(Experiment experiment) {
    Optional<Double> redis =
        cpu(experiment, "redis")
            .map(client -> client + experiment.value("redis", VALIDATE, "serverCpu").orElse(0.0));
    Optional<Double> hs256 = cpu(experiment, "jwt-hs256");
    return Stream.of(
                part("Memory far below HS256", hs256, cpu(experiment, "memory"), FAR),
                part("HS256 below Redis", redis, hs256, 1),
                about("RS256 about as Redis", cpu(experiment, "jwt-rs256"), redis),
                part("ES256 far above Redis", cpu(experiment, "jwt-es256"), redis, FAR),
                part("Ed25519 far above Redis", cpu(experiment, "jwt-ed25519"), redis, FAR))
            .collect(Collectors.joining("; "))
        + ". Far is by a factor of %s or more, about is within one of %s."
            .formatted(Numbers.exact(FAR), Numbers.exact(ABOUT));
  }

  private static String part(
      String predicted, Optional<Double> larger, Optional<Double> smaller, double least) {
    if (larger.isEmpty() || smaller.isEmpty()) {
      return predicted + ": not measured";
    }
    double factor = larger.get() / smaller.get();
    return outcome(predicted, factor > 1 && factor >= least, factor);
  }

  private static String about(String predicted, Optional<Double> one, Optional<Double> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return predicted + ": not measured";
    }
    double factor = one.get() / other.get();
    return outcome(predicted, factor <= ABOUT && factor >= 1 / ABOUT, factor);
  }

  private static String outcome(String predicted, boolean cameTrue, double factor) {
    return "%s: %s (× %s)"
        .formatted(
            predicted, cameTrue ? "came true" : "did not come true", Numbers.rounded(factor));
  }

  private static Optional<Double> cpu(Experiment experiment, String arm) {
    return experiment.value(arm, VALIDATE, "cpu");
  }
}
