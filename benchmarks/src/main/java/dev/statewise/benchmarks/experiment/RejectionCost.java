package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Experiment E4: what it costs to refuse, and what it costs to have something refused. */
public final class RejectionCost {

  /** The param that says how a credential is bad, or {@code valid}. */
  public static final String CASE = "case";

  /** The param that says what a bad one is refused for. */
  public static final String REFUSED_AS = "refusedAs";

  private final Measurements measurements;
  private final Bootstrap bootstrap;

  public RejectionCost(Measurements measurements, Bootstrap bootstrap) {
    this.measurements = measurements;
    this.bootstrap = bootstrap;
  }

  /**
   * Every arm that is shown bad credentials, the good one first.
   *
   * @param absence why an arm was not timed
   */
  public List<ArmResult> results(List<Arm> arms, Function<Arm, Optional<String>> absence) {
    List<ArmResult> results = new ArrayList<>();
    for (Arm arm : arms) {
      List<BadCredential> shown = BadCredential.of(arm.name());
      if (!shown.isEmpty()) {
        Optional<String> why = absence.apply(arm);
        results.add(
            new ArmResult(
                arm.name(),
                Map.of(CASE, RejectionTasks.VALID),
                common(arm, RejectionTasks.VALID, why)));
        shown.forEach(bad -> results.add(result(arm, bad, why)));
      }
    }
    return results;
  }

  private ArmResult result(Arm arm, BadCredential bad, Optional<String> absence) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(CASE, bad.toString());
    params.put(REFUSED_AS, bad.reason().name());
    Optional<String> why = absence.or(() -> failed(arm, bad));
    String making = RejectionTasks.operation(arm.name(), bad);
    List<Metric> metrics = new ArrayList<>(common(arm, bad.toString(), why));
    metrics.add(
        ratio("ratioToValid", why, arm.name(), bad.toString(), arm.name(), RejectionTasks.VALID));
    metrics.add(metric("attackerCpu", "ns/op", RejectionTasks.ATTACKER, making, Slice::cpu, why));
    metrics.add(
        ratio("amplification", why, arm.name(), bad.toString(), RejectionTasks.ATTACKER, making));
    return new ArmResult(arm.name(), params, metrics);
  }

  private Optional<String> failed(Arm arm, BadCredential bad) {
    return measurements.gate().stream()
        .filter(outcome -> !outcome.passed() && outcome.arm().equals(arm.name()))
        .filter(outcome -> outcome.question().endsWith(" " + bad))
        .findFirst()
        .map(outcome -> "it was not refused as it must be: " + outcome.seen());
  }

  private List<Metric> common(Arm arm, String operation, Optional<String> absence) {
    Optional<String> server = ValidationCost.serverless(arm).or(() -> absence);
    return List.of(
        metric("cpu", "ns/op", arm.name(), operation, Slice::cpu, absence),
        metric("alloc", "B/op", arm.name(), operation, Slice::alloc, absence),
        metric("serverCpu", "ns/op", arm.name(), operation, Slice::serverCpu, server));
  }

  private Metric metric(
      String name,
      String unit,
      String arm,
      String operation,
      ToDoubleFunction<Slice> value,
      Optional<String> absence) {
    List<double[]> samples = measurements.samples(arm, operation, value);
    return absence.isPresent() || samples.isEmpty()
        ? Metric.absent(
            name, unit, Evidence.CPU, absence.orElse("not measured before the run ended"))
        : Metric.estimated(name, unit, Evidence.CPU, bootstrap.median(samples));
  }

  private Metric ratio(
      String name,
      Optional<String> absence,
      String arm,
      String operation,
      String to,
      String toOperation) {
    List<double[]> ratios =
        measurements.ratios(arm, to, operation, toOperation, RejectionCost::withServer);
    return absence.isPresent() || ratios.stream().allMatch(group -> group.length == 0)
        ? Metric.absent(
            name, "ratio", Evidence.PAIRED, absence.orElse("not measured before the run ended"))
        : Metric.estimated(name, "ratio", Evidence.PAIRED, bootstrap.median(ratios));
  }

  /** What the whole server side spends on one, the store included. */
  private static double withServer(Slice slice) {
    return slice.cpu() + (Double.isNaN(slice.serverCpu()) ? 0 : slice.serverCpu());
  }
}
