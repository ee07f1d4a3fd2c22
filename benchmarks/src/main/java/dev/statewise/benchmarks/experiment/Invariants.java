package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Fact;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Invariant.Outcome;
import dev.statewise.benchmarks.run.Invariant.Stamp;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The checks that a run must stand before its numbers are worth reading. */
public final class Invariants {

  /**
   * What there is to check.
   *
   * @param timesReadable whether the tier is long enough for times
   * @param interrupted whether the run was ended before its time
   * @param refusals what E4 measured, and was answered at its gate
   * @param others what the other timed experiments measured
   * @param storeFindings what E6 found amiss; empty if it was not run
   * @param sizeFindings what E8 found amiss; empty if it was not run
   * @param promiseFindings where E27 or E29 saw what guarantees do not say; empty if neither was
   *     run
   */
  public record Evidence(
      boolean timesReadable,
      boolean interrupted,
      Measurements measurements,
      Measurements refusals,
      List<Measurements> others,
      Run.Noise noise,
      List<GateOutcome> gate,
      Optional<List<String>> storeFindings,
      Optional<List<String>> sizeFindings,
      Optional<List<String>> promiseFindings,
      List<Experiment> experiments,
      Map<String, Fact> env) {}

  private static final Set<String> ABOUT_NOISE = Set.of("I3", "I4", "I10");
  private static final String NOT_TIMED = "no times were measured that may be read";

  private final Evidence evidence;

  private Invariants(Evidence evidence) {
    this.evidence = evidence;
  }

  /** All of them, in the order of their numbers. */
  public static List<Invariant> judge(Evidence evidence) {
    Invariants invariants = new Invariants(evidence);
    return List.of(
        invariants.supersets(),
        notApplicable(
            "I2",
            "Little's law holds in closed runs",
            "no experiment here runs a closed loop of users"),
        invariants.duplicate(),
        invariants.canary(),
        invariants.gate(),
        invariants.commands(),
        invariants.sizes(),
        notApplicable(
            "I8", "Percentiles are in order and have enough samples", "no percentile is reported"),
        invariants.errors(),
        invariants.order(),
        invariants.payloads(),
        new Invariant(
            "I12",
            "Numbers in prose come from this file",
            Stamp.INVALID,
            Outcome.HOLDS,
            "every sentence with a result is built from the values by code; no text holds one"),
        notApplicable(
            "I13",
            "The load generator was never blocked",
            "no experiment here generates load at a rate"),
        invariants.environment(),
        invariants.refusals(),
        States.invariant(
            evidence.experiments().stream()
                .filter(experiment -> experiment.id().equals(Question.E26.name()))
                .findFirst(),
            evidence.timesReadable()),
        invariants.promises());
  }

  private Invariant supersets() {
    List<String> cheaper = new ArrayList<>();
    int pairs = 0;
    for (Experiment experiment : evidence.experiments()) {
      for (ArmResult arm : experiment.arms()) {
        for (String name : List.of("ratioToFloor", "ratioToSubset")) {
          Optional<Metric> ratio = arm.metric(name).filter(metric -> metric.value() != null);
          pairs += ratio.isPresent() ? 1 : 0;
          ratio
              .filter(metric -> metric.hi() != null && metric.hi() < 1 - NoiseFloor.EQUIVALENCE)
              .ifPresent(
                  metric ->
                      cheaper.add(
                          "%s %s: %s %s"
                              .formatted(
                                  arm.name(),
                                  String.join(", ", arm.params().values()),
                                  name,
                                  Numbers.withInterval(metric))));
        }
      }
    }
    String rule =
        "Who does more work is not cheaper (CPU, declared pairs) by more than %s %%"
            .formatted(Numbers.exact(NoiseFloor.EQUIVALENCE * 100));
    if (!evidence.timesReadable() || pairs == 0) {
      return notApplicable("I1", rule, NOT_TIMED);
    }
    return verdict("I1", rule, Stamp.INVALID, cheaper, pairs + " pairs compared");
  }

