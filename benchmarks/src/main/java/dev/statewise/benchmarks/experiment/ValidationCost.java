package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Estimate;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Experiment E1: what one validation costs, and one token to issue. Turns slices into numbers. */
public final class ValidationCost {

  /** What says of an arm that it is no strategy: what it is instead. */
  static final String KIND = "kind";

  private static final String ISSUE = Issuing.ISSUE;
  private static final Optional<String> NO_SERVER = Optional.of("asks no server");

  private final Measurements measurements;
  private final Bootstrap bootstrap;

  public ValidationCost(Measurements measurements, Bootstrap bootstrap) {
    this.measurements = measurements;
    this.bootstrap = bootstrap;
  }

  /**
   * Every arm, floor and peer, in the order of the catalogue.
   *
   * @param absence why an arm was not timed
   * @param peerAbsence why a peer was not timed
   */
  public List<ArmResult> results(
      List<Arm> arms,
      Function<Arm, Optional<String>> absence,
      List<PeerArm> peers,
      Function<PeerArm, Optional<String>> peerAbsence) {
    List<ArmResult> results = new ArrayList<>();
    for (Operation operation : List.of(Operation.VALIDATE, Operation.VALIDATE_TOUCH)) {
      for (Arm arm : arms) {
        if (operation == Operation.VALIDATE || !arm.isVariant()) {
          results.add(result(arm, operation, absence.apply(arm)));
        }
      }
      if (operation == Operation.VALIDATE) {
        arms.stream()
            .flatMap(arm -> arm.floor().stream())
            .distinct()
            .forEach(floor -> results.add(floor(floor, arms, absence)));
        peers.forEach(
            peer ->
                results.add(peer(peer, Operation.VALIDATE.toString(), peerAbsence.apply(peer))));
      }
    }
    results.addAll(issuing(arms, absence, peers, peerAbsence));
    return results;
  }

  /** Tokens that are signed: ours of HS256, and those of peers. */
  private List<ArmResult> issuing(
      List<Arm> arms,
      Function<Arm, Optional<String>> absence,
      List<PeerArm> peers,
      Function<PeerArm, Optional<String>> peerAbsence) {
    List<ArmResult> results = new ArrayList<>();
    for (Arm arm : arms) {
      if (arm.name().equals(Arms.DUPLICATED)) {
        String floor = arm.floor().orElseThrow();
        Optional<String> absent = absence.apply(arm);
        List<Metric> metrics = new ArrayList<>(common(arm.name(), ISSUE, absent, NO_SERVER));
        metrics.add(
            ratio("ratioToFloor", arm.name(), floor, ISSUE, Operation.VALIDATE.toString(), absent));
        results.add(new ArmResult(arm.name(), Map.of("operation", ISSUE), metrics));
      }
    }
    peers.stream()
        .filter(peer -> peer.signsTokens() && !peer.needsServer())
        .forEach(peer -> results.add(peer(peer, ISSUE, peerAbsence.apply(peer))));
    return results;
  }

  private ArmResult floor(String floor, List<Arm> arms, Function<Arm, Optional<String>> absence) {
    Optional<String> reason =
        arms.stream()
            .filter(arm -> arm.floor().equals(Optional.of(floor)))
            .findFirst()
            .flatMap(absence);
    Map<String, String> params = new LinkedHashMap<>();
    params.put("operation", Operation.VALIDATE.toString());
    params.put(KIND, "floor, checks nothing");
    return new ArmResult(
        floor,
        params,
        common(floor, Operation.VALIDATE.toString(), reason, serverless(needsServer(floor))));
  }

