package dev.statewise.benchmarks.experiment.economics;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.experiment.Counted;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.experiment.growth.ListWeights;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Experiment E20: what a revocation list costs beside sessions in Redis. What one refusal and one
 * session take, how long a refusal is kept and what a request asks are counted; how large a list
 * comes to be is a formula over them and over {@link Assumptions}.
 */
public final class Revocations implements Counted {

  /** The param that says whether values were counted or are of the model. */
  public static final String PART = "part";

  public static final String COUNTED = "counted";
  public static final String MODEL = "model";

  /** The param that says how long a token lives. */
  public static final String LIFE = "life";

  public static final String COMMANDS = "commands";

  /** What a session, or a refusal, takes in Redis. */
  public static final String REDIS_BYTES = "redisBytes";

  /** What a refusal takes on the heap of each node that follows the list. */
  public static final String HEAP_BYTES = "heapBytes";

  /** For how long the list keeps a refusal. */
  public static final String KEPT = "kept";

  public static final String ENTRIES = "entries";
  public static final String MEGABYTES = "megabytes";
  public static final String HEAP_MEGABYTES = "heapMegabytes";

  /** How many times what the list takes the sessions would. */
  public static final String SESSIONS_TO_LIST = "sessionsToList";

  public static final String RENEWALS = "renewals";
  public static final String EXPOSURE = "exposure";

  static final String SESSIONS = "redis";
  static final String ASKED = "hybrid";
  static final String FOLLOWED = "hybrid-local";
  static final String WITHOUT = "jwt-hs256";

  @Override
  public Duration expected(Tier tier) {
    return Duration.ofSeconds(
        switch (tier) {
          case SMOKE -> 3;
          case QUICK -> 6;
          case STANDARD, FULL -> 15;
        });
  }

  @Override
  public Count measure(Lab lab) {
    lab.step().accept("E20: weighing refusals and sessions");
    ListWeights weights = ListWeights.of(lab);
    List<ArmResult> results = new ArrayList<>();
    find(lab, SESSIONS).ifPresent(arm -> results.add(sessions(arm, lab, weights)));
    for (String name : List.of(ASKED, FOLLOWED)) {
      find(lab, name)
          .filter(arm -> !lab.cancelled().getAsBoolean())
          .ifPresent(arm -> results.addAll(list(arm, lab, weights)));
    }
    find(lab, WITHOUT).ifPresent(arm -> results.addAll(Model.withoutList(arm.name())));
    return Count.of(results);
  }

  private static Optional<Arm> find(Lab lab, String name) {
    return lab.arms().stream().filter(arm -> arm.name().equals(name)).findFirst();
  }

  private static ArmResult sessions(Arm arm, Lab lab, ListWeights weights) {
    return new ArmResult(
        arm.name(),
        Map.of(PART, COUNTED),
        List.of(asked(arm, lab), bytes(REDIS_BYTES, weights.session())));
  }

  /** What one refusal takes and a request asks, and at each life of a token what comes of it. */
  private static List<ArmResult> list(Arm arm, Lab lab, ListWeights weights) {
    lab.step().accept("E20: " + arm.name());
    boolean isFollowed = arm.name().equals(FOLLOWED);
    List<Metric> one = new ArrayList<>(List.of(asked(arm, lab)));
    one.add(bytes(REDIS_BYTES, weights.refusal()));
    if (isFollowed) {
      one.add(bytes(HEAP_BYTES, weights.followed()));
    }
    List<ArmResult> results = new ArrayList<>();
    results.add(new ArmResult(arm.name(), Map.of(PART, COUNTED), one));
    Optional<Metric> heap = isFollowed ? Optional.of(weights.followed()) : Optional.empty();
    for (Duration life : Assumptions.LIVES) {
      Metric kept = counted(KEPT, "s", arm, lab, () -> kept(RefusalLife.seconds(arm, lab, life)));
      results.add(new Model(life, kept, weights.refusal(), heap, weights.session()).of(arm.name()));
    }
    return results;
  }

  private static Metric asked(Arm arm, Lab lab) {
    return counted(COMMANDS, COMMANDS, arm, lab, () -> Questions.of(arm, lab));
  }

  private static Metric kept(long seconds) {
    return Metric.counted(KEPT, "s", seconds, 1);
  }

  private static Metric counted(
      String name, String unit, Arm arm, Lab lab, Supplier<Metric> count) {
    Optional<String> absence = lab.absence().apply(arm).or(() -> encrypted(lab));
    try {
      return absence.map(why -> Metric.absent(name, unit, Evidence.COUNT, why)).orElseGet(count);
    } catch (RuntimeException e) {
      return Metric.absent(name, unit, Evidence.COUNT, "it failed: " + e.getMessage());
    }
  }

  private static Optional<String> encrypted(Lab lab) {
    return lab.servers()
        .redis()
        .filter(redis -> !redis.isPlain())
        .map(RedisAddress::toString)
        .map(redis -> "the connection is encrypted, so commands cannot be counted on it");
  }

  private static Metric bytes(String name, Metric weighed) {
    return new Metric(
        name,
        "B",
        weighed.evidence(),
        weighed.value(),
        weighed.lo(),
        weighed.hi(),
        weighed.n(),
        weighed.reason());
  }
}
