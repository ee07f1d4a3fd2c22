package dev.statewise.benchmarks;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.experiment.Environment;
import dev.statewise.benchmarks.experiment.Group;
import dev.statewise.benchmarks.experiment.Invariants;
import dev.statewise.benchmarks.experiment.Measurements;
import dev.statewise.benchmarks.experiment.NoiseFloor;
import dev.statewise.benchmarks.experiment.ProviderCost;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.experiment.RejectionCost;
import dev.statewise.benchmarks.experiment.RequestBytes;
import dev.statewise.benchmarks.experiment.StoreCommands;
import dev.statewise.benchmarks.experiment.Targets;
import dev.statewise.benchmarks.experiment.ValidationCost;
import dev.statewise.benchmarks.experiment.ValidationTasks;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Plan;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Fact;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Invariant.Stamp;
import dev.statewise.benchmarks.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One comparison, from the gate to the report. Counts come first and times last, so that a run that
 * is interrupted has what is exact.
 */
final class Comparison {

  private static final Duration PATIENCE_WHEN_INTERRUPTED = Duration.ofSeconds(30);

  private final List<Arm> arms;
  private final List<Arm> timedArms;
  private final List<PeerArm> peers;
  private final Tier tier;
  private final Set<Question> questions;
  private final RedisForRun server;
  private final Optional<RedisAddress> redis;
  private final String command;
  private final Output output;

  private final String id;
  private final long seed;
  private final InstantSource systemClock = InstantSource.system();
  private final Instant begun = systemClock.instant().truncatedTo(ChronoUnit.MILLIS);
  private final Plan plan;
  private final List<Jdk> jdks;
  private final Duration planned;
  private final String keyPrefix;

  private final AtTheGate gate;
  private final List<String> exceptions = new ArrayList<>();
  private final Map<Question, List<ArmResult>> counted = new TreeMap<>();
  private Optional<List<String>> storeFindings = Optional.empty();
  private Optional<List<String>> sizeFindings = Optional.empty();
  private Measurements measurements = new Measurements();
  private Measurements refusals = new Measurements();
  private final Map<Integer, Measurements> signatures = new LinkedHashMap<>();
  private volatile @Nullable Forks running;
  private volatile boolean interrupted;

  Comparison(
      List<Arm> arms,
      List<PeerArm> peers,
      Tier tier,
      Set<Question> questions,
      RedisForRun server,
      String command,
      Output output) {
    this.arms = arms;
    this.timedArms = Arms.withVariants(arms);
    this.peers = peers;
    this.tier = tier;
    this.questions = questions;
    this.server = server;
    this.redis = server.address();
    this.command = command;
    this.output = output;
    this.seed = begun.toEpochMilli();
    this.id = Long.toString(seed, Character.MAX_RADIX);
    this.keyPrefix = "statewise-benchmarks:" + id + ":";
    boolean timed = questions.contains(Question.E0);
    this.plan = Plan.of(tier, timed);
    this.jdks = questions.contains(Question.E2) ? Jdk.ownAndNewer() : List.of();
    this.planned = planned();
    this.gate = new AtTheGate(timed ? timedArms : arms, peers, redis, keyPrefix, () -> interrupted);
  }

  double plannedMinutes() {
    return planned.toMillis() / 60_000.0;
  }

  /** The budget of the tier, or what there is instead of it if nothing else is timed. */
  private Duration planned() {
    Duration planned = plan.total();
    if (plan.forks() == 0 && questions.contains(Question.E4)) {
      planned = planned.plus(Plan.ofRefusals(tier).total());
    }
    if (plan.forks() == 0 && questions.contains(Question.E2)) {
      planned = planned.plus(Plan.ofSignatures(tier).total().multipliedBy(jdks.size()));
    }
    return planned;
  }

