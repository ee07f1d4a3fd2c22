package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.run.GateOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What the JVMs of a timed experiment measured. Filled by one thread. */
public final class Measurements {
  private final List<Slice> slices = new ArrayList<>();
  private final List<GateOutcome> gate = new ArrayList<>();
  private final Map<String, SortedSet<String>> payloads = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private final Set<String> guests = new HashSet<>();
  private int finished;

  public void add(Slice slice) {
    slices.add(slice);
  }

  public void add(GateOutcome outcome) {
    gate.add(outcome);
  }

  /** Notes that in this JVM an arm is timed for ratios alone. */
  public void guest(int fork, String arm) {
    guests.add(fork + " " + arm);
  }

  /** Notes the hash of the state that an arm's sessions carry. */
  public void payload(String arm, String hash) {
    payloads.computeIfAbsent(hash, unseen -> new TreeSet<>()).add(arm);
  }

  public void failed(String what) {
    failures.add(what);
  }

  /** One more JVM came to its end. */
  public void finished() {
    finished++;
  }

  public List<Slice> slices() {
    return List.copyOf(slices);
  }

  public List<GateOutcome> gate() {
    return List.copyOf(gate);
  }

  public List<String> failures() {
    return List.copyOf(failures);
  }

  /** How many JVMs measured anything. */
  public int forks() {
    return (int) slices.stream().mapToInt(Slice::fork).distinct().count();
  }

  /** Who was timed at an operation. */
  public SortedSet<String> arms(String operation) {
    SortedSet<String> arms = new TreeSet<>();
    slices.stream()
        .filter(slice -> slice.operation().equals(operation))
        .forEach(slice -> arms.add(slice.arm()));
    return arms;
  }

  /** Whether nothing was timed. */
  public boolean isEmpty() {
    return slices.isEmpty();
  }

  /** The arms by the state they carried: one entry if all carried the same. */
  Map<String, SortedSet<String>> armsByPayload() {
    return payloads;
  }

  /** How many JVMs came to their end. */
  public int finishedForks() {
    return finished;
  }

  /**
   * One value a slice of one arm and operation, in a group a JVM; NaN is left out, and so are JVMs
   * in which the arm was a guest.
   */
  public List<double[]> samples(String arm, String operation, ToDoubleFunction<Slice> value) {
    return grouped(
        slice ->
            slice.arm().equals(arm)
                && slice.operation().equals(operation)
                && !guests.contains(slice.fork() + " " + arm),
        value);
  }

  private List<double[]> grouped(Predicate<Slice> wanted, ToDoubleFunction<Slice> value) {
    Map<Integer, List<Double>> groups = new TreeMap<>();
    for (Slice slice : slices) {
      double sample = wanted.test(slice) ? value.applyAsDouble(slice) : Double.NaN;
      if (!Double.isNaN(sample)) {
        groups.computeIfAbsent(slice.fork(), unseen -> new ArrayList<>()).add(sample);
      }
    }
    return groups.values().stream()
        .map(group -> group.stream().mapToDouble(Double::doubleValue).toArray())
        .toList();
  }

  /**
   * Of each round the ratio of one arm's CPU time to another's, in a group a JVM: what happened to
   * the machine in that round happened to both.
   */
  public List<double[]> ratios(String arm, String to, String operation, String toOperation) {
    return ratios(arm, to, operation, toOperation, Slice::cpu);
  }

  /** The same of another value of a slice. */
  public List<double[]> ratios(
      String arm, String to, String operation, String toOperation, ToDoubleFunction<Slice> value) {
    Map<Integer, Map<Integer, Double>> numerators = byRound(arm, operation, value);
    Map<Integer, Map<Integer, Double>> denominators = byRound(to, toOperation, value);
    List<double[]> ratios = new ArrayList<>();
    numerators.forEach(
        (fork, rounds) -> {
          Map<Integer, Double> others = denominators.getOrDefault(fork, Map.of());
          ratios.add(
              rounds.entrySet().stream()
                  .filter(round -> others.getOrDefault(round.getKey(), 0.0) > 0)
                  .mapToDouble(round -> round.getValue() / others.getOrDefault(round.getKey(), 1.0))
                  .toArray());
        });
    return ratios;
  }

  private Map<Integer, Map<Integer, Double>> byRound(
      String arm, String operation, ToDoubleFunction<Slice> value) {
    Map<Integer, Map<Integer, Double>> rounds = new TreeMap<>();
    for (Slice slice : slices) {
      if (slice.arm().equals(arm) && slice.operation().equals(operation)) {
        rounds
            .computeIfAbsent(slice.fork(), unseen -> new TreeMap<>())
            .put(slice.round(), value.applyAsDouble(slice));
      }
    }
    return rounds;
  }
}
