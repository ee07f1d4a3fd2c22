package dev.statewise.benchmarks.experiment.economics;

import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What comes of one refusal when there are as many as {@link Assumptions} say: a list has what was
 * refused for as long as each is kept.
 *
 * @param life of a token
 * @param kept for how many seconds its refusal is
 * @param refusal bytes of one in Redis
 * @param followed bytes of one on the heap of a node, where nodes follow the list
 * @param session bytes of one in Redis
 */
record Model(
    Duration life, Metric kept, Metric refusal, Optional<Metric> followed, Metric session) {

  private static final double MEGABYTE = 1e6;
  private static final String NEEDS_BOTH = "it takes what was not counted: ";

  /**
   * When a token is renewed that is in use, as parts of its life: {@code Guarantees.idlePrecision}
   * says the latest, and the last third begins at the earliest.
   */
  private static final double EARLIEST = 2.0 / 3;

  private static final double LATEST = 3.0 / 4;

  /** The values of one life. */
  ArmResult of(String arm) {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(kept);
    metrics.add(product(Revocations.ENTRIES, "refusals", rate(), kept));
    metrics.add(product(Revocations.MEGABYTES, "MB", rate() / MEGABYTE, kept, refusal));
    followed.ifPresent(
        heap ->
            metrics.add(
                product(Revocations.HEAP_MEGABYTES, "MB a node", rate() / MEGABYTE, kept, heap)));
    metrics.add(ratio());
    metrics.add(renewals(life));
    metrics.add(
        exact(Revocations.EXPOSURE, "s", followed.isPresent() ? seconds(Wiring.STALENESS) : 0));
    return new ArmResult(arm, params(life), metrics);
  }

  /** Tokens that nothing refuses: a copy of one that is left alone is good for the rest of it. */
  static List<ArmResult> withoutList(String arm) {
    return Assumptions.LIVES.stream()
        .map(
            life ->
                new ArmResult(
                    arm,
                    params(life),
                    List.of(
                        renewals(life),
                        model(Revocations.EXPOSURE, "s", seconds(life) / 2, 0, seconds(life)))))
        .toList();
  }

  private static Map<String, String> params(Duration life) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(Revocations.PART, Revocations.MODEL);
    params.putAll(Assumptions.params(life));
    return params;
  }

  private static double rate() {
    return Assumptions.LOGOUTS_A_DAY / Assumptions.SECONDS_A_DAY;
  }

  private Metric ratio() {
    Optional<String> missing = missing(kept, refusal, session);
    if (missing.isPresent()) {
      return Metric.absent(
          Revocations.SESSIONS_TO_LIST, "ratio", Evidence.MODEL, NEEDS_BOTH + missing.get());
    }
    double sessions = Assumptions.LIVE_SESSIONS * value(session);
    return exact(
        Revocations.SESSIONS_TO_LIST, "ratio", sessions / (rate() * value(kept) * value(refusal)));
  }

  private static Metric renewals(Duration life) {
    double each = Assumptions.ACTIVE_USERS / life.toSeconds();
    return model(
        Revocations.RENEWALS,
        "a second",
        each / ((EARLIEST + LATEST) / 2),
        each / LATEST,
        each / EARLIEST);
  }

  private static Metric product(String name, String unit, double factor, Metric... inputs) {
    Optional<String> missing = missing(inputs);
    if (missing.isPresent()) {
      return Metric.absent(name, unit, Evidence.MODEL, NEEDS_BOTH + missing.get());
    }
    double product = factor;
    for (Metric input : inputs) {
      product *= value(input);
    }
    return exact(name, unit, product);
  }

  private static Optional<String> missing(Metric... inputs) {
    for (Metric input : inputs) {
      if (input.value() == null) {
        return Optional.of(input.name() + " (" + input.reason() + ")");
      }
    }
    return Optional.empty();
  }

  private static double seconds(Duration duration) {
    return (double) duration.toSeconds();
  }

  private static double value(Metric metric) {
    return Optional.ofNullable(metric.value()).orElseThrow();
  }

  private static Metric exact(String name, String unit, double value) {
    return model(name, unit, value, value, value);
  }

  private static Metric model(String name, String unit, double value, double lo, double hi) {
    return new Metric(name, unit, Evidence.MODEL, value, lo, hi, 1, null);
  }
}