  /** Measures, writes everything and returns what was written. */
  Run run() {
    Environment environment = Environment.before(server.version(), server.link(), Forks.flags());
    CountDownLatch written = new CountDownLatch(1);
    try (Progress progress = Progress.toStandardError(planned)) {
      Thread hook = new Thread(() -> interrupt(written), "keeps what was measured");
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        measure(progress);
        Run run = assemble(environment);
        output.write(run, timed().stream().flatMap(one -> one.slices().stream()).toList());
        return run;
      } finally {
        written.countDown();
        forget(hook);
      }
    }
  }

  private void measure(Progress progress) {
    gate.ask(progress);
    if (questions.contains(Question.E8)) {
      progress.step("E8 request bytes");
      RequestBytes bytes = new RequestBytes(redis, keyPrefix, () -> interrupted);
      attempt(Question.E8, () -> counted.put(Question.E8, bytes.measure(arms, gate::absence)));
      sizeFindings = Optional.of(bytes.findings());
    }
    if (questions.contains(Question.E6)) {
      progress.step("E6 commands to the store");
      StoreCommands commands = new StoreCommands(redis, keyPrefix, () -> interrupted);
      attempt(
          Question.E6,
          () ->
              counted.put(
                  Question.E6, commands.measure(arms, gate::absence, peers, gate::absence)));
      storeFindings = commands.checked() > 0 ? Optional.of(commands.findings()) : Optional.empty();
    }
    if (questions.contains(Question.E4)) {
      refusals = time(Question.E4, Jdk.own(), Plan.ofRefusals(tier), progress);
    }
    for (Jdk jdk : jdks) {
      signatures.put(jdk.feature(), time(Question.E2, jdk, Plan.ofSignatures(tier), progress));
    }
    if (jdks.size() == 1) {
      exceptions.add("E2 was measured on one JDK: no newer one was found.");
    }
    if (plan.forks() > 0) {
      measurements = time(Question.E1, Jdk.own(), plan, progress);
      gate.add(measurements.gate());
    }
    cleanUp();
  }

  private List<Measurements> timed() {
    List<Measurements> all = new ArrayList<>(List.of(measurements, refusals));
    all.addAll(signatures.values());
    return all;
  }

  private Measurements time(Question question, Jdk jdk, Plan plan, Progress progress) {
    if (interrupted) {
      return new Measurements();
    }
    Forks forks =
        new Forks(
            question,
            jdk,
            plan,
            groups(question),
            seed,
            redis,
            keyPrefix + question + ":",
            progress);
    running = forks;
    if (interrupted) {
      forks.stop();
    }
    Measurements measured = forks.run();
    exceptions.addAll(measured.failures());
    return measured;
  }

  /** Those that have anybody to time; only E1 has more than one. */
  private List<Group> groups(Question question) {
    return Stream.of(Group.values())
        .filter(group -> question == Question.E1 || group == Group.TOKENS)
        .filter(
            group ->
                question != Question.E1
                    || !group.of(arms).isEmpty()
                    || !group.ofPeers(peers).isEmpty())
        .toList();
  }

  private void attempt(Question question, Runnable measurement) {
    try {
      measurement.run();
    } catch (RuntimeException e) {
      counted.putIfAbsent(question, List.of());
      exceptions.add(
          "%s was not completed: %s: %s"
              .formatted(question, e.getClass().getSimpleName(), e.getMessage()));
    }
  }

  private Run assemble(Environment environment) {
    Bootstrap bootstrap = new Bootstrap(seed);
    Run.Noise noise = new NoiseFloor(measurements, bootstrap).noise();
    List<Experiment> experiments = experiments(bootstrap, noise);
    Map<String, Fact> env = environment.after();
    if (interrupted) {
      exceptions.add(
          "The run was interrupted; what was not measured until then is missing or has its reason.");
    }
    List<GateOutcome> outcomes = gate.outcomes();
    exceptions.addAll(0, gate.leftOut());
    List<Invariant> invariants =
        Invariants.judge(
            new Invariants.Evidence(
                tier.timesReadable(),
                interrupted,
                measurements,
                refusals,
                List.copyOf(signatures.values()),
                noise,
                outcomes,
                storeFindings,
                sizeFindings,
                experiments,
                env));
    return new Run(
        Run.SCHEMA_VERSION,
        about(outcomes, invariants, env),
        env,
        noise,
        invariants,
        experiments,
        new Targets(experiments, measurements, bootstrap, tier.timesReadable()).judge(),
        List.copyOf(exceptions));
  }

  private Run.About about(
      List<GateOutcome> outcomes, List<Invariant> invariants, Map<String, Fact> env) {
    double minutes = Duration.between(begun, systemClock.instant()).toMillis() / 60_000.0;
    return new Run.About(
        id,
        begun.toString(),
        tier.toString(),
        command,
        seed,
        env.getOrDefault("commit", Fact.unknown("not looked for")),
        env.getOrDefault("dirty", Fact.unknown("not looked for")),
        status(invariants),
        !interrupted && timed().stream().allMatch(one -> one.failures().isEmpty()),
        tier.timesReadable(),
        measurements.forks(),
        plannedMinutes(),
        minutes,
        policy(),
        gate.strategies(),
        outcomes);
  }

  private List<Experiment> experiments(Bootstrap bootstrap, Run.Noise noise) {
    List<Experiment> experiments = new ArrayList<>();
    if (questions.contains(Question.E0)) {
      experiments.add(Question.E0.answeredBy(NoiseFloor.arms(noise), tier.timesReadable()));
    }
    if (questions.contains(Question.E1)) {
      List<ArmResult> results =
          new ValidationCost(measurements, bootstrap)
              .results(timedArms, gate::absence, peers, gate::absence);
      experiments.add(Question.E1.answeredBy(results, tier.timesReadable()));
    }
    if (questions.contains(Question.E2)) {
      List<ArmResult> results = new ProviderCost(signatures, bootstrap).results();
      experiments.add(Question.E2.answeredBy(results, tier.timesReadable()));
    }
    if (questions.contains(Question.E4)) {
      List<ArmResult> results = new RejectionCost(refusals, bootstrap).results(arms, gate::absence);
      experiments.add(Question.E4.answeredBy(results, tier.timesReadable()));
    }
    counted.forEach(
        (question, results) -> experiments.add(question.answeredBy(results, tier.timesReadable())));
    return experiments;
  }

  private static Run.Status status(List<Invariant> invariants) {
    if (invariants.stream().anyMatch(one -> one.stampsAs(Stamp.INVALID))) {
      return Run.Status.INVALID;
    }
    return invariants.stream().anyMatch(one -> one.stampsAs(Stamp.NOISY))
        ? Run.Status.NOISY
        : Run.Status.OK;
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
      redis.ifPresent(address -> address.deleteKeys(keyPrefix));
    } catch (RuntimeException e) {
      exceptions.add(
          "The keys of this run (%s*) could not be deleted: %s."
              .formatted(keyPrefix, e.getClass().getSimpleName()));
    }
  }

  private void interrupt(CountDownLatch written) {
    interrupted = true;
    Forks forks = running;
    if (forks != null) {
      forks.stop();
    }
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
