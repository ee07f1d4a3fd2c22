package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.experiment.Finding;
import dev.statewise.benchmarks.experiment.Rules;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules by which E7's verdict follows from its values. */
public final class AllocationRules implements Rules {

  /** "About" is within this factor, either way. */
  private static final double ABOUT = 2;

  private static final double KIBIBYTE = 1_024;
  private static final double MOST_OF_HS256 = 3 * KIBIBYTE;
  private static final double LEAST_OF_ASYMMETRIC = 10 * KIBIBYTE;
  private static final double MEMORY_OF_TOKEN = 0.1;
  private static final String HS256 = "jwt-hs256";
  private static final List<String> STORES = List.of("memory", "redis");
  private static final List<String> ASYMMETRIC = List.of("jwt-rs256", "jwt-es256", "jwt-ed25519");
  private static final Map<String, String> VALIDATE = Map.of(Allocation.OPERATION, "validate");

  /**
   * Holds if every token allocates more than every store does; does not if every store allocates as
   * much as the thriftiest token; else in part.
   */
  @Override
  public Finding verdict(Experiment experiment) {
    List<String> tokens =
        measured(experiment, Stream.concat(Stream.of(HS256), ASYMMETRIC.stream()));
    List<String> stores = measured(experiment, STORES.stream());
    if (tokens.isEmpty() || stores.isEmpty()) {
      return Finding.untestable("It takes a token and a store, and this run has not timed both.");
    }
    double least =
        tokens.stream()
            .mapToDouble(arm -> bytes(experiment, arm).orElseThrow())
            .min()
            .orElseThrow();
    List<String> more =
        stores.stream().filter(arm -> bytes(experiment, arm).orElseThrow() >= least).toList();
    Verdict verdict =
        more.isEmpty()
            ? Verdict.HOLDS
            : more.size() == stores.size() ? Verdict.DOES_NOT_HOLD : Verdict.HOLDS_WHEN;
    String sentence =
        "A validation allocates "
            + Stream.concat(stores.stream(), tokens.stream())
                .map(arm -> told(experiment, arm))
                .collect(Collectors.joining(", "))
            + ".";
    return new Finding(
        verdict,
        verdict == Verdict.HOLDS_WHEN
            ? sentence
                + " A store allocates as much as the thriftiest token only when it is "
                + String.join(", ", more)
                + "."
            : sentence);
  }

  private static String told(Experiment experiment, String arm) {
    String share =
        experiment
            .value(arm, VALIDATE, Allocation.COLLECTOR_SHARE)
            .map(part -> " (collecting is %s %% of its CPU)".formatted(Numbers.rounded(part * 100)))
            .orElse("");
    return "%s B in %s%s"
        .formatted(Numbers.rounded(bytes(experiment, arm).orElseThrow()), arm, share);
  }

  @Override
  public String predictions(Experiment experiment) {
    List<String> parts = new ArrayList<>();
    Optional<Double> hs256 = bytes(experiment, HS256);
    hs256.ifPresent(
        bytes -> parts.add(outcome("HS256 at most 3 KB", bytes <= MOST_OF_HS256, bytes)));
    hs256.ifPresent(
        token -> {
          bytes(experiment, "memory")
              .ifPresent(
                  bytes ->
                      parts.add(
                          outcome("memory a tenth", bytes <= MEMORY_OF_TOKEN * token, bytes)));
          bytes(experiment, "redis")
              .ifPresent(
                  bytes ->
                      parts.add(
                          outcome(
                              "Redis about as much",
                              bytes <= ABOUT * token && bytes >= token / ABOUT,
                              bytes)));
        });
    for (String arm : ASYMMETRIC) {
      bytes(experiment, arm)
          .ifPresent(
              bytes ->
                  parts.add(outcome(arm + " tens of KB", bytes >= LEAST_OF_ASYMMETRIC, bytes)));
    }
    return parts.isEmpty()
        ? ""
        : String.join("; ", parts)
            + ". About is within a factor of %s.".formatted(Numbers.exact(ABOUT));
  }

  private static String outcome(String predicted, boolean cameTrue, double bytes) {
    return "%s: %s (%s B)"
        .formatted(predicted, cameTrue ? "came true" : "did not come true", Numbers.rounded(bytes));
  }

  private static List<String> measured(Experiment experiment, Stream<String> arms) {
    return arms.filter(arm -> bytes(experiment, arm).isPresent()).toList();
  }

  private static Optional<Double> bytes(Experiment experiment, String arm) {
    return experiment.value(arm, VALIDATE, Allocation.ALLOCATED);
  }
}
