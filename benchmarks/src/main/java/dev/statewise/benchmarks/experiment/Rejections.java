package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules by which E4's verdict, and what became of its hypothesis, follow from its values. */
public final class Rejections implements Rules {

  /** "Next to nothing" is at most this part of what a good credential costs. */
  private static final double NEXT_TO_NOTHING = 0.5;

  /** "As much" is within this factor, either way. */
  private static final double AS_MUCH = 1.5;

  private static final double MICROSECOND = 1_000;

  /**
   * Holds if every bad credential costs at most half of a good one; does not if each costs more;
   * else in part.
   */
  @Override
  public Finding verdict(Experiment experiment) {
    List<ArmResult> bad =
        experiment.arms().stream().filter(arm -> arm.value("ratioToValid").isPresent()).toList();
    if (bad.isEmpty()) {
      return Finding.untestable("Nothing was refused and timed.");
    }
    List<ArmResult> dear =
        bad.stream()
            .filter(arm -> arm.value("ratioToValid").orElseThrow() > NEXT_TO_NOTHING)
            .toList();
    String sentence =
        "Of %d bad credentials %d cost more than half of what a good one of the same arm costs%s.%s"
            .formatted(
                bad.size(),
                dear.size(),
                dear.isEmpty() ? "" : ": " + names(dear),
                mostAmplified(bad));
    Verdict verdict =
        dear.isEmpty()
            ? Verdict.HOLDS
            : dear.size() == bad.size() ? Verdict.DOES_NOT_HOLD : Verdict.HOLDS_WHEN;
    return new Finding(verdict, sentence);
  }

  /** Each part of the hypothesis, with the number that was measured. */
  @Override
  public String predictions(Experiment experiment) {
    return Stream.of(
                ratio(
                    experiment,
                    "HS256's bad signature as much as a good one",
                    "jwt-hs256",
                    BadCredential.BAD_SIGNATURE),
                ratio(
                    experiment,
                    "ES256's bad signature as much as a good one",
                    "jwt-es256",
                    BadCredential.BAD_SIGNATURE),
                micros(
                    experiment,
                    "a malformed id within a microsecond",
                    "memory",
                    BadCredential.MALFORMED),
                micros(
                    experiment,
                    "a malformed token within a microsecond",
                    "jwt-hs256",
                    BadCredential.MALFORMED),
                micros(
                    experiment, "50 MB within a microsecond", "jwt-hs256", BadCredential.OVERSIZE),
                ratio(
                    experiment,
                    "a random id as much as a good one in Redis",
                    "redis",
                    BadCredential.RANDOM_ID))
            .collect(Collectors.joining("; "))
        + ". As much is within a factor of %s.".formatted(Numbers.exact(AS_MUCH));
  }

  private static String ratio(
      Experiment experiment, String predicted, String arm, BadCredential bad) {
    return value(experiment, arm, bad, "ratioToValid")
        .map(
            ratio ->
                outcome(predicted, ratio <= AS_MUCH && ratio >= 1 / AS_MUCH)
                    + " (× %s)".formatted(Numbers.rounded(ratio)))
        .orElse(predicted + ": not measured");
  }

  private static String micros(
      Experiment experiment, String predicted, String arm, BadCredential bad) {
    return value(experiment, arm, bad, "cpu")
        .map(
            cpu ->
                outcome(predicted, cpu <= MICROSECOND) + " (%s ns)".formatted(Numbers.rounded(cpu)))
        .orElse(predicted + ": not measured");
  }

  private static String outcome(String predicted, boolean cameTrue) {
    return predicted + ": " + (cameTrue ? "came true" : "did not come true");
  }

  private static Optional<Double> value(
      Experiment experiment, String arm, BadCredential bad, String metric) {
    return experiment.value(arm, Map.of(RejectionCost.CASE, bad.toString()), metric);
  }

  private static String mostAmplified(List<ArmResult> bad) {
    return bad.stream()
        .filter(arm -> arm.value("amplification").isPresent())
        .max(Comparator.comparing(arm -> arm.value("amplification").orElseThrow()))
        .map(
            arm ->
                " The most that an attacker gains is by %s: the server spends %s times what making it takes."
                    .formatted(
                        name(arm), Numbers.rounded(arm.value("amplification").orElseThrow())))
        .orElse("");
  }

  private static String names(List<ArmResult> arms) {
    return arms.stream()
        .collect(
            Collectors.groupingBy(
                ArmResult::name,
                java.util.LinkedHashMap::new,
                Collectors.mapping(Rejections::caseOf, Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(arm -> "%s (%s)".formatted(arm.getKey(), arm.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String name(ArmResult arm) {
    return "%s (%s)".formatted(arm.name(), caseOf(arm));
  }

  private static String caseOf(ArmResult arm) {
    return arm.params().getOrDefault(RejectionCost.CASE, "");
  }
}
