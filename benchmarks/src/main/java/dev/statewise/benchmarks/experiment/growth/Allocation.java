package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.experiment.Derived;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.experiment.Measured;
import dev.statewise.benchmarks.experiment.Measurements;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Experiment E7: what the operations of E1 allocate, and what collecting it costs.
 *
 * <p>What is allocated is each thread's own count. What collecting costs is known of a whole JVM: a
 * collection comes when so much was allocated, whoever did, and costs what it costs. So a byte is
 * charged the same to whoever allocated it: a formula over what was measured.
 */
public final class Allocation implements Derived {

  /** The param that says what is done. */
  static final String OPERATION = "operation";

  static final String ALLOCATED = "alloc";
  static final String COLLECTOR_CPU = "collectorCpu";
  static final String COLLECTOR_SHARE = "collectorShare";

  private static final String VALIDATE = "validate";
  private static final List<String> OPERATIONS = List.of(VALIDATE, "validate-touch", "issue");

  @Override
  public Question from() {
    return Question.E1;
  }

  @Override
  public List<ArmResult> results(Measured measured, Lab lab, Bootstrap bootstrap) {
    Measurements measurements = measured.own();
    Map<String, Optional<String>> absences = absences(lab);
    List<ArmResult> results = new ArrayList<>();
    for (String operation : OPERATIONS) {
      for (String arm : arms(measurements, absences, operation)) {
        Optional<String> absence = absences.getOrDefault(arm, Optional.empty());
        results.add(result(measurements, bootstrap, arm, operation, absence));
      }
    }
    return results;
  }

  /** In the order of the catalogue, and what stands beside them after. */
  private static List<String> arms(
      Measurements measurements, Map<String, Optional<String>> absences, String operation) {
    List<String> timed = new ArrayList<>(measurements.arms(operation));
    timed.remove(Task.CANARY);
    timed.remove(Arms.AA);
    List<String> arms = new ArrayList<>(absences.keySet());
    if (!operation.equals(VALIDATE)) {
      arms.retainAll(timed);
    }
    timed.removeAll(arms);
    arms.addAll(timed);
    return arms;
  }

  private static Map<String, Optional<String>> absences(Lab lab) {
    Map<String, Optional<String>> absences = new LinkedHashMap<>();
    for (Arm arm : Arms.withVariants(lab.arms())) {
      absences.put(arm.name(), lab.absence().apply(arm));
    }
    for (PeerArm peer : lab.peers()) {
      absences.put(peer.name(), lab.peerAbsence().apply(peer));
    }
    return absences;
  }

  private static ArmResult result(
      Measurements measurements,
      Bootstrap bootstrap,
      String arm,
      String operation,
      Optional<String> absence) {
    ToDoubleFunction<Slice> collecting =
        slice -> slice.alloc() * measurements.collecting(slice.fork());
    Map<String, String> params = new LinkedHashMap<>();
    params.put(OPERATION, operation);
    if (arm.startsWith("floor-")) {
      params.put("kind", "floor, checks nothing");
    }
    Metrics metrics = new Metrics(measurements, bootstrap, arm, operation, absence);
    return new ArmResult(
        arm,
        params,
        List.of(
            metrics.of(ALLOCATED, "B/op", Evidence.CPU, Slice::alloc),
            metrics.of(COLLECTOR_CPU, "ns/op", Evidence.MODEL, collecting),
            metrics.of(
                COLLECTOR_SHARE,
                "share",
                Evidence.MODEL,
                slice -> {
                  double nanos = collecting.applyAsDouble(slice);
                  return nanos / (nanos + slice.cpu());
                })));
  }

  /** Those of one arm and operation. */
  private record Metrics(
      Measurements measurements,
      Bootstrap bootstrap,
      String arm,
      String operation,
      Optional<String> absence) {

    Metric of(String name, String unit, Evidence evidence, ToDoubleFunction<Slice> value) {
      boolean timed = !measurements.samples(arm, operation, Slice::alloc).isEmpty();
      List<double[]> samples = measurements.samples(arm, operation, value);
      return absence.isPresent() || samples.isEmpty()
          ? Metric.absent(name, unit, evidence, absence.orElseGet(() -> why(timed)))
          : Metric.estimated(name, unit, evidence, bootstrap.median(samples));
    }

    private static String why(boolean timed) {
      return timed
          ? "only on Linux is it known what the collector's own thread did"
          : TimedMetrics.NOT_MEASURED;
    }
  }
}
