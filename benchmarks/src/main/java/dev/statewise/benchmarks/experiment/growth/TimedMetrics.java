package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.experiment.Measurements;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Makes metrics of slices; one without slices gets its reason. */
final class TimedMetrics {

  static final String NOT_MEASURED = "not measured before the run ended";

  private final Measurements measurements;
  private final Bootstrap bootstrap;

  TimedMetrics(Measurements measurements, Bootstrap bootstrap) {
    this.measurements = measurements;
    this.bootstrap = bootstrap;
  }

  Metric cpu(String arm, String operation, Optional<String> absence) {
    return metric("cpu", "ns/op", arm, operation, Slice::cpu, absence);
  }

  Metric alloc(String arm, String operation, Optional<String> absence) {
    return metric("alloc", "B/op", arm, operation, Slice::alloc, absence);
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
        ? Metric.absent(name, unit, Evidence.CPU, absence.orElse(NOT_MEASURED))
        : Metric.estimated(name, unit, Evidence.CPU, bootstrap.median(samples));
  }

  /** Of CPU time within a round. */
  Metric ratio(
      String name,
      String arm,
      String operation,
      String to,
      String toOperation,
      Optional<String> absence) {
    List<double[]> ratios = measurements.ratios(arm, to, operation, toOperation);
    return absence.isPresent() || ratios.stream().allMatch(group -> group.length == 0)
        ? Metric.absent(
            name, "ratio", Evidence.PAIRED, absence.orElse("not measured together with " + to))
        : Metric.estimated(name, "ratio", Evidence.PAIRED, bootstrap.median(ratios));
  }
}
