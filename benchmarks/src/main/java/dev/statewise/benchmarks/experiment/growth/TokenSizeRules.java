package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.experiment.Finding;
import dev.statewise.benchmarks.experiment.Rules;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules by which E3's verdict follows from its values. */
public final class TokenSizeRules implements Rules {

  /** Within a tenth a cost does not depend on the size. */
  private static final double THE_SAME = 1.1;

  /** A line explains nearly all of it. */
  private static final double STRAIGHT = 0.99;

  private static final double LEAST_SLOPE = 2;
  private static final double MOST_SLOPE = 10;
  private static final String HS256 = "jwt-hs256";
  private static final double NANOS_PER_MICRO = 1_000;
  private static final Map<String, String> FIT = Map.of(TokenSizeCost.OPERATION, TokenSizeCost.FIT);

  /**
   * One arm's smallest token and its largest.
   *
   * @param first in nanoseconds
   * @param last in nanoseconds
   */
  private record Ends(String arm, String firstBytes, double first, String lastBytes, double last) {

    double factor() {
      return last / first;
    }

    String text() {
      return "%s takes %s µs of CPU at %s bytes and %s µs at %s"
          .formatted(
              arm,
              Numbers.rounded(first / NANOS_PER_MICRO),
              Numbers.exact(Long.parseLong(firstBytes)),
              Numbers.rounded(last / NANOS_PER_MICRO),
              Numbers.exact(Long.parseLong(lastBytes)));
    }
  }

  /** Holds if the largest token costs over a tenth more than the smallest with every algorithm. */
  @Override
  public Finding verdict(Experiment experiment) {
    List<Ends> ends = ends(experiment);
    if (ends.isEmpty()) {
      return Finding.untestable("No token was timed at two sizes.");
    }
    List<Ends> grown = ends.stream().filter(one -> one.factor() > THE_SAME).toList();
    Verdict verdict =
        grown.size() == ends.size()
            ? Verdict.HOLDS
            : grown.isEmpty() ? Verdict.DOES_NOT_HOLD : Verdict.HOLDS_WHEN;
    String slope =
        experiment
            .arm(HS256, FIT)
            .flatMap(fit -> fit.metric(TokenSizeCost.SLOPE))
            .filter(metric -> metric.value() != null)
            .map(
                metric -> " A byte more costs HS256 %s ns.".formatted(Numbers.withInterval(metric)))
            .orElse("");
    return new Finding(
        verdict,
        ends.stream().map(Ends::text).collect(Collectors.joining("; "))
            + "."
            + slope
            + (verdict == Verdict.HOLDS_WHEN
                ? " Larger tokens cost over a tenth more only when the algorithm is that of "
                    + grown.stream().map(Ends::arm).collect(Collectors.joining(", "))
                    + "."
                : ""));
  }

  @Override
  public String predictions(Experiment experiment) {
    List<String> parts = new ArrayList<>();
    fit(experiment, TokenSizeCost.SHARE)
        .map(
            share ->
                outcome(
                    "HS256 costs in a straight line",
                    share >= STRAIGHT,
                    "R² " + Numbers.rounded(share)))
        .ifPresent(parts::add);
    fit(experiment, TokenSizeCost.SLOPE)
        .map(
            slope ->
                outcome(
                    "between 2 and 10 ns a byte",
                    slope >= LEAST_SLOPE && slope <= MOST_SLOPE,
                    Numbers.rounded(slope) + " ns"))
        .ifPresent(parts::add);
    ends(experiment).stream()
        .filter(one -> !one.arm().equals(HS256))
        .map(
            one ->
                outcome(
                    one.arm() + " the same at every size within a tenth",
                    one.factor() <= THE_SAME && one.factor() >= 1 / THE_SAME,
                    "× " + Numbers.rounded(one.factor())))
        .forEach(parts::add);
    return parts.isEmpty() ? "" : String.join("; ", parts) + ".";
  }

  private static String outcome(String predicted, boolean cameTrue, String measured) {
    return "%s: %s (%s)"
        .formatted(predicted, cameTrue ? "came true" : "did not come true", measured);
  }

  private static Optional<Double> fit(Experiment experiment, String metric) {
    return experiment.value(HS256, FIT, metric);
  }

  /** Of each algorithm; not of floors. */
  private static List<Ends> ends(Experiment experiment) {
    List<Ends> ends = new ArrayList<>();
    for (String arm :
        experiment.arms().stream()
            .map(ArmResult::name)
            .filter(name -> name.startsWith("jwt-") && !PeerArm.isPeer(name))
            .distinct()
            .toList()) {
      List<ArmResult> timed =
          experiment.arms().stream()
              .filter(one -> one.name().equals(arm))
              .filter(one -> one.params().containsKey(TokenSizeCost.BYTES))
              .filter(one -> one.metric("cpu").map(Metric::value).isPresent())
              .toList();
      if (timed.size() > 1) {
        ends.add(between(timed.get(0), timed.get(timed.size() - 1)));
      }
    }
    return ends;
  }

  private static Ends between(ArmResult first, ArmResult last) {
    return new Ends(
        first.name(),
        first.params().getOrDefault(TokenSizeCost.BYTES, "0"),
        first.value("cpu").orElseThrow(),
        last.params().getOrDefault(TokenSizeCost.BYTES, "0"),
        last.value("cpu").orElseThrow());
  }
}
