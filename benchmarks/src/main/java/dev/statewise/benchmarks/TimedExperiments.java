package dev.statewise.benchmarks;

import dev.statewise.benchmarks.experiment.Group;
import dev.statewise.benchmarks.experiment.Measurements;
import dev.statewise.benchmarks.experiment.NoiseFloor;
import dev.statewise.benchmarks.experiment.ProviderCost;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.experiment.RejectionCost;
import dev.statewise.benchmarks.experiment.StateCost;
import dev.statewise.benchmarks.experiment.StateSize;
import dev.statewise.benchmarks.experiment.StateTraffic;
import dev.statewise.benchmarks.experiment.ValidationCost;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Plan;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The experiments of a comparison that are timed, each in JVMs of its own. Run by one thread;
 * {@link #stop} may be called by any, and what was measured until then is kept.
 */
final class TimedExperiments {

  private final Scope scope;
  private final AtTheGate gate;
  private final StateTraffic traffic;
  private final Plan validating;
  private final List<Jdk> jdks;
  private final List<String> exceptions = new ArrayList<>();
  private Measurements validations = new Measurements();
  private Measurements refusals = new Measurements();
  private Measurements states = new Measurements();
  private final Map<Integer, Measurements> signatures = new LinkedHashMap<>();
  private volatile @Nullable Forks running;
  private volatile boolean stopped;

  /**
   * @param traffic what is counted of E26, by whoever counts, before its results are asked for
   */
  TimedExperiments(Scope scope, AtTheGate gate, StateTraffic traffic) {
    this.traffic = traffic;
    this.scope = scope;
    this.gate = gate;
    this.validating = Plan.of(scope.tier(), scope.asks(Question.E0));
    this.jdks = scope.asks(Question.E2) ? Jdk.ownAndNewer() : List.of();
  }

  /** The budget of the tier, or what there is instead of it if E1 is not asked. */
  Duration planned() {
    Duration planned = validating.total();
    if (validating.forks() > 0) {
      return planned;
    }
    if (scope.asks(Question.E4)) {
      planned = planned.plus(Plan.ofRefusals(scope.tier()).total());
    }
    if (scope.asks(Question.E26)) {
      planned = planned.plus(Plan.ofStates(scope.tier()).total());
    }
    if (scope.asks(Question.E2)) {
      planned = planned.plus(Plan.ofSignatures(scope.tier()).total().multipliedBy(jdks.size()));
    }
    return planned;
  }

  /** Measures all of them; E1, which takes what the others leave of the budget, last. */
  void run(Progress progress) {
    if (scope.asks(Question.E4)) {
      refusals = time(Question.E4, Jdk.own(), Plan.ofRefusals(scope.tier()), progress);
    }
    if (scope.asks(Question.E26)) {
      states = time(Question.E26, Jdk.own(), Plan.ofStates(scope.tier()), progress);
      gate.add(states.gate());
    }
    for (Jdk jdk : jdks) {
      Plan plan = Plan.ofSignatures(scope.tier());
      signatures.put(jdk.feature(), time(Question.E2, jdk, plan, progress));
    }
    if (jdks.size() == 1) {
      exceptions.add("E2 was measured on one JDK: no newer one was found.");
    }
    if (validating.forks() > 0) {
      validations = time(Question.E1, Jdk.own(), validating, progress);
      gate.add(validations.gate());
    }
  }

  /** Ends what is running and starts no more. */
  void stop() {
    stopped = true;
    Forks forks = running;
    if (forks != null) {
      forks.stop();
    }
  }

  private Measurements time(Question question, Jdk jdk, Plan plan, Progress progress) {
    if (stopped) {
      return new Measurements();
    }
    Forks forks = new Forks(question, jdk, plan, groups(question), scope, progress);
    running = forks;
    if (stopped) {
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
                    || !group.of(scope.arms()).isEmpty()
                    || !group.ofPeers(scope.peers()).isEmpty())
        .toList();
  }

  /** What E1 measured. */
  Measurements validations() {
    return validations;
  }

  /** What E4 measured, and was answered at its gate. */
  Measurements refusals() {
    return refusals;
  }

  /** What E2 measured, on each JDK. */
  List<Measurements> signatures() {
    return List.copyOf(signatures.values());
  }

  /** What E26 timed. */
  Measurements states() {
    return states;
  }

  /** What any of them measured. */
  List<Measurements> all() {
    List<Measurements> all = new ArrayList<>(List.of(validations, refusals, states));
    all.addAll(signatures.values());
    return all;
  }

  /** What went amiss, a sentence each. */
  List<String> exceptions() {
    return List.copyOf(exceptions);
  }

  /** Those that were asked, with their verdicts. */
  List<Experiment> experiments(Bootstrap bootstrap, Run.Noise noise) {
    List<Experiment> experiments = new ArrayList<>();
    boolean readable = scope.tier().timesReadable();
    if (scope.asks(Question.E0)) {
      experiments.add(Question.E0.answeredBy(NoiseFloor.arms(noise), readable));
    }
    if (scope.asks(Question.E1)) {
      ValidationCost cost = new ValidationCost(validations, bootstrap);
      experiments.add(
          Question.E1.answeredBy(
              cost.results(scope.timedArms(), gate::absence, scope.peers(), gate::absence),
              readable));
    }
    if (scope.asks(Question.E2)) {
      ProviderCost cost = new ProviderCost(signatures, bootstrap);
      experiments.add(Question.E2.answeredBy(cost.results(), readable));
    }
    if (scope.asks(Question.E4)) {
      RejectionCost cost = new RejectionCost(refusals, bootstrap);
      experiments.add(Question.E4.answeredBy(cost.results(scope.arms(), gate::absence), readable));
    }
    if (scope.asks(Question.E26)) {
      StateCost cost = new StateCost(states, traffic, bootstrap);
      experiments.add(
          Question.E26.answeredBy(
              cost.results(scope.arms(), StateSize.of(scope.tier()), gate::absence), readable));
    }
    return experiments;
  }
}