  private Invariant duplicate() {
    String rule =
        "An arm and its duplicate cost the same: the interval of their ratio reaches 1 within %s %%"
            .formatted(Numbers.exact(NoiseFloor.EQUIVALENCE * 100));
    Metric aa = evidence.noise().aa();
    if (!evidence.timesReadable() || aa.value() == null) {
      return notApplicable("I3", rule, NOT_TIMED);
    }
    return new Invariant(
        "I3",
        rule,
        Stamp.NOISY,
        Verdicts.isSame(aa) ? Outcome.HOLDS : Outcome.BROKEN,
        "ratio " + Numbers.withInterval(aa));
  }

  private Invariant canary() {
    String rule =
        "The canary's CPU time drifts by at most %s %% within a JVM"
            .formatted(Numbers.exact(NoiseFloor.MOST_DRIFT * 100));
    Metric drift = evidence.noise().canaryDrift();
    if (!evidence.timesReadable() || drift.value() == null) {
      return notApplicable("I4", rule, NOT_TIMED);
    }
    return new Invariant(
        "I4",
        rule,
        Stamp.NOISY,
        drift.value() <= NoiseFloor.MOST_DRIFT ? Outcome.HOLDS : Outcome.BROKEN,
        "drift %s %%".formatted(Numbers.rounded(drift.value() * 100)));
  }

  private Invariant gate() {
    List<GateOutcome> arms =
        evidence.gate().stream().filter(outcome -> !PeerArm.isPeer(outcome.arm())).toList();
    List<String> failed =
        arms.stream()
            .filter(outcome -> !outcome.passed())
            .map(
                outcome ->
                    "%s: %s, expected %s, seen %s"
                        .formatted(
                            outcome.arm(), outcome.question(), outcome.expected(), outcome.seen()))
            .distinct()
            .toList();
    String rule =
        "Every arm accepts what is valid and refuses what its guarantees say it refuses: tampered and expired always, ended at once or, where its ending admits a delay, at that bound in spite of renewals";
    if (arms.isEmpty()) {
      return notApplicable("I5", rule, "no arm was built");
    }
    return verdict(
        "I5",
        rule,
        Stamp.INVALID,
        failed,
        arms.size() + " questions answered as expected" + admissions());
  }

  /** The arms that passed by saying that they do not refuse at once. */
  private String admissions() {
    List<String> arms =
        evidence.gate().stream()
            .filter(outcome -> !outcome.does() && !PeerArm.isPeer(outcome.arm()))
            .map(GateOutcome::arm)
            .distinct()
            .toList();
    return arms.isEmpty()
        ? ""
        : "; what was ended is accepted until its bound, as they admit, by "
            + String.join(", ", arms);
  }

  private Invariant commands() {
    String rule = "Commands on the socket, the server's own count and the declared budget agree";
    return evidence
        .storeFindings()
        .map(
            findings ->
                verdict("I6", rule, Stamp.INVALID, findings, "every operation of every arm agrees"))
        .orElseGet(() -> notApplicable("I6", rule, "nothing was counted on a server"));
  }

  private Invariant sizes() {
    String rule = "Bytes that arrived equal what arithmetic says of ids, tokens and header lines";
    return evidence
        .sizeFindings()
        .map(findings -> verdict("I7", rule, Stamp.INVALID, findings, "every size agrees"))
        .orElseGet(() -> notApplicable("I7", rule, "no request was sent"));
  }

  private Invariant promises() {
    String rule = "In races, and as its sessions idle, every arm does what its guarantees say";
    return evidence
        .promiseFindings()
        .map(findings -> verdict("I17", rule, Stamp.INVALID, findings, "no worse, and no better"))
        .orElseGet(() -> notApplicable("I17", rule, "no arm of ours was raced"));
  }

  private Invariant errors() {
    String rule = "Every timed operation gave the expected answer, and every JVM came to its end";
    List<Measurements> timed = new ArrayList<>(evidence.others());
    timed.add(evidence.measurements());
    List<String> failures = timed.stream().flatMap(one -> one.failures().stream()).toList();
    if (timed.stream().allMatch(Measurements::isEmpty) && failures.isEmpty()) {
      return notApplicable("I9", rule, "nothing was timed");
    }
    long operations =
        timed.stream()
            .flatMap(one -> one.slices().stream())
            .mapToLong(slice -> slice.operations())
            .sum();
    List<String> findings = new ArrayList<>(failures);
    timed.forEach(
        one ->
            errors(one).forEach((task, count) -> findings.add(task + ": " + count + " did not")));
    if (evidence.interrupted() && findings.isEmpty()) {
      return notApplicable(
          "I9",
          rule,
          "the run was interrupted; until then none of %s went wrong"
              .formatted(Numbers.exact(operations)));
    }
    return verdict(
        "I9", rule, Stamp.INVALID, findings, "all of %s".formatted(Numbers.exact(operations)));
  }

