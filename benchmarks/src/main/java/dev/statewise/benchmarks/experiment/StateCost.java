package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
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

/** Experiment E26: what it costs to read state, and to change one attribute of it, by its size. */
public final class StateCost {

  /** The param that says how large the state is. */
  public static final String SIZE = "size";

  /** The param that says what is done. */
  public static final String OPERATION = "operation";

  private final Measurements measurements;
  private final StateTraffic traffic;
  private final Bootstrap bootstrap;

  /**
   * @param measurements what was timed
   * @param traffic what was counted
   */
  public StateCost(Measurements measurements, StateTraffic traffic, Bootstrap bootstrap) {
    this.measurements = measurements;
    this.traffic = traffic;
    this.bootstrap = bootstrap;
  }

  /**
   * Every store, by operation and size.
   *
   * @param absence why a store was not measured
   */
  public List<ArmResult> results(
      List<Arm> arms, List<StateSize> sizes, Function<Arm, Optional<String>> absence) {
    List<ArmResult> results = new ArrayList<>();
    for (StateOperation operation : StateOperation.values()) {
      for (Arm arm : Arms.stores(arms)) {
        for (StateSize size : sizes) {
          Optional<String> why = absence.apply(arm).or(() -> traffic.absence(arm, size));
          results.add(result(arm, operation, size, why));
        }
      }
    }
    return results;
  }

  private ArmResult result(
      Arm arm, StateOperation operation, StateSize size, Optional<String> absence) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(OPERATION, operation.toString());
    params.put(SIZE, size.toString());
    String timed = operation.of(size);
    Optional<String> server = ValidationCost.serverless(arm).or(() -> absence);
    List<Metric> metrics = new ArrayList<>();
    metrics.add(metric("cpu", "ns/op", Evidence.CPU, arm, timed, Slice::cpu, absence));
    metrics.add(metric("serverCpu", "ns/op", Evidence.CPU, arm, timed, Slice::serverCpu, server));
    metrics.add(metric("wall", "ns/op", Evidence.WALL, arm, timed, Slice::wall, absence));
    metrics.add(metric("alloc", "B/op", Evidence.CPU, arm, timed, Slice::alloc, absence));
    metrics.addAll(traffic.metrics(arm, operation, size, absence));
    return new ArmResult(arm.name(), params, metrics);
  }

  private Metric metric(
      String name,
      String unit,
      Evidence evidence,
      Arm arm,
      String operation,
      ToDoubleFunction<Slice> value,
      Optional<String> absence) {
    List<double[]> samples = measurements.samples(arm.name(), operation, value);
    return absence.isPresent() || samples.isEmpty()
        ? Metric.absent(name, unit, evidence, absence.orElse("not measured before the run ended"))
        : Metric.estimated(name, unit, evidence, bootstrap.median(samples));
  }
}
