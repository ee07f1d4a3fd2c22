package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.experiment.Counted;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.embedded.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Experiment E28: what a session takes of a JVM's heap, and of Redis. */
public final class SessionMemory implements Counted {

  /** The metric of what is on a heap. */
  public static final String HEAP = "heapBytes";

  /** The metric of what is in Redis. */
  public static final String REDIS = "redisBytes";

  /** The metric of how many keys there are in Redis. */
  public static final String KEYS = "keys";

  /** The metric of how it is to what Spring Session keeps in the same place. */
  public static final String TO_SPRING = "ratioToSpring";

  static final String SPRING_ON_HEAP = "peer-spring-map";
  static final String SPRING_IN_REDIS = "peer-spring-redis";

  /** A server moves its keys to a larger table a hundred times a second, and not ten. */
  static final String[] QUICK_HOUSEKEEPING = {"--hz", "100"};

  /** How far the control may be weighed from what it weighs. */
  private static final double TOLERANCE = 0.05;

  @Override
  public Duration expected(Tier tier) {
    return Duration.ofSeconds(
        switch (tier) {
          case SMOKE -> 2;
          case QUICK -> 15;
          case STANDARD, FULL -> 40;
        });
  }

  /** {@inheritDoc} It fills a server of its own. */
  @Override
  public boolean asksServers() {
    return false;
  }

  @Override
  public Count measure(Lab lab) {
    WeighingPlan plan = WeighingPlan.of(lab.tier());
    List<Arm> arms = lab.arms();
    List<PeerArm> peers = lab.peers().stream().filter(peer -> !peer.signsTokens()).toList();
    List<PeerArm> present =
        peers.stream().filter(peer -> lab.peerAbsence().apply(peer).isEmpty()).toList();
    Optional<String> noServer = RedisServer.whyUnavailable();
    if (noServer.isPresent()) {
      return count(lab, plan, arms, peers, present, Optional.empty());
    }
    try (RedisServer server = RedisServer.start(QUICK_HOUSEKEEPING)) {
      return count(lab, plan, arms, peers, present, Optional.of(RedisAddress.of(server.uri())));
    }
  }

  private static Count count(
      Lab lab,
      WeighingPlan plan,
      List<Arm> arms,
      List<PeerArm> peers,
      List<PeerArm> present,
      Optional<RedisAddress> redis) {
    List<ArmResult> results = new ArrayList<>();
    lab.step().accept("E28: weighing on the heap");
    Weights heap =
        HeapWeights.of(
            Weighed.onHeap(arms, present), plan, redis.map(RedisAddress::uri), lab.cancelled());
    for (Weighed weighed : Weighed.onHeap(arms, peers)) {
      results.add(onHeap(weighed, heap, plan, absence(lab, weighed)));
    }
    lab.step().accept("E28: weighing in Redis");
    Optional<RedisWeights> stored = redis.map(address -> new RedisWeights(address, present));
    stored.ifPresent(scale -> scale.weigh(Weighed.inRedis(arms, present), plan, lab.cancelled()));
    for (Weighed weighed : Weighed.inRedis(arms, peers)) {
      results.add(inRedis(weighed, stored, plan, absence(lab, weighed)));
    }
    Weighed control = new Weighed(Weighed.CONTROL, Kept.KNOWN, SessionState.TYP);
    return new Count(
        results,
        heap.bytes(control).flatMap(SessionMemory::finding).stream().toList(),
        heap.bytes(control).isPresent() ? 1 : 0);
  }

  /** That the control was not weighed as what it weighs, if it was not. */
  static Optional<String> finding(double bytes) {
    return Math.abs(bytes / Control.BYTES - 1) <= TOLERANCE
        ? Optional.empty()
        : Optional.of(
            "E28: an object of %s bytes was weighed as %s"
                .formatted(Numbers.exact(Control.BYTES), Numbers.rounded(bytes)));
  }

  private static Optional<String> absence(Lab lab, Weighed weighed) {
    return lab.arms().stream()
        .filter(arm -> arm.name().equals(weighed.arm()))
        .findFirst()
        .flatMap(lab.absence())
        .or(
            () ->
                lab.peers().stream()
                    .filter(peer -> peer.name().equals(weighed.arm()))
                    .findFirst()
                    .flatMap(lab.peerAbsence()));
  }

  private static ArmResult onHeap(
      Weighed weighed, Weights heap, WeighingPlan plan, Optional<String> absence) {
    absence.ifPresent(why -> heap.failed(weighed, why));
    List<Metric> metrics = new ArrayList<>();
    metrics.add(heap.metric(HEAP, weighed));
    if (weighed.kept() == Kept.SESSION || weighed.kept() == Kept.LISTED) {
      metrics.add(toSpring(weighed, heap, SPRING_ON_HEAP));
    }
    return new ArmResult(weighed.arm(), weighed.params(plan.count(weighed)), metrics);
  }

  private static ArmResult inRedis(
      Weighed weighed, Optional<RedisWeights> scale, WeighingPlan plan, Optional<String> absence) {
    Weights weights = scale.map(RedisWeights::weights).orElseGet(Weights::new);
    weights.failed(weighed, absence.orElse("no Redis that could be started for it alone"));
    List<Metric> metrics = new ArrayList<>();
    metrics.add(weights.metric(REDIS, weighed));
    metrics.add(
        scale
            .flatMap(found -> found.keys(weighed))
            .map(keys -> keys(keys, plan.inRedisTimes()))
            .orElseGet(() -> Metric.absent(KEYS, "keys", Evidence.COUNT, weights.reason(weighed))));
    if (weighed.kept() != Kept.REFUSAL) {
      metrics.add(toSpring(weighed, weights, SPRING_IN_REDIS));
    }
    return new ArmResult(weighed.arm(), weighed.params(plan.inRedis()), metrics);
  }

  private static Metric keys(double keys, int times) {
    return new Metric(KEYS, "keys", Evidence.COUNT, keys, keys, keys, times, null);
  }

  private static Metric toSpring(Weighed weighed, Weights weights, String spring) {
    Optional<Double> bytes = weights.bytes(weighed);
    Optional<Double> springs =
        weights.bytes(new Weighed(spring, Kept.SESSION, weighed.state())).filter(one -> one > 0);
    if (bytes.isEmpty() || springs.isEmpty()) {
      return Metric.absent(
          TO_SPRING, "ratio", Evidence.COUNT, spring + " was not weighed beside it");
    }
    double ratio = bytes.get() / springs.get();
    return new Metric(TO_SPRING, "ratio", Evidence.COUNT, ratio, ratio, ratio, 1, null);
  }
}
