package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.experiment.Measured;
import dev.statewise.benchmarks.experiment.Timed;
import dev.statewise.benchmarks.experiment.TimedTasks;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Plan;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Experiment E5: what a lookup in memory costs by how many sessions are live. */
public final class LookupCost implements Timed {

  /** The param that says how many are live. */
  public static final String SESSIONS = "sessions";

  /** The metric of an arm's cost to its own with the fewest sessions. */
  public static final String GROWTH = "ratioToFewest";

  /** The metric of an arm's cost to that of {@code memory}, among as many. */
  public static final String TO_MEMORY = "ratioToMemory";

  /** The metric of {@code memory}'s cost to a get of a Caffeine cache of as many. */
  public static final String TO_CACHE = "ratioToCache";

  private static final String MEMORY = "memory";

  /** A million sessions and their floors take 1.5 GB, and what is young is soon dead. */
  private static final List<String> FLAGS = List.of("-Xms3g", "-Xmx3g", "-Xmn256m");

  @Override
  public Plan plan(Tier tier) {
    return switch (tier) {
      case SMOKE -> Plan.small(1, 8, 5, 1, 3);
      case QUICK -> Plan.small(1, 8, 300, 4, 38);
      case STANDARD -> Plan.small(4, 8, 300, 4, 240);
      case FULL -> Plan.small(5, 8, 500, 4, 400);
    };
  }

  @Override
  public List<String> flags() {
    return FLAGS;
  }

  @Override
  public TimedTasks tasks(Fork fork) {
    return LookupTasks.build(fork);
  }

  @Override
  public List<ArmResult> results(Measured measured, Lab lab, Bootstrap bootstrap) {
    TimedMetrics metrics = new TimedMetrics(measured.own(), bootstrap);
    List<ArmResult> results = new ArrayList<>();
    for (Arm arm : lab.arms()) {
      if (LookupTasks.isLookedUp(arm)) {
        Optional<String> absence = lab.absence().apply(arm);
        results.addAll(results(arm.name(), lab.tier(), metrics, absence));
        results.addAll(results(Arms.FLOOR_CAFFEINE_GET, lab.tier(), metrics, absence));
        results.addAll(results(LookupTasks.FLOOR_MAP, lab.tier(), metrics, absence));
      }
    }
    for (PeerArm peer : LookupTasks.inProcess(lab.peers())) {
      results.addAll(results(peer.name(), lab.tier(), metrics, lab.peerAbsence().apply(peer)));
    }
    results.addAll(measured.counted());
    return results;
  }

  private static List<ArmResult> results(
      String arm, Tier tier, TimedMetrics metrics, Optional<String> absence) {
    List<LiveSessions> all = LiveSessions.of(tier);
    List<ArmResult> results = new ArrayList<>();
    for (LiveSessions live : all) {
      Optional<String> why = absence.or(() -> tooMany(arm, tier, live));
      String operation = live.operation();
      List<Metric> values = new ArrayList<>();
      values.add(metrics.cpu(arm, operation, why));
      values.add(metrics.alloc(arm, operation, why));
      if (!arm.equals(LookupTasks.FLOOR_MAP)) {
        values.add(
            metrics.ratio("ratioToFloor", arm, operation, LookupTasks.FLOOR_MAP, operation, why));
      }
      if (!arm.equals(MEMORY)) {
        values.add(metrics.ratio(TO_MEMORY, arm, operation, MEMORY, operation, why));
      } else {
        values.add(
            metrics.ratio(TO_CACHE, arm, operation, Arms.FLOOR_CAFFEINE_GET, operation, why));
      }
      if (live != all.get(0)) {
        values.add(metrics.ratio(GROWTH, arm, operation, arm, all.get(0).operation(), why));
      }
      results.add(new ArmResult(arm, params(arm, live), values));
    }
    return results;
  }

  private static Optional<String> tooMany(String arm, Tier tier, LiveSessions live) {
    return PeerArm.isPeer(arm) && live == LiveSessions.M1 && tier == Tier.QUICK
        ? Optional.of("a peer's million sessions take a tier of more than one JVM")
        : Optional.empty();
  }

  private static Map<String, String> params(String arm, LiveSessions live) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(SESSIONS, live.toString());
    if (arm.startsWith("floor-")) {
      params.put("kind", "floor, checks nothing");
    }
    return params;
  }
}
