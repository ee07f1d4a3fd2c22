package dev.statewise.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of a comparison: all that a report is made of.
 *
 * @param env the machine and the software, each fact known or with the reason why not
 * @param noise what the canary and the duplicate arm showed
 * @param targets what this project holds itself to; empty in a run of schema 1.0, which had none
 * @param exceptions what was not measured or went amiss, a sentence each
 */
@JsonPropertyOrder({
  "schemaVersion",
  "run",
  "env",
  "noise",
  "invariants",
  "experiments",
  "targets",
  "exceptions"
})
public record Run(
    String schemaVersion,
    About run,
    Map<String, Fact> env,
    Noise noise,
    List<Invariant> invariants,
    List<Experiment> experiments,
    List<Target> targets,
    List<String> exceptions) {

  /** The version of the schema that this code writes; it reads 1.0 and 1.1 too. */
  public static final String SCHEMA_VERSION = "1.2";

  // Jackson passes null for what a run of schema 1.0 does not have.
  public Run {
    targets = targets == null ? List.of() : List.copyOf(targets);
  }

  /**
   * What was run, when, and what was asked of the arms first.
   *
   * @param seed of every shuffle and resampling
   * @param status OK, NOISY, INVALID
   * @param complete whether it ran to its end
   * @param timesReadable whether the tier is long enough for times to mean anything
   * @param forks how many JVMs the timed experiments ran in
   */
  public record About(
      String id,
      String time,
      String tier,
      String command,
      long seed,
      Fact commit,
      Fact dirty,
      Status status,
      boolean complete,
      boolean timesReadable,
      int forks,
      double plannedMinutes,
      double minutes,
      Map<String, String> policy,
      List<Strategy> strategies,
      List<GateOutcome> gate) {

    /** The same with another stamp. */
    About stamped(Status stamp) {
      return new About(
          id,
          time,
          tier,
          command,
          seed,
          commit,
          dirty,
          stamp,
          complete,
          timesReadable,
          forks,
          plannedMinutes,
          minutes,
          policy,
          strategies,
          gate);
    }

    /** What stands at the head of a report: what broke first, and whether it is all there. */
    public String stamp() {
      if (complete) {
        return status.name();
      }
      return status == Status.OK ? "INCOMPLETE" : status + ", INCOMPLETE";
    }
  }

  /** The stamp of a run. */
  public enum Status {
    OK,
    NOISY,
    INVALID
  }

  /**
   * How quiet the machine was.
   *
   * @param canaryDrift how far the canary's CPU time moved, as a share; null with the reason if
   *     nothing was timed
   * @param aa the ratio of an arm to its duplicate
   */
  public record Noise(Metric canary, Metric canaryDrift, Metric aa, Metric orderEffect) {

    /** The same without the samples of its metrics. */
    public Noise withoutSamples() {
      return new Noise(
          canary.withoutSamples(),
          canaryDrift.withoutSamples(),
          aa.withoutSamples(),
          orderEffect.withoutSamples());
    }
  }

  /** The same with what became of its invariants, and what there is to say of it. */
  public Run judged(List<Invariant> judged, Status status, List<String> sentences) {
    return new Run(
        schemaVersion, run.stamped(status), env, noise, judged, experiments, targets, sentences);
  }

  /** The same without the samples of any number: all that is shown, and much smaller. */
  public Run withoutSamples() {
    return new Run(
        schemaVersion,
        run,
        env,
        noise.withoutSamples(),
        invariants,
        experiments.stream().map(Experiment::withoutSamples).toList(),
        targets.stream().map(Target::withoutSamples).toList(),
        exceptions);
  }

  /** The experiment of that id, if it was run. */
  public Optional<Experiment> experiment(String id) {
    return experiments.stream().filter(experiment -> experiment.id().equals(id)).findFirst();
  }

  /** Whether elapsed times may be shown. */
  @JsonIgnore
  public boolean wallIsReadable() {
    return run.status() == Status.OK && run.timesReadable();
  }

  /** What the arm guarantees, if it was built. */
  public Optional<Strategy> strategy(String arm) {
    return run.strategies().stream().filter(strategy -> strategy.arm().equals(arm)).findFirst();
  }
}
