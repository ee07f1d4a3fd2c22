package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.Sessions;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.experiment.CommandStats;
import dev.statewise.benchmarks.experiment.Counted;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.experiment.ValidationTasks;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.session.Credential;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The counted half of experiment E5: what a validation asks of Redis among few and many sessions.
 */
public final class LookupCommands implements Counted {

  /** The metric of how many commands more a validation is than among the fewest. */
  static final String MORE = "commandsMore";

  private static final int FEW = 16;
  private static final int SAMPLES = 16;

  @Override
  public Duration expected(Tier tier) {
    return Duration.ofSeconds(tier.compareTo(Tier.STANDARD) >= 0 ? 4 : 1);
  }

  @Override
  public Count measure(Lab lab) {
    List<ArmResult> results = new ArrayList<>();
    lab.arms().stream()
        .filter(arm -> arm.name().equals("redis"))
        .forEach(arm -> results.addAll(measure(arm, lab)));
    return Count.of(results);
  }

  private static int many(Tier tier) {
    return switch (tier) {
      case SMOKE -> 500;
      case QUICK -> 2_000;
      case STANDARD, FULL -> 20_000;
    };
  }

  private static List<ArmResult> measure(Arm arm, Lab lab) {
    Optional<String> absence = lab.absence().apply(arm);
    int many = many(lab.tier());
    if (absence.isPresent()) {
      return List.of(absent(arm, FEW, absence.get()), absent(arm, many, absence.get()));
    }
    RedisAddress redis = lab.servers().requireRedis();
    Wiring wiring =
        new Wiring(
            ValidationTasks.policy(),
            MovableClock.atPresent(),
            lab.servers(),
            lab.keyPrefix() + "e5:" + arm.name());
    try (BuiltArm built = arm.build().apply(wiring);
        CommandStats stats = CommandStats.of(redis)) {
      List<Credential> opened = open(built.sessions(), FEW);
      double few = commands(built.sessions(), opened, stats);
      open(built.sessions(), many - FEW);
      double more = commands(built.sessions(), opened, stats);
      return List.of(result(arm, FEW, few, 0), result(arm, many, more, more - few));
    } finally {
      redis.deleteKeys(wiring.keyPrefix());
    }
  }

  private static List<Credential> open(Sessions sessions, int count) {
    List<Credential> opened = new ArrayList<>();
    Map<String, String> attributes = Profile.MIN.attributes();
    for (int i = 0; i < count; i++) {
      opened.add(sessions.open("user-" + i, attributes).grantOrThrow().credential());
    }
    return opened;
  }

  /** Of one validation, with no touch due. */
  private static double commands(
      Sessions sessions, List<Credential> credentials, CommandStats stats) {
    Map<String, Long> before = stats.calls();
    for (int i = 0; i < SAMPLES; i++) {
      sessions.validate(credentials.get(i % credentials.size())).acceptedOrThrow();
    }
    long calls = stats.since(before).values().stream().mapToLong(Long::longValue).sum();
    return (double) calls / SAMPLES;
  }

  private static ArmResult result(Arm arm, int sessions, double commands, double more) {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(counted("commands", commands));
    if (sessions != FEW) {
      metrics.add(counted(MORE, more));
    }
    return new ArmResult(arm.name(), params(sessions), metrics);
  }

  private static Metric counted(String name, double value) {
    return new Metric(name, "commands", Evidence.COUNT, value, value, value, SAMPLES, null);
  }

  private static ArmResult absent(Arm arm, int sessions, String why) {
    return new ArmResult(
        arm.name(),
        params(sessions),
        List.of(
            Metric.absent("commands", "commands", Evidence.COUNT, why),
            Metric.absent(MORE, "commands", Evidence.COUNT, why)));
  }

  private static Map<String, String> params(int sessions) {
    return Map.of(LookupCost.SESSIONS, String.valueOf(sessions));
  }
}
