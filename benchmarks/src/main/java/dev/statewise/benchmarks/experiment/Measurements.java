package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.Answers;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.benchmarks.run.Timing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What the JVMs of a timed experiment measured. Filled by one thread. */
public final class Measurements {
  private final List<Slice> slices = new ArrayList<>();
  private final List<GateOutcome> gate = new ArrayList<>();
  private final Map<String, SortedSet<String>> payloads = new TreeMap<>();
  private final List<String> builds = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Set<String> guests = new HashSet<>();
  private final Map<Integer, Double> collecting = new TreeMap<>();
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

  /** Notes the hash of the code that ran in one more JVM. */
  public void build(String hash) {
    builds.add(hash);
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

  /** Notes what collecting cost one JVM, in nanoseconds of CPU time a byte that it allocated. */
  public void collecting(int fork, double nanosPerByte) {
    collecting.put(fork, nanosPerByte);
  }

  /** What collecting cost one JVM a byte; NaN if it did not tell. */
  public double collecting(int fork) {
    return collecting.getOrDefault(fork, Double.NaN);
  }

  /** How many JVMs came to their end. */
  public int finishedForks() {
    return finished;
  }

  /** How it was timed; of several, for instance one a JDK, all together. */
  public static Timing timing(Collection<Measurements> all) {
    return new Timing(
        all.stream().mapToInt(Measurements::forks).sum(),
        all.stream().mapToInt(Measurements::finishedForks).sum(),
        all.stream().flatMap(one -> one.builds.stream()).toList(),
        payloads(all),
        answers(all.stream().flatMap(one -> one.slices.stream())),
        all.stream().flatMap(one -> one.gate.stream()).distinct().toList(),
        all.stream().flatMap(one -> one.failures.stream()).toList());
  }

  private static Map<String, List<String>> payloads(Collection<Measurements> all) {
    Map<String, SortedSet<String>> arms = new TreeMap<>();
    all.forEach(
        one ->
            one.payloads.forEach(
                (hash, names) ->
                    arms.computeIfAbsent(hash, unseen -> new TreeSet<>()).addAll(names)));
    Map<String, List<String>> payloads = new TreeMap<>();
    arms.forEach((hash, names) -> payloads.put(hash, List.copyOf(names)));
    return payloads;
  }

  private static List<Answers> answers(Stream<Slice> slices) {
    Map<List<String>, Answers> answers = new LinkedHashMap<>();
    slices
        .filter(slice -> !slice.arm().equals(Task.CANARY))
        .forEach(
            slice ->
                answers.merge(
                    List.of(slice.arm(), slice.operation()),
                    new Answers(slice.arm(), slice.operation(), slice.operations(), slice.errors()),
                    Measurements::sum));
    return answers.values().stream()
        .sorted(Comparator.comparing(Answers::operation).thenComparing(Answers::arm))
        .toList();
  }

  private static Answers sum(Answers one, Answers other) {
    return new Answers(
        one.arm(),
        one.operation(),
        one.operations() + other.operations(),
        one.errors() + other.errors());
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
