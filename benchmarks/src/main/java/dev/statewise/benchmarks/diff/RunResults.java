package dev.statewise.benchmarks.diff;

import dev.statewise.benchmarks.invariant.Judgement;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A run of this suite. */
final class RunResults {

  /** What explains most of a difference. */
  private static final List<String> FIRST = List.of("jdk", "cpu", "kernel", "commit");

  /** What differs between any two runs. */
  private static final List<String> LAST =
      List.of("loadBefore", "loadAfter", "stealBefore", "stealAfter");

  private RunResults() {}

  static Recording recording(Judgement judgement) {
    Run run = judgement.run();
    Map<Key, Reading> readings = new LinkedHashMap<>();
    Map<String, String> verdicts = new LinkedHashMap<>();
    for (Experiment experiment : run.experiments()) {
      verdicts.put(experiment.id(), experiment.verdict().words());
      int jvms = experiment.timing() == null ? run.run().forks() : experiment.timing().jvms();
      experiment.arms().forEach(arm -> add(readings, experiment, arm, jvmsOf(arm, jvms)));
    }
    return new Recording(
        "run %s of %s, tier %s, %s"
            .formatted(run.run().id(), run.run().time(), run.run().tier(), run.run().stamp()),
        facts(run),
        readings,
        Stream.concat(broken(run), judgement.contradictions().stream()).toList(),
        verdicts);
  }

  private static Stream<String> broken(Run run) {
    return run.invariants().stream()
        .filter(one -> one.stampsAs(Invariant.Stamp.INVALID))
        .map(one -> one.id() + ": " + one.detail());
  }

  /** An experiment may have an arm twice: there its first is the one that is asked for by name. */
  private static void add(
      Map<Key, Reading> readings, Experiment experiment, ArmResult arm, int jvms) {
    for (Metric metric : arm.metrics()) {
      if (metric.value() != null && metric.lo() != null && metric.hi() != null) {
        readings.putIfAbsent(
            new Key(experiment.id(), arm.name(), arm.params(), metric.name()),
            new Reading(
                metric.unit(),
                metric.evidence(),
                Better.of(metric.name()),
                metric.value(),
                metric.lo(),
                metric.hi(),
                samples(metric),
                jvms));
      }
    }
  }

  /** So many as any number of it has samples of; it may have been in some of all JVMs alone. */
  private static int jvmsOf(ArmResult arm, int all) {
    return arm.metrics().stream()
        .mapToInt(metric -> samples(metric).size())
        .filter(jvms -> jvms > 0)
        .max()
        .orElse(all);
  }

  private static List<double[]> samples(Metric metric) {
    return metric.raw() == null ? List.of() : Samples.groups(metric.raw());
  }

  private static Map<String, String> facts(Run run) {
    Map<String, String> facts = new LinkedHashMap<>();
    FIRST.forEach(name -> put(facts, run, name));
    facts.put("tier", run.run().tier());
    put(facts, run, "flags");
    run.env().keySet().stream()
        .filter(name -> !facts.containsKey(name) && !LAST.contains(name))
        .forEach(name -> put(facts, run, name));
    facts.put("policy", run.run().policy().toString());
    facts.put("stamp", run.run().stamp());
    facts.put("schema", run.schemaVersion());
    LAST.forEach(name -> put(facts, run, name));
    return facts;
  }

  private static void put(Map<String, String> facts, Run run, String name) {
    if (run.env().containsKey(name)) {
      facts.put(name, run.env().get(name).text());
    }
  }
}