  private ArmResult peer(PeerArm peer, String operation, Optional<String> absence) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("operation", operation);
    params.put(KIND, peer.meaning());
    return new ArmResult(
        peer.name(),
        params,
        common(peer.name(), operation, absence, serverless(peer.needsServer())));
  }

  private ArmResult result(Arm arm, Operation timed, Optional<String> absence) {
    String operation = timed.toString();
    List<Metric> metrics = new ArrayList<>(common(arm.name(), operation, absence, serverless(arm)));
    if (timed == Operation.VALIDATE) {
      arm.floor()
          .ifPresent(
              floor ->
                  metrics.add(
                      ratio("ratioToFloor", arm.name(), floor, operation, operation, absence)));
    }
    arm.supersetOf()
        .ifPresent(
            subset ->
                metrics.add(
                    ratio("ratioToSubset", arm.name(), subset, operation, operation, absence)));
    Map<String, String> params = new LinkedHashMap<>();
    params.put("operation", operation);
    if (arm.isVariant()) {
      params.put(KIND, arm.manner().meaning());
    }
    return new ArmResult(arm.name(), params, List.copyOf(metrics));
  }

  private List<Metric> common(
      String arm, String operation, Optional<String> absence, Optional<String> serverless) {
    return List.of(
        metric("cpu", "ns/op", Evidence.CPU, arm, operation, Slice::cpu, absence),
        metric(
            "processCpu",
            "ns/op",
            Evidence.CPU,
            arm,
            operation,
            Slice::processCpu,
            serverless.map(why -> why + ", so all is on the asking thread").or(() -> absence)),
        metric("wall", "ns/op", Evidence.WALL, arm, operation, Slice::wall, absence),
        metric("alloc", "B/op", Evidence.CPU, arm, operation, Slice::alloc, absence),
        metric(
            "serverCpu",
            "ns/op",
            Evidence.CPU,
            arm,
            operation,
            Slice::serverCpu,
            serverless.or(() -> absence)),
        spread(arm, operation, absence),
        absence.isPresent()
            ? Metric.absent(NoiseFloor.ORDER_EFFECT, "probability", Evidence.CPU, absence.get())
            : NoiseFloor.orderEffect(measurements, arm, operation));
  }

  private Metric metric(
      String name,
      String unit,
      Evidence evidence,
      String arm,
      String operation,
      ToDoubleFunction<Slice> value,
      Optional<String> absence) {
    List<double[]> samples = measurements.samples(arm, operation, value);
    if (absence.isPresent() || samples.isEmpty()) {
      return Metric.absent(
          name, unit, evidence, absence.orElse("not measured before the run ended"));
    }
    return Metric.estimated(name, unit, evidence, bootstrap.median(samples));
  }

  /** How far the JVMs were apart: the largest median of one JVM over the smallest. */
  private Metric spread(String arm, String operation, Optional<String> absence) {
    List<double[]> samples = measurements.samples(arm, operation, Slice::cpu);
    if (absence.isPresent() || samples.size() < 2) {
      return Metric.absent(
          "forkSpread", "ratio", Evidence.CPU, absence.orElse("only one JVM measured it"));
    }
    double[] medians = samples.stream().mapToDouble(Bootstrap::medianOf).sorted().toArray();
    double spread = medians[medians.length - 1] / Math.max(1e-9, medians[0]);
    return Metric.estimated(
        "forkSpread", "ratio", Evidence.CPU, new Estimate(spread, spread, spread, medians.length));
  }

  private Metric ratio(
      String name,
      String arm,
      String to,
      String operation,
      String toOperation,
      Optional<String> absence) {
    List<double[]> ratios = measurements.ratios(arm, to, operation, toOperation);
    if (absence.isPresent() || ratios.stream().allMatch(group -> group.length == 0)) {
      return Metric.absent(
          name, "ratio", Evidence.PAIRED, absence.orElse("not measured together with " + to));
    }
    return Metric.estimated(name, "ratio", Evidence.PAIRED, bootstrap.median(ratios));
  }

  /** Why there is no CPU time of a server, if there is none. */
  static Optional<String> serverless(Arm arm) {
    return arm.asks(Server.S3)
        ? Optional.of("what stands in for object storage is in the process that compares")
        : serverless(arm.needs().isPresent());
  }

  private static Optional<String> serverless(boolean onServer) {
    return onServer ? Optional.empty() : NO_SERVER;
  }

  private static boolean needsServer(String floor) {
    return floor.equals(Arms.FLOOR_JEDIS_GET);
  }
}
