package dev.statewise.benchmarks.run;

import dev.statewise.benchmarks.experiment.Environment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs that nobody measured, for tests of what is made of one. */
public final class Runs {

  private Runs() {}

  /** A run of these experiments in which all is well. */
  public static Run of(Experiment... experiments) {
    return of(Run.Status.OK, List.of(), experiments);
  }

  /** A run with a stamp and exceptions. */
  public static Run of(Run.Status status, List<String> exceptions, Experiment... experiments) {
    return of(status, true, exceptions, experiments);
  }

  /** A run that was ended before its time. */
  public static Run incomplete(Experiment... experiments) {
    return of(Run.Status.OK, false, List.of("The run was interrupted."), experiments);
  }

  private static Run of(
      Run.Status status, boolean complete, List<String> exceptions, Experiment... experiments) {
    Metric none = Metric.absent("cpu", "ns/op", Evidence.CPU, "nothing was timed");
    return new Run(
        Run.SCHEMA_VERSION,
        new Run.About(
            "run1",
            "2026-01-02T03:04:05.678Z",
            "quick",
            "java -jar benchmarks.jar compare",
            1,
            Fact.known("abc"),
            Fact.known("false"),
            status,
            complete,
            true,
            3,
            4,
            3.5,
            Map.of("idleTimeout", "PT30M"),
            List.of(strategy("memory", true), strategy("jwt-hs256", false)),
            List.of(
                new GateOutcome("memory", "accepts valid", true, "Accepted", "Accepted"),
                new GateOutcome(
                    "jwt-hs256",
                    "refuses ended at once",
                    true,
                    "Rejected, or an ending that admits up to 12 h",
                    "Accepted, having said NotKept"))),
        env(),
        new Run.Noise(none, none, none, none),
        List.of(
            new Invariant(
                "I5", "a rule", Invariant.Stamp.INVALID, Invariant.Outcome.HOLDS, "seen to hold")),
        List.of(experiments),
        List.of(
            Target.judged("T1", "a to b: at most 2 times", 2, true, metric("ratio", 4), null)
                .withAmbition(1.5)
                .withBestPeer(new Target.BestPeer("peer-c", metric("cpu", 900))),
            Target.judged(
                "T2",
                "c to d: at least 4 times",
                4,
                false,
                metric("ratio", 5),
                Metric.absent("ratio", "ratio", Evidence.WALL, "not timed"))),
        exceptions);
  }

  /** A metric as if estimated, five percent around its value. */
  public static Metric metric(String name, double value) {
    return new Metric(name, "ns/op", Evidence.CPU, value, value * 0.95, value * 1.05, 100, null);
  }

  public static ArmResult arm(String name, Map<String, String> params, Metric... metrics) {
    return new ArmResult(name, params, List.of(metrics));
  }

  public static Experiment experiment(String id, ArmResult... arms) {
    return new Experiment(id, "A claim.", "A hypothesis.", Verdict.HOLDS, List.of(arms));
  }

  private static Map<String, Fact> env() {
    Map<String, Fact> env = new LinkedHashMap<>();
    Environment.REQUIRED.forEach(name -> env.put(name, Fact.known("some " + name)));
    env.put("governor", Fact.unknown("this system has none"));
    return env;
  }

  private static Strategy strategy(String arm, boolean onServer) {
    return new Strategy(
        arm,
        "a strategy",
        onServer ? "PT0S" : "PT12H",
        !onServer,
        !onServer,
        !onServer,
        onServer,
        onServer,
        onServer,
        onServer,
        onServer,
        !onServer,
        false,
        "PT3M45S",
        0,
        8_192);
  }
}
