package dev.statewise.benchmarks;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.catalogue.Catalogue;
import dev.statewise.benchmarks.experiment.Environment;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.experiment.Measurements;
import dev.statewise.benchmarks.experiment.NoiseFloor;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.experiment.Targets;
import dev.statewise.benchmarks.experiment.ValidationTasks;
import dev.statewise.benchmarks.invariant.Invariants;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Checks;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Fact;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import dev.statewise.benchmarks.run.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One comparison, from the gate to the report. Counts come first and times last, so that a run that
 * is interrupted has what is exact.
 */
final class Comparison {

  private static final Duration PATIENCE_WHEN_INTERRUPTED = Duration.ofSeconds(30);

  private final Scope scope;
  private final RedisForRun server;
  private final Map<String, Fact> versions;
  private final String command;
  private final Output output;

  private final String id;
  private final Journal journal;
  private final Instant begun;

  private final AtTheGate gate;
  private final Lab lab;
  private final CountedExperiments counted;
  private final TimedExperiments timed;
  private final Schedule schedule;
  private final boolean resumed;
  private final List<String> exceptions = new ArrayList<>();
  private volatile boolean interrupted;
  private Duration elapsed = Duration.ZERO;
  private Consumer<String> step = unheard -> {};

  Comparison(
      List<Arm> arms,
      List<PeerArm> peers,
      Tier tier,
      Set<Question> questions,
      ServersForRun started,
      String command,
      Journal journal,
      Output output) {
    this.journal = journal;
    this.resumed = journal.isResumed();
    this.begun = journal.begun().instant();
    this.server = started.redis();
    this.versions = started.versions();
    this.command = command;
    this.output = output;
    long seed = begun.toEpochMilli();
    this.id = Long.toString(seed, Character.MAX_RADIX);
    String keyPrefix = "statewise-benchmarks:" + id + ":";
    this.scope =
        new Scope(
            arms, peers, tier, questions, started.servers(), started.missing(), seed, keyPrefix);
    this.gate = new AtTheGate(scope, () -> interrupted);
    this.lab =
        new Lab(
            arms,
            peers,
            started.servers(),
            keyPrefix,
            tier,
            seed,
            gate::absence,
            gate::absence,
            () -> interrupted,
            what -> step.accept(what));
    this.counted = new CountedExperiments(scope, lab, journal, () -> interrupted);
    this.timed = new TimedExperiments(scope, lab, gate, journal);
    this.schedule = Schedule.of(tier, questions, lab, timed.jdks());
  }

  /** How the time is divided. */
  Schedule schedule() {
    return schedule;
  }

