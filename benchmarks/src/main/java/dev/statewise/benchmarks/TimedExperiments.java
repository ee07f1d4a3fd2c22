package dev.statewise.benchmarks;

import dev.statewise.benchmarks.catalogue.Catalogue;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.experiment.Measured;
import dev.statewise.benchmarks.experiment.Measurements;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.experiment.Timed;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Plan;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The experiments of a comparison that are timed, each in JVMs of its own. {@link #stop} may be
 * called by any thread, and what was measured until then is kept.
 */
final class TimedExperiments {

  private final Scope scope;
  private final Lab lab;
  private final AtTheGate gate;
  private final Journal journal;
  private final List<Jdk> jdks;
  private final List<String> exceptions = new CopyOnWriteArrayList<>();
  private final Map<Question, Map<Integer, Measurements>> measured = new ConcurrentSkipListMap<>();
  private final Set<Forks> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  TimedExperiments(Scope scope, Lab lab, AtTheGate gate, Journal journal) {
    this.journal = journal;
    this.scope = scope;
    this.lab = lab;
    this.gate = gate;
    boolean all =
        scope.questions().stream()
            .anyMatch(one -> Catalogue.timed(one).filter(Timed::onEveryJdk).isPresent());
    this.jdks = all ? Jdk.ownAndNewer() : List.of(Jdk.own());
  }

  /** How many JDKs there are for an experiment that wants all of them. */
  int jdks() {
    return jdks.size();
  }

  /**
   * Measures all of them; the one that takes what the others leave of the budget last. Where no
   * time is to be read, two at a time.
   */
  void run(Schedule schedule, Progress progress) {
    List<Runnable> all = new ArrayList<>();
    for (Schedule.Share share : schedule.shares()) {
      Catalogue.timed(share.question())
          .filter(timed -> share.jvms() > 0)
          .ifPresent(timed -> all.add(() -> time(share, timed, schedule, progress)));
    }
    if (scope.tier().timesReadable()) {
      all.forEach(Runnable::run);
    } else {
      Collections.reverse(all); // the longest first
      TwoAtATime.run(all);
    }
  }

  private void time(Schedule.Share share, Timed timed, Schedule schedule, Progress progress) {
    Question question = share.question();
    List<Jdk> on = timed.onEveryJdk() ? jdks : List.of(Jdk.own());
    boolean rest = question == Schedule.REST;
    Duration each = rest ? schedule.total() : share.time().dividedBy(on.size());
    Map<Integer, Measurements> byJdk = new LinkedHashMap<>();
    measured.put(question, byJdk);
    for (Jdk jdk : on) {
      Plan plan = timed.plan(scope.tier()).within(each);
      Duration spent = rest ? progress.elapsed() : Duration.ZERO;
      byJdk.put(jdk.feature(), time(question, timed, jdk, plan, spent, progress));
    }
    if (timed.onEveryJdk()) {
      if (on.size() == 1) {
        exceptions.add(question + " was measured on one JDK: no newer one was found.");
      }
    } else {
      // Whose gate says of a provider that it is not there has no arm that failed.
      byJdk.values().forEach(one -> gate.add(one.gate()));
    }
  }

  private Measurements time(
      Question question, Timed timed, Jdk jdk, Plan plan, Duration spent, Progress progress) {
    if (stopped) {
      return new Measurements();
    }
    Forks forks =
        new Forks(question, timed, jdk, timed.groups(lab), plan, spent, scope, journal, progress);
    running.add(forks);
    if (stopped) {
      forks.stop();
    }
    Measurements all = forks.run();
    running.remove(forks);
    exceptions.addAll(all.failures());
    return all;
  }

  /** Ends what is running and starts no more. */
  void stop() {
    stopped = true;
    running.forEach(Forks::stop);
  }

  /** What one experiment measured on the JDK that compares; nothing if it was not asked. */
  Measurements of(Question question) {
    return new Measured(measured.getOrDefault(question, Map.of()), List.of()).own();
  }

  /** What each of them measured. */
  Map<Question, List<Measurements>> all() {
    Map<Question, List<Measurements>> all = new EnumMap<>(Question.class);
    measured.forEach((question, byJdk) -> all.put(question, List.copyOf(byJdk.values())));
    return all;
  }

  /** What went amiss, a sentence each. */
  List<String> exceptions() {
    return List.copyOf(exceptions);
  }

  /**
   * Those that were asked, with their verdicts.
   *
   * @param counted what those that count too have counted
   */
  List<Experiment> experiments(Map<Question, List<ArmResult>> counted, Bootstrap bootstrap) {
    List<Experiment> experiments = new ArrayList<>();
    for (Question question : scope.questions()) {
      results(question, counted.getOrDefault(question, List.of()), bootstrap)
          .map(arms -> Catalogue.answered(question, arms, scope.tier().timesReadable()))
          .ifPresent(experiments::add);
    }
    return experiments;
  }

  private Optional<List<ArmResult>> results(
      Question question, List<ArmResult> counted, Bootstrap bootstrap) {
    return Catalogue.timed(question)
        .map(timed -> timed.results(measured(question, counted), lab, bootstrap))
        .or(
            () ->
                Catalogue.derived(question)
                    .map(one -> one.results(measured(one.from(), counted), lab, bootstrap)));
  }

  private Measured measured(Question question, List<ArmResult> counted) {
    return new Measured(measured.getOrDefault(question, Map.of()), counted);
  }
}
