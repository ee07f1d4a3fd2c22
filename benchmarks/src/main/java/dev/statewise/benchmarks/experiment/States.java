package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Invariant.Outcome;
import dev.statewise.benchmarks.run.Invariant.Stamp;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules by which E26's verdict, what became of its hypothesis, where costs cross, and invariant
 * I16 follow from its values. A request is a read and a change of one attribute; its cost is CPU
 * time, of the client and, where it was asked, of the server.
 */
public final class States implements Rules {

  /** "It is the trip that costs" as long as a request costs at most so many times the smallest. */
  private static final double MUCH = 2;

  /** Within this factor a cost does not depend on the size. */
  private static final double THE_SAME = 1.5;

  private static final String MEMORY = "memory";
  private static final double NANOS_PER_MICRO = 1_000;
  private static final double KIBIBYTE = 1 << 10;

  /**
   * What a request of one store costs at one size.
   *
   * @param nanos CPU time
   */
  private record Point(StateSize size, double nanos) {}

  /**
   * Holds if a request to no store outside costs more than twice what it costs at the smallest
   * size; does not if to each it does at the next size already; else up to a size.
   */
  @Override
  public Finding verdict(Experiment experiment) {
    List<String> outside = outside(experiment);
    if (outside.isEmpty()) {
      return Finding.untestable("No store outside this process was measured at two sizes.");
    }
    List<Optional<Double>> doubled =
        outside.stream().map(arm -> crossing(points(experiment, arm))).toList();
    boolean holds = doubled.stream().allMatch(Optional::isEmpty);
    boolean nowhere =
        outside.stream()
            .map(arm -> points(experiment, arm))
            .allMatch(points -> points.get(1).nanos() > MUCH * points.get(0).nanos());
    return new Finding(
        holds ? Verdict.HOLDS : nowhere ? Verdict.DOES_NOT_HOLD : Verdict.HOLDS_WHEN,
        "A request that reads the state and changes one of its %d attributes: %s. %s"
            .formatted(
                StateSize.ATTRIBUTES,
                arms(experiment).stream()
                    .filter(arm -> points(experiment, arm).size() > 1)
                    .map(arm -> cost(named(experiment, arm), points(experiment, arm)))
                    .collect(Collectors.joining("; ")),
                sent(experiment, outside)));
  }

  private static String named(Experiment experiment, String arm) {
    return isOfClientAlone(experiment, arm) ? arm + " (its client alone)" : arm;
  }

  private static String cost(String arm, List<Point> points) {
    Point first = points.get(0);
    Point last = points.get(points.size() - 1);
    return "%s takes %s µs of CPU with %s and %s µs with %s%s"
        .formatted(
            arm,
            Numbers.rounded(first.nanos() / NANOS_PER_MICRO),
            first.size().label(),
            Numbers.rounded(last.nanos() / NANOS_PER_MICRO),
            last.size().label(),
            crossing(points)
                .map(bytes -> ", twice the former from about %s on".formatted(text(bytes)))
                .orElse(", never twice the former"));
  }

  private static String sent(Experiment experiment, List<String> outside) {
    return outside.stream()
        .flatMap(arm -> results(experiment, arm, StateOperation.CHANGE))
        .filter(arm -> arm.value("bytesToStore").isPresent())
        .max(Comparator.comparing(States::bytes))
        .map(
            arm ->
                "To change one attribute of %s, %s is sent %s bytes."
                    .formatted(
                        size(arm).label(),
                        arm.name(),
                        Numbers.exact(arm.value("bytesToStore").orElseThrow())))
        .orElse("");
  }

