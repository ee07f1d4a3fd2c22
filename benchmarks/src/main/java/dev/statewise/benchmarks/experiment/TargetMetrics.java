package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What a run has that targets are held against: counts of its experiments, and ratios from the
 * slices of E1, of the same round each. What it has not is absent, with the reason.
 */
final class TargetMetrics {

  private static final String VALIDATE = Operation.VALIDATE.toString();

  private final List<Experiment> experiments;
  private final Measurements measurements;
  private final Bootstrap bootstrap;
  private final boolean timesReadable;
  private final BestPeers peers;

  TargetMetrics(
      List<Experiment> experiments,
      Measurements measurements,
      Bootstrap bootstrap,
      boolean timesReadable) {
    this.experiments = experiments;
    this.measurements = measurements;
    this.bootstrap = bootstrap;
    this.timesReadable = timesReadable;
    this.peers = new BestPeers(experiments, measurements, bootstrap, timesReadable);
  }

  BestPeers peers() {
    return peers;
  }

  boolean timesReadable() {
    return timesReadable;
  }

  /** What was counted, or weighed, of an arm. */
  Metric counted(
      Question question, String arm, Map<String, String> params, String metric, String unit) {
    return found(question, arm, params, metric)
        .orElseGet(() -> Metric.absent(metric, unit, Evidence.COUNT, "not counted"));
  }

  /** A ratio that an experiment's own results have, of its own JVMs. */
  Metric ofExperiment(Question question, String arm, Map<String, String> params, String metric) {
    return found(question, arm, params, metric)
        .filter(found -> timesReadable)
        .orElseGet(() -> Metric.absent(metric, "ratio", Evidence.PAIRED, whyNot()));
  }

  private Optional<Metric> found(
      Question question, String arm, Map<String, String> params, String metric) {
    return experiments.stream()
        .filter(experiment -> experiment.id().equals(question.name()))
        .flatMap(experiment -> experiment.arms().stream())
        .filter(one -> one.name().equals(arm) && one.has(params))
        .flatMap(one -> one.metric(metric).stream())
        .findFirst();
  }

  /** What one validation costs, and not what it costs beside another. */
  Metric each(String arm, String metric, String unit) {
    List<double[]> samples =
        measurements.samples(arm, VALIDATE, metric.equals("alloc") ? Slice::alloc : Slice::cpu);
    return !timesReadable || samples.isEmpty()
        ? Metric.absent(metric, unit + "/op", Evidence.CPU, whyNot())
        : Metric.estimated(metric, unit + "/op", Evidence.CPU, bootstrap.median(samples));
  }

  /** Of CPU time. What a peer that asks a server does on threads of its own is a part of it. */
  Metric cpuRatio(String arm, String to, String operation) {
    boolean elsewhere = PeerArm.isPeer(arm) && peers.asksServer(arm);
    return ratio(
        "cpuRatio",
        arm,
        to,
        operation,
        Evidence.PAIRED,
        elsewhere ? Slice::processCpu : Slice::cpu);
  }

  Metric elapsedRatio(String arm, String to, String operation) {
    return ratio("elapsedRatio", arm, to, operation, Evidence.WALL, Slice::wall);
  }

  private Metric ratio(
      String name,
      String arm,
      String to,
      String operation,
      Evidence evidence,
      ToDoubleFunction<Slice> value) {
    List<double[]> ratios = measurements.ratios(arm, to, operation, operation, value);
    if (!timesReadable || ratios.stream().allMatch(group -> group.length == 0)) {
      return Metric.absent(name, "ratio", evidence, whyNot());
    }
    return Metric.estimated(name, "ratio", evidence, bootstrap.median(ratios));
  }

  /** The peer that costs least, by the median of this run; of those that sign tokens. */
  Optional<String> bestOfTokens(String operation) {
    return measurements.arms(Issuing.ISSUE).stream()
        .filter(PeerArm::isPeer)
        .filter(peer -> timesReadable && median(peer, operation) > 0)
        .min(Comparator.comparingDouble(peer -> median(peer, operation)));
  }

  double median(String arm, String operation) {
    double[] all =
        measurements.samples(arm, operation, Slice::cpu).stream()
            .flatMapToDouble(DoubleStream::of)
            .toArray();
    return all.length == 0 ? 0 : Bootstrap.medianOf(all);
  }

  private String whyNot() {
    return timesReadable ? "not timed side by side" : "the tier is too short for times";
  }
}