  private Invariant order() {
    String rule = "The place in a round has no effect on the cost (Spearman, Holm-corrected)";
    Metric effect = evidence.noise().orderEffect();
    if (!evidence.timesReadable() || effect.value() == null) {
      return notApplicable("I10", rule, NOT_TIMED);
    }
    return new Invariant(
        "I10",
        rule,
        Stamp.NOISY,
        effect.value() > NoiseFloor.SIGNIFICANCE ? Outcome.HOLDS : Outcome.BROKEN,
        "probability by chance " + Numbers.rounded(effect.value()));
  }

  private Invariant payloads() {
    String rule = "All arms carry the same state";
    var byPayload = evidence.measurements().armsByPayload();
    if (byPayload.isEmpty()) {
      return notApplicable("I11", rule, "nothing was timed");
    }
    return new Invariant(
        "I11",
        rule,
        Stamp.INVALID,
        byPayload.size() == 1 ? Outcome.HOLDS : Outcome.BROKEN,
        byPayload.size() == 1
            ? "one state in " + byPayload.values().iterator().next().size() + " arms"
            : byPayload.values().stream()
                .map(arms -> String.join(", ", arms))
                .collect(Collectors.joining("; other state: ")));
  }

  private Invariant environment() {
    List<String> bare =
        evidence.env().entrySet().stream()
            .filter(fact -> fact.getValue().text().isBlank())
            .map(Map.Entry::getKey)
            .toList();
    List<String> missing = new ArrayList<>(bare);
    for (String required : Environment.REQUIRED) {
      if (!evidence.env().containsKey(required)) {
        missing.add(required);
      }
    }
    return verdict(
        "I14",
        "The environment is complete: every fact is known, or why it is not",
        Stamp.INVALID,
        missing,
        evidence.env().size() + " facts");
  }

  /** What is refused for another reason would be measured on another path. */
  private Invariant refusals() {
    String rule =
        "Every bad credential of E4 was refused, each time and for the reason that its case has";
    Measurements refusals = evidence.refusals();
    if (refusals.gate().isEmpty() && refusals.failures().isEmpty()) {
      return notApplicable("I15", rule, "no bad credential was shown");
    }
    List<String> findings = new ArrayList<>(refusals.failures());
    refusals.gate().stream()
        .filter(outcome -> !outcome.passed())
        .map(outcome -> "%s %s: %s".formatted(outcome.arm(), outcome.question(), outcome.seen()))
        .distinct()
        .forEach(findings::add);
    errors(refusals).forEach((task, count) -> findings.add(task + ": " + count + " were not"));
    if (evidence.interrupted() && findings.isEmpty()) {
      return notApplicable("I15", rule, "the run was interrupted; until then none was not");
    }
    return verdict(
        "I15",
        rule,
        Stamp.INVALID,
        findings,
        refusals.gate().stream().map(one -> one.arm() + one.question()).distinct().count()
            + " cases");
  }

  private static Map<String, Integer> errors(Measurements measurements) {
    return measurements.slices().stream()
        .filter(slice -> slice.errors() > 0)
        .collect(
            Collectors.groupingBy(
                slice -> slice.arm() + " " + slice.operation(),
                java.util.TreeMap::new,
                Collectors.summingInt(slice -> slice.errors())));
  }

  private static Invariant verdict(
      String id, String rule, Stamp stamp, List<String> findings, String otherwise) {
    return findings.isEmpty()
        ? new Invariant(id, rule, stamp, Outcome.HOLDS, otherwise)
        : new Invariant(id, rule, stamp, Outcome.BROKEN, String.join("; ", findings));
  }

  private static Invariant notApplicable(String id, String rule, String why) {
    Stamp stamp = ABOUT_NOISE.contains(id) ? Stamp.NOISY : Stamp.INVALID;
    return new Invariant(id, rule, stamp, Outcome.NOT_APPLICABLE, why);
  }
}
