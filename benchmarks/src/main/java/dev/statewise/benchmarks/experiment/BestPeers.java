package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Target.BestPeer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Who of a run's peers needs least on the path of a target, by what decides it: CPU time, of all
 * threads where a server is asked, or bytes, or a count. Whose path no peer has, has none.
 */
final class BestPeers {

  private static final String NEAR = "peer-jedis-csc";
  private static final String LISTED = "peer-jjwt-exists";
  private static final String VALIDATE = Operation.VALIDATE.toString();
  private static final Map<String, String> WEIGHED = Map.of("kept", "session", "profile", "five");

  private final List<Experiment> experiments;
  private final Measurements measurements;
  private final Bootstrap bootstrap;
  private final boolean timesReadable;

  BestPeers(
      List<Experiment> experiments,
      Measurements measurements,
      Bootstrap bootstrap,
      boolean timesReadable) {
    this.experiments = experiments;
    this.measurements = measurements;
    this.bootstrap = bootstrap;
    this.timesReadable = timesReadable;
  }

  /** The best on that target's path; empty if none was measured. */
  Optional<BestPeer> of(String target) {
    return switch (target) {
      case "T1a", "T1b", "T1c", "T2", "T3a", "T3b", "T3c", "T3d" ->
          timed(this::signsTokens, VALIDATE, "cpu", Slice::cpu);
      case "T1d" -> timed(this::signsTokens, VALIDATE, "alloc", Slice::alloc);
      case "T5a", "T5b", "T5c" -> counted(Question.E5, this::isInMemory, Targets.AMONG, "cpu");
      case "T6a" -> counted(BestPeers::isSessions, Operation.VALIDATE);
      case "T6b", "T6c", "T6d", "T6e", "T6f" ->
          timed(
              peer -> asksServer(peer) && isSessions(peer),
              VALIDATE,
              "processCpu",
              Slice::processCpu);
      case "T7" -> counted(BestPeers::isSessions, Operation.VALIDATE_SAVE);
      case "T8a", "T8b", "T8c" -> timed(NEAR::equals, VALIDATE, "processCpu", Slice::processCpu);
      case "T9" -> counted(LISTED::equals, Operation.VALIDATE);
      case "T9b", "T9c" -> timed(LISTED::equals, VALIDATE, "processCpu", Slice::processCpu);
      case "T10a" -> counted(Question.E28, peer -> true, WEIGHED, "redisBytes");
      case "T10b" -> counted(Question.E28, peer -> true, WEIGHED, "keys");
      case "T10c" -> counted(Question.E28, peer -> true, WEIGHED, "heapBytes");
      case "T12a", "T12b" -> timed(this::signsTokens, Issuing.ISSUE, "cpu", Slice::cpu);
      default -> Optional.empty();
    };
  }

  /** Whether a server was asked around its slices. */
  boolean asksServer(String peer) {
    return !measurements.samples(peer, VALIDATE, Slice::serverCpu).isEmpty();
  }

  private boolean signsTokens(String peer) {
    return measurements.arms(Issuing.ISSUE).contains(peer);
  }

  private boolean isInMemory(String peer) {
    return !signsTokens(peer) && !asksServer(peer);
  }

  /** Whether it keeps sessions on a server, and no copies of them near. */
  private static boolean isSessions(String peer) {
    return !peer.equals(NEAR) && !peer.equals(LISTED);
  }

  private Optional<BestPeer> timed(
      Predicate<String> among, String operation, String metric, ToDoubleFunction<Slice> value) {
    if (!timesReadable) {
      return Optional.empty();
    }
    String unit = metric.equals("alloc") ? "B/op" : "ns/op";
    return measurements.arms(operation).stream()
        .filter(arm -> PeerArm.isPeer(arm) && among.test(arm))
        .filter(arm -> !measurements.samples(arm, operation, value).isEmpty())
        .map(arm -> new BestPeer(arm, estimated(metric, unit, arm, operation, value)))
        .min(Comparator.comparingDouble(BestPeers::value));
  }

  private Metric estimated(
      String metric, String unit, String arm, String operation, ToDoubleFunction<Slice> value) {
    return Metric.estimated(
            metric,
            unit,
            Evidence.CPU,
            bootstrap.median(measurements.samples(arm, operation, value)))
        .withoutSamples();
  }

  private Optional<BestPeer> counted(Predicate<String> among, Operation operation) {
    return counted(Question.E6, among, Map.of("operation", operation.toString()), "roundTrips");
  }

  private Optional<BestPeer> counted(
      Question question, Predicate<String> among, Map<String, String> params, String metric) {
    return experiments.stream()
        .filter(experiment -> experiment.id().equals(question.name()))
        .flatMap(experiment -> experiment.arms().stream())
        .filter(arm -> PeerArm.isPeer(arm.name()) && among.test(arm.name()) && arm.has(params))
        .flatMap(
            arm ->
                arm
                    .metric(metric)
                    .filter(found -> found.value() != null)
                    .map(found -> new BestPeer(arm.name(), found.withoutSamples()))
                    .stream())
        .min(Comparator.comparingDouble(BestPeers::value));
  }

  private static double value(BestPeer peer) {
    return Optional.ofNullable(peer.metric().value()).orElse(Double.MAX_VALUE);
  }
}