  /** Each part of the hypothesis, with what was measured. */
  @Override
  public String predictions(Experiment experiment) {
    List<String> parts = new ArrayList<>();
    List<Point> memory = points(experiment, MEMORY);
    if (memory.size() > 1) {
      double ratio = memory.get(memory.size() - 1).nanos() / memory.get(0).nanos();
      parts.add(
          "memory costs the same at every size: %s (× %s)"
              .formatted(outcome(ratio <= THE_SAME), Numbers.rounded(ratio)));
    }
    for (String arm : outside(experiment)) {
      Optional<Double> doubled = crossing(points(experiment, arm));
      boolean between = doubled.filter(bytes -> bytes <= StateSize.KIB_64.bytes()).isPresent();
      parts.add(
          "%s costs twice as much somewhere from 1 to 64 KiB: %s (%s)"
              .formatted(arm, outcome(between), doubled.map(States::text).orElse("at no size")));
    }
    return parts.isEmpty() ? "" : String.join("; ", parts) + ".";
  }

  private static String outcome(boolean cameTrue) {
    return cameTrue ? "came true" : "did not come true";
  }

  /** Which store becomes the cheaper of two at which size, a sentence each. */
  @Override
  public List<String> asides(Experiment experiment) {
    List<String> arms =
        arms(experiment).stream().filter(arm -> !isOfClientAlone(experiment, arm)).toList();
    List<String> sentences = new ArrayList<>();
    for (int one = 0; one < arms.size(); one++) {
      for (int other = one + 1; other < arms.size(); other++) {
        crossover(experiment, arms.get(one), arms.get(other)).ifPresent(sentences::add);
      }
    }
    return sentences;
  }

  /** Whether it asks a server whose CPU time is not known, so that it is in no cost. */
  public static boolean isOfClientAlone(Experiment experiment, String arm) {
    return outside(experiment).contains(arm)
        && experiment.arms().stream()
            .filter(one -> one.name().equals(arm))
            .noneMatch(one -> one.value("serverCpu").isPresent());
  }

  private static Optional<String> crossover(Experiment experiment, String one, String other) {
    List<Point> ratios = new ArrayList<>();
    List<Point> others = points(experiment, other);
    for (Point point : points(experiment, one)) {
      others.stream()
          .filter(of -> of.size() == point.size())
          .forEach(of -> ratios.add(new Point(point.size(), point.nanos() / of.nanos())));
    }
    for (int i = 1; i < ratios.size(); i++) {
      Point before = ratios.get(i - 1);
      Point after = ratios.get(i);
      if ((before.nanos() < 1) != (after.nanos() < 1)) {
        boolean oneWins = after.nanos() < 1;
        return Optional.of(
            "From about %s on a request costs less CPU with %s than with %s."
                .formatted(
                    text(between(before, after, 1)), oneWins ? one : other, oneWins ? other : one));
      }
    }
    return Optional.empty();
  }

  /** At how many bytes a request costs {@link #MUCH} times what it costs at the first size. */
  private static Optional<Double> crossing(List<Point> points) {
    for (int i = 1; i < points.size(); i++) {
      double bound = MUCH * points.get(0).nanos();
      if (points.get(i).nanos() > bound) {
        return Optional.of(between(points.get(i - 1), points.get(i), bound));
      }
    }
    return Optional.empty();
  }

  /** Where a straight line through both, on logarithmic axes, reaches the value. */
  private static double between(Point before, Point after, double value) {
    double share = Math.log(value / before.nanos()) / Math.log(after.nanos() / before.nanos());
    double sizes = (double) after.size().bytes() / before.size().bytes();
    return before.size().bytes() * Math.pow(sizes, Math.max(0, Math.min(1, share)));
  }