  /** Measures, writes everything and returns what was written. */
  Run run() {
    Environment environment =
        Environment.before(server.version(), server.link(), versions, Forks.flags());
    CountDownLatch written = new CountDownLatch(1);
    try (Progress progress =
        Progress.toStandardError(schedule.total(), Duration.ofSeconds(journal.seconds()))) {
      Thread hook = new Thread(() -> interrupt(written), "keeps what was measured");
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        measure(progress);
        Run run = assemble(environment);
        output.write(run, slices());
        if (run.run().complete()) {
          journal.close();
        }
        return run;
      } finally {
        written.countDown();
        forget(hook);
      }
    }
  }

  private List<Slice> slices() {
    return timed.all().values().stream()
        .flatMap(List::stream)
        .flatMap(one -> one.slices().stream())
        .toList();
  }

  private void measure(Progress progress) {
    step = progress::step;
    gate.ask(progress);
    counted.run(progress);
    timed.run(schedule, progress);
    elapsed = progress.elapsed();
    exceptions.addAll(counted.exceptions());
    exceptions.addAll(timed.exceptions());
    cleanUp();
  }

  private Run assemble(Environment environment) {
    Bootstrap bootstrap = new Bootstrap(scope.seed());
    Run.Noise noise = new NoiseFloor(timed.of(Question.E1), bootstrap).noise();
    List<Experiment> experiments = experiments(bootstrap);
    Map<String, Fact> env = environment.after();
    env.put(Environment.BUILD, Fact.known(BuildHash.own()));
    new TreeMap<>(counted.all())
        .forEach(
            (question, count) ->
                count.findings().forEach(finding -> exceptions.add(question + ": " + finding)));
    if (interrupted) {
      exceptions.add(
          "The run was interrupted; what was not measured until then is missing or has its"
              + " reason.");
    }
    if (resumed) {
      exceptions.add(
          "The run was interrupted and went on later: what it had finished by then is part of it,"
              + " and the machine may have been another kind of busy.");
    }
    List<GateOutcome> outcomes = gate.outcomes();
    exceptions.addAll(0, gate.leftOut());
    Run bare =
        new Run(
            Run.SCHEMA_VERSION,
            about(outcomes, env),
            env,
            noise,
            List.of(),
            experiments,
            new Targets(experiments, timed.of(Question.E1), bootstrap, scope.tier().timesReadable())
                .judge(),
            List.copyOf(exceptions));
    // Once more as the file will have it, whose numbers are rounded: whoever reads it judges so.
    return judged(RunFile.read(RunFile.write(judged(bare))));
  }

  private static Run judged(Run run) {
    List<Invariant> invariants = Invariants.judge(run);
    return run.judged(invariants, Invariants.status(invariants), run.exceptions());
  }

  private Run.About about(List<GateOutcome> outcomes, Map<String, Fact> env) {
    double minutes = elapsed.toMillis() / 60_000.0;
    return new Run.About(
        id,
        begun.toString(),
        scope.tier().toString(),
        command,
        scope.seed(),
        env.getOrDefault("commit", Fact.unknown("not looked for")),
        env.getOrDefault("dirty", Fact.unknown("not looked for")),
        Run.Status.OK,
        !interrupted
            && timed.all().values().stream()
                .flatMap(List::stream)
                .allMatch(one -> one.failures().isEmpty()),
        scope.tier().timesReadable(),
        timed.of(Question.E1).forks(),
        schedule.minutes(),
        minutes,
        policy(),
        gate.strategies(),
        outcomes);
  }

  private List<Experiment> experiments(Bootstrap bootstrap) {
    Map<Question, List<ArmResult>> results = new EnumMap<>(Question.class);
    counted.all().forEach((question, count) -> results.put(question, count.results()));
    List<Experiment> experiments = new ArrayList<>(timed.experiments(results, bootstrap));
    results.forEach(
        (question, arms) -> {
          if (!Catalogue.isTimed(question)) {
            experiments.add(Catalogue.answered(question, arms, scope.tier().timesReadable()));
          }
        });
    experiments.sort(Comparator.comparing(experiment -> Question.valueOf(experiment.id())));
    return experiments.stream().map(one -> with(Question.valueOf(one.id()), one)).toList();
  }

  private Experiment with(Question question, Experiment experiment) {
    Experiment timedSo = experiment.timedBy(timing(question));
    return Optional.ofNullable(counted.all().get(question))
        .filter(count -> count.checked() > 0 || !count.findings().isEmpty())
        .map(count -> timedSo.checkedBy(new Checks(count.checked(), count.findings())))
        .orElse(timedSo);
  }

  /** How it was timed; what E4 was asked at its gate is of bad credentials, and is kept beside. */
  private @Nullable Timing timing(Question question) {
    List<Measurements> measured = timed.all().getOrDefault(question, List.of());
    if (measured.isEmpty()) {
      return null;
    }
    Timing timing = Measurements.timing(measured);
    return question == Question.E4 ? timing : timing.withoutGate();
  }

  private static Map<String, String> policy() {
    SessionPolicy counted = SessionPolicy.defaults();
    Map<String, String> policy = new LinkedHashMap<>();
    policy.put("idleTimeout", counted.idleTimeout().toString());
    policy.put("touchAfter", counted.touchAfter().toString());
    policy.put("absoluteLifetime", counted.absoluteLifetime().toString());
    policy.put(
        "absoluteLifetime of timed arms", ValidationTasks.policy().absoluteLifetime().toString());
    policy.put("staleness", Wiring.STALENESS.toString());
    policy.put("staleness of timed arms", ValidationTasks.STALENESS.toString());
    return policy;
  }

  private void cleanUp() {
    if (!server.callers()) {
      return;
    }
    try {
      scope.servers().redis().ifPresent(address -> address.deleteKeys(scope.keyPrefix()));
    } catch (RuntimeException e) {
      exceptions.add(
          "The keys of this run (%s*) could not be deleted: %s."
              .formatted(scope.keyPrefix(), e.getClass().getSimpleName()));
    }
  }

  private void interrupt(CountDownLatch written) {
    interrupted = true;
    timed.stop();
    try {
      if (!written.await(PATIENCE_WHEN_INTERRUPTED.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("Interrupted, and the report could not be written in time.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // already shutting down: the hook is what brought us here
    }
  }
}
