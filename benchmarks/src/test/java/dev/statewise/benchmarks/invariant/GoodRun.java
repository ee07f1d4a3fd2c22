package dev.statewise.benchmarks.invariant;

import dev.statewise.benchmarks.experiment.Environment;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.run.Answers;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Fact;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Runs;
import dev.statewise.benchmarks.run.Samples;
import dev.statewise.benchmarks.run.Timing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A run in which everything adds up, with data for each invariant that an experiment has data for.
 */
final class GoodRun {

  private static final Bootstrap BOOTSTRAP = new Bootstrap(1);
  private static final Map<String, String> VALIDATE = Map.of("operation", "validate");
  private static final String BUILD = "c0de";

  private GoodRun() {}

  /** Stamped as its data deserve. */
  static Run run() {
    Run bare = bare();
    List<Invariant> invariants = Invariants.judge(bare);
    return bare.judged(invariants, Invariants.status(invariants), List.of());
  }

  private static Run bare() {
    Run like = Runs.of();
    Run.About about = like.run();
    return new Run(
        Run.SCHEMA_VERSION,
        new Run.About(
            about.id(),
            about.time(),
            about.tier(),
            about.command(),
            about.seed(),
            Fact.known("some commit"),
            about.dirty(),
            Run.Status.OK,
            true,
            true,
            2,
            4,
            4,
            about.policy(),
            about.strategies(),
            gate()),
        env(),
        noise(),
        List.of(),
        List.of(validations(), refusals(), commands(), sizes()),
        like.targets(),
        List.of());
  }

  private static Map<String, Fact> env() {
    Map<String, Fact> env = new LinkedHashMap<>();
    Environment.REQUIRED.forEach(name -> env.put(name, Fact.known("some " + name)));
    env.put(Environment.BUILD, Fact.known(BUILD));
    return env;
  }

  private static List<GateOutcome> gate() {
    return List.of(
        new GateOutcome("memory", "accepts valid", true, "Accepted, with its state", "Accepted"),
        new GateOutcome("memory", "refuses tampered", true, "Rejected", "Rejected (UNKNOWN)"),
        new GateOutcome(
            "memory",
            "refuses ended at once",
            true,
            "Ended, and Rejected",
            "Rejected (UNKNOWN), having said Ended"),
        new GateOutcome(
            "jwt-es256",
            "refuses ended at once",
            true,
            "Rejected, or an ending that admits up to 12 h",
            "Accepted, having said NotKept, at most 12 h"),
        new GateOutcome(
            "peer-jjwt",
            "refuses ended at once",
            true,
            "Not found, or that nothing is kept",
            "Found, for nothing is kept"));
  }

  private static Run.Noise noise() {
    List<double[]> canary = samples(700);
    return new Run.Noise(
        Metric.estimated("cpu", "ns/op", Evidence.CPU, BOOTSTRAP.median(canary))
            .withSamples(Samples.of(canary, 1_000)),
        new Metric("drift", "share", Evidence.CPU, 0.01, 0.01, 0.01, 400, null),
        ratio("ratio", 1),
        probability(0.4));
  }

  private static Experiment validations() {
    ArmResult memory =
        Runs.arm(
            "memory",
            VALIDATE,
            Metric.estimated("cpu", "ns/op", Evidence.CPU, BOOTSTRAP.median(samples(400))),
            ratio("ratioToFloor", 1.8),
            probability(0.3));
    ArmResult hybrid = Runs.arm("hybrid", VALIDATE, ratio("ratioToSubset", 1.02), probability(0.7));
    Timing timing =
        new Timing(
            2,
            2,
            List.of(BUILD, BUILD),
            Map.of("aa", List.of("hybrid", "memory")),
            List.of(
                new Answers("hybrid", "validate", 2_000, 0),
                new Answers("memory", "validate", 10_431, 0)),
            List.of(),
            List.of());
    return Runs.experiment("E1", memory, hybrid).timedBy(timing);
  }

  private static Experiment refusals() {
    GateOutcome refused =
        new GateOutcome("memory", "refuses random-id", true, "UNKNOWN", "UNKNOWN");
    return Runs.experiment("E4", Runs.arm("memory", Map.of("case", "random-id"), probability(1)))
        .timedBy(
            new Timing(
                1,
                1,
                List.of(BUILD),
                Map.of(),
                List.of(new Answers("memory", "random-id", 100, 0)),
                List.of(refused),
                List.of()));
  }

  private static Experiment commands() {
    return Runs.experiment(
        "E6",
        Runs.arm(
            "redis",
            VALIDATE,
            Metric.counted("commands", "commands", 1, 20),
            Metric.counted("roundTrips", "round trips", 1, 20),
            Metric.counted("declaredCommands", "commands", 1, 20),
            Metric.counted("declaredRoundTrips", "round trips", 1, 20),
            Metric.counted("declaredGet", "calls", 1, 20),
            Metric.counted("calledGet", "calls", 1, 20)),
        Runs.arm(
            "peer-spring-redis",
            VALIDATE,
            Metric.counted("commands", "commands", 4, 20),
            Metric.counted("serverCommands", "calls", 4, 20)));
  }

  private static Experiment sizes() {
    return Runs.experiment(
        "E8",
        Runs.arm(
            "memory",
            Map.of("part", "credential line"),
            Metric.counted("bytes", "B", 60, 1),
            Metric.counted("arithmetic", "B", 60, 1)));
  }

  private static Metric ratio(String name, double value) {
    return Metric.estimated(name, "ratio", Evidence.PAIRED, BOOTSTRAP.median(samples(value)));
  }

  private static Metric probability(double value) {
    return new Metric("orderEffect", "probability", Evidence.CPU, value, value, value, 100, null);
  }

  /** Of two JVMs, within a percent. */
  private static List<double[]> samples(double around) {
    Random random = new Random(7);
    return List.of(
        random.doubles(100, around * 0.99, around * 1.01).toArray(),
        random.doubles(100, around * 0.99, around * 1.01).toArray());
  }
}
