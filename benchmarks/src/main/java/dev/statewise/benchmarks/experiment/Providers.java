package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules by which E2's verdict, and what became of its hypothesis, follow from its values. */
public final class Providers implements Rules {

  /** "Expensive" is above this: two per cent of a request that takes 5 ms. */
  private static final double EXPENSIVE = 100_000;

  /** What the provider is expected to change ES256 by, at the least. */
  private static final double MUCH = 10;

  /** What another JDK is expected to change it by, at the most. */
  private static final double LITTLE = 2;

  private static final List<String> SYMMETRIC = List.of("HS256", "HS384", "HS512");
  private static final List<String> FIRST = List.of("RS256", "PS256", "ES256", "ED25519");
  private static final Map<String, String> VERIFY = Map.of("operation", ProviderTasks.VERIFY);

  /**
   * Holds if to verify is expensive with each asymmetric algorithm, provider and JDK; does not if
   * it is with none; else it depends on them.
   */
  @Override
  public Finding verdict(Experiment experiment) {
    List<ArmResult> verified =
        experiment.arms().stream()
            .filter(arm -> arm.has(VERIFY) && !SYMMETRIC.contains(arm.name()))
            .filter(arm -> arm.value("cpu").isPresent())
            .toList();
    if (verified.isEmpty()) {
      return Finding.untestable("Nothing was signed and timed.");
    }
    long expensive = verified.stream().filter(arm -> cpu(arm) > EXPENSIVE).count();
    String spans =
        FIRST.stream()
            .flatMap(algorithm -> span(verified, algorithm).stream())
            .collect(Collectors.joining(", "));
    String sentence =
        "Of %d pairs of an asymmetric algorithm and a provider %d verify for more than %s ns of CPU time. By provider and JDK, %s."
            .formatted(verified.size(), expensive, Numbers.exact(EXPENSIVE), spans);
    Verdict verdict =
        expensive == verified.size()
            ? Verdict.HOLDS
            : expensive == 0 ? Verdict.DOES_NOT_HOLD : Verdict.HOLDS_WHEN;
    return new Finding(verdict, sentence);
  }

  /** Each part of the hypothesis, with the factor that was measured. */
  @Override
  public String predictions(Experiment experiment) {
    List<ArmResult> es256 =
        experiment.arms().stream()
            .filter(arm -> arm.name().equals("ES256") && arm.has(VERIFY))
            .filter(arm -> arm.value("cpu").isPresent())
            .toList();
    Optional<Double> byProvider =
        es256.stream().collect(Collectors.groupingBy(arm -> part(arm, 1))).values().stream()
            .flatMap(group -> apart(group).stream())
            .max(Comparator.naturalOrder());
    Optional<Double> byJdk =
        apart(es256.stream().filter(arm -> part(arm, 0).equals("jdk")).toList());
    return Stream.of(
            outcome(
                "On one JDK the provider changes ES256 by more than ten times",
                byProvider,
                byProvider.filter(factor -> factor > MUCH).isPresent()),
            outcome(
                "the JDK changes its own ES256 by less than two times",
                byJdk,
                byJdk.filter(factor -> factor < LITTLE).isPresent()))
        .collect(Collectors.joining("; ", "", "."));
  }

  private static String outcome(String predicted, Optional<Double> factor, boolean cameTrue) {
    return factor
        .map(
            found ->
                "%s: %s (× %s)"
                    .formatted(
                        predicted,
                        cameTrue ? "came true" : "did not come true",
                        Numbers.rounded(found)))
        .orElse(predicted + ": not measured");
  }

  private static Optional<String> span(List<ArmResult> arms, String algorithm) {
    List<Double> costs = new ArrayList<>();
    arms.stream().filter(arm -> arm.name().equals(algorithm)).forEach(arm -> costs.add(cpu(arm)));
    return costs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s takes %s to %s ns"
                .formatted(
                    algorithm,
                    Numbers.rounded(Collections.min(costs)),
                    Numbers.rounded(Collections.max(costs))));
  }

  /** The dearest by the cheapest; empty if there are not two. */
  private static Optional<Double> apart(List<ArmResult> arms) {
    List<Double> costs = arms.stream().map(Providers::cpu).sorted().toList();
    return costs.size() < 2
        ? Optional.empty()
        : Optional.of(costs.get(costs.size() - 1) / costs.get(0));
  }

  /** The provider (0) or the JDK (1). */
  private static String part(ArmResult arm, int which) {
    return arm.params().getOrDefault(ProviderCost.PROVIDER, "@").split("@", -1)[which];
  }

  private static double cpu(ArmResult arm) {
    return arm.value("cpu").orElseThrow();
  }
}
