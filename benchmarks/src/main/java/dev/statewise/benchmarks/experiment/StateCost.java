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
import java.util.stream.Stream;

/** Experiment E26: what it costs to read state, and to change one attribute of it, by its size. */
public final class StateCost {

  /** The param that says how large the state is. */
  public static final String SIZE = "size";

  /** The param that says what is done. */
  public static final String OPERATION = "operation";

  static final String NOT_MEASURED = "not measured before the run ended";

  private final Measurements measurements;
  private final List<ArmResult> counted;
  private final Bootstrap bootstrap;

  /**
   * @param measurements what was timed
   * @param counted what {@link StateTraffic} counted; nothing if that came to nothing
   */
  public StateCost(Measurements measurements, List<ArmResult> counted, Bootstrap bootstrap) {
    this.measurements = measurements;
    this.counted = counted;
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
          results.add(result(arm, operation, size, absence.apply(arm)));
        }
      }
    }
    return results;
  }

  private ArmResult result(
      Arm arm, StateOperation operation, StateSize size, Optional<String> absent) {
    Map<String, String> params = params(operation, size);
    List<Metric> traffic =
        counted.stream()
            .filter(one -> one.name().equals(arm.name()) && one.has(params))
            .findFirst()
            .map(ArmResult::metrics)
            .orElseGet(() -> uncounted(NOT_MEASURED));
    // What a store does not take it does not take from a stopwatch either.
    Optional<String> absence =
        absent.or(() -> traffic.stream().flatMap(StateCost::reason).findFirst());
    String timed = operation.of(size);
    Optional<String> server = ValidationCost.serverless(arm).or(() -> absence);
    List<Metric> metrics = new ArrayList<>();
    metrics.add(metric("cpu", "ns/op", Evidence.CPU, arm, timed, Slice::cpu, absence));
    metrics.add(metric("serverCpu", "ns/op", Evidence.CPU, arm, timed, Slice::serverCpu, server));
    metrics.add(metric("wall", "ns/op", Evidence.WALL, arm, timed, Slice::wall, absence));
    metrics.add(metric("alloc", "B/op", Evidence.CPU, arm, timed, Slice::alloc, absence));
    metrics.addAll(traffic);
    return new ArmResult(arm.name(), params, metrics);
  }

  private static Stream<String> reason(Metric metric) {
    return metric.reason() == null || metric.reason().equals(NOT_MEASURED)
        ? Stream.empty()
        : Stream.of(metric.reason());
  }

  static Map<String, String> params(StateOperation operation, StateSize size) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(OPERATION, operation.toString());
    params.put(SIZE, size.toString());
    return params;
  }

  /** What stands where nothing was counted. */
  static List<Metric> uncounted(String why) {
    return List.of(
        Metric.absent("bytesToStore", "B", Evidence.COUNT, why),
        Metric.absent("bytesFromStore", "B", Evidence.COUNT, why),
        Metric.absent("roundTrips", "round trips", Evidence.COUNT, why));
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
        ? Metric.absent(name, unit, evidence, absence.orElse(NOT_MEASURED))
        : Metric.estimated(name, unit, evidence, bootstrap.median(samples));
  }
}
