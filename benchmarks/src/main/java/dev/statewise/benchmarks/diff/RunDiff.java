package dev.statewise.benchmarks.diff;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.statewise.benchmarks.run.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How one file differs from another.
 *
 * @param a what the first is
 * @param b what the second is
 * @param environment what they were measured on, where it differs; those first that explain most
 * @param verdicts of the same experiment, where they differ
 * @param broken invariants that make one of them INVALID
 * @param agreement whether they say the same
 * @param metrics every number that is in both
 * @param onlyInA what there is a number of in the first alone
 * @param onlyInB what there is a number of in the second alone
 */
public record RunDiff(
    String a,
    String b,
    List<Change> environment,
    List<Change> verdicts,
    List<String> broken,
    Agreement agreement,
    List<Difference> metrics,
    List<Key> onlyInA,
    List<Key> onlyInB) {

  /** A text that is another in the second file. */
  public record Change(String name, String a, String b) {}

  /** A kind of difference that a caller may not want. */
  public enum Kind {
    /** A count is another, or none is in both files. */
    COUNT,
    /** One of the files breaks an invariant that makes it INVALID. */
    INVARIANT,
    /** A CPU metric regressed. */
    CPU,
    /** The files do not agree, as {@link Agreement} has it. */
    AGREEMENT
  }

  private static final String NONE = "(not there)";

  /** How {@code b} differs from {@code a}. */
  public static RunDiff between(Recording a, Recording b, Noise noise) {
    Judge judge = new Judge(noise);
    List<Difference> differences = new ArrayList<>();
    a.readings()
        .forEach(
            (key, reading) -> {
              Reading other = b.readings().get(key);
              if (other != null) {
                differences.add(judge.of(key, reading, other));
              }
            });
    List<String> broken = new ArrayList<>();
    a.broken().forEach(one -> broken.add("A " + one));
    b.broken().forEach(one -> broken.add("B " + one));
    return new RunDiff(
        a.title(),
        b.title(),
        changes(a.facts(), b.facts()),
        verdicts(a, b),
        broken,
        Agreement.of(differences),
        differences,
        without(a, b),
        without(b, a));
  }

  /** Whether they differ in that kind. */
  public boolean differsIn(Kind kind) {
    return switch (kind) {
      case COUNT -> agreement.counts() == 0 || agreement.countsEqual() < agreement.counts();
      case INVARIANT -> !broken.isEmpty();
      case CPU ->
          metrics.stream()
              .anyMatch(
                  one -> one.evidence() == Evidence.CPU && one.outcome() == Outcome.REGRESSED);
      case AGREEMENT -> !agreement.holds();
    };
  }

  /** Those of an outcome. */
  @JsonIgnore
  public List<Difference> of(Outcome outcome) {
    return metrics.stream().filter(one -> one.outcome() == outcome).toList();
  }

  private static List<Key> without(Recording these, Recording others) {
    return these.readings().keySet().stream()
        .filter(key -> !others.readings().containsKey(key))
        .toList();
  }

  private static List<Change> verdicts(Recording a, Recording b) {
    return changes(a.verdicts(), b.verdicts()).stream()
        .filter(change -> !change.a().equals(NONE) && !change.b().equals(NONE))
        .toList();
  }

  private static List<Change> changes(Map<String, String> a, Map<String, String> b) {
    Set<String> names = new LinkedHashSet<>(a.keySet());
    names.addAll(b.keySet());
    return names.stream()
        .map(name -> new Change(name, a.getOrDefault(name, NONE), b.getOrDefault(name, NONE)))
        .filter(change -> !change.a().equals(change.b()))
        .toList();
  }
}