  /**
   * I16: what is sent to a store outside for a change, and what it sends for a read, is at least
   * the state; and a larger state does not cost it less.
   */
  public static Invariant invariant(Optional<Experiment> found, boolean timesReadable) {
    String rule =
        "State that goes to a store outside is on the wire, all of it, and a larger one costs no"
            + " less CPU";
    List<String> findings = new ArrayList<>();
    int compared = 0;
    for (ArmResult arm : found.map(Experiment::arms).orElse(List.of())) {
      boolean reads = StateOperation.READ.toString().equals(arm.params().get(StateCost.OPERATION));
      Optional<Double> bytes = arm.value(reads ? "bytesFromStore" : "bytesToStore");
      if (arm.value("roundTrips").filter(trips -> trips > 0).isPresent() && bytes.isPresent()) {
        compared++;
        if (bytes.get() < size(arm).bytes()) {
          findings.add(
              "%s %s %s: %s bytes on the wire"
                  .formatted(
                      arm.name(),
                      arm.params().get(StateCost.OPERATION),
                      size(arm).label(),
                      Numbers.exact(bytes.get())));
        }
      }
    }
    if (timesReadable) {
      found.ifPresent(experiment -> findings.addAll(cheaperWhenLarger(experiment)));
    }
    if (compared == 0) {
      return new Invariant(
          "I16", rule, Stamp.INVALID, Outcome.NOT_APPLICABLE, "no store outside was measured");
    }
    return findings.isEmpty()
        ? new Invariant("I16", rule, Stamp.INVALID, Outcome.HOLDS, compared + " sizes compared")
        : new Invariant("I16", rule, Stamp.INVALID, Outcome.BROKEN, String.join("; ", findings));
  }

  private static List<String> cheaperWhenLarger(Experiment experiment) {
    List<String> findings = new ArrayList<>();
    for (String arm : outside(experiment)) {
      List<Point> points = points(experiment, arm);
      for (int i = 1; i < points.size(); i++) {
        double least = (1 - NoiseFloor.EQUIVALENCE) * points.get(i - 1).nanos();
        if (points.get(i).nanos() < least) {
          findings.add(
              "%s costs less with %s than with %s"
                  .formatted(arm, points.get(i).size().label(), points.get(i - 1).size().label()));
        }
      }
    }
    return findings;
  }

  /** The stores that something passes a wire to, and that were timed at two sizes. */
  private static List<String> outside(Experiment experiment) {
    return experiment.arms().stream()
        .filter(arm -> arm.value("roundTrips").filter(trips -> trips > 0).isPresent())
        .map(ArmResult::name)
        .distinct()
        .filter(arm -> points(experiment, arm).size() > 1)
        .toList();
  }

  /** What a request costs at each size at which both its halves were timed, smallest first. */
  private static List<Point> points(Experiment experiment, String arm) {
    List<Point> points = new ArrayList<>();
    for (StateSize size : StateSize.values()) {
      cost(experiment, arm, size).ifPresent(nanos -> points.add(new Point(size, nanos)));
    }
    return points;
  }

  /** What a request to one store costs at one size, in nanoseconds of CPU time. */
  public static Optional<Double> cost(Experiment experiment, String arm, StateSize size) {
    Optional<Double> read = cost(experiment, arm, StateOperation.READ, size);
    return cost(experiment, arm, StateOperation.CHANGE, size)
        .flatMap(change -> read.map(nanos -> nanos + change));
  }

  private static List<String> arms(Experiment experiment) {
    return experiment.arms().stream().map(ArmResult::name).distinct().toList();
  }

  private static Optional<Double> cost(
      Experiment experiment, String arm, StateOperation operation, StateSize size) {
    Map<String, String> params =
        Map.of(StateCost.OPERATION, operation.toString(), StateCost.SIZE, size.toString());
    double server = experiment.value(arm, params, "serverCpu").orElse(0.0);
    return experiment.value(arm, params, "cpu").map(cpu -> cpu + server);
  }

  private static Stream<ArmResult> results(
      Experiment experiment, String arm, StateOperation operation) {
    Map<String, String> params = Map.of(StateCost.OPERATION, operation.toString());
    return experiment.arms().stream().filter(one -> one.name().equals(arm) && one.has(params));
  }

  private static int bytes(ArmResult arm) {
    return size(arm).bytes();
  }

  private static StateSize size(ArmResult arm) {
    return StateSize.named(arm.params().getOrDefault(StateCost.SIZE, "")).orElseThrow();
  }

  private static String text(double bytes) {
    return Numbers.rounded(bytes / KIBIBYTE) + " KiB";
  }
}
