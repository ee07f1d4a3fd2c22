package dev.statewise.benchmarks.report.chart;

import dev.statewise.benchmarks.arm.TokenKey;
import dev.statewise.benchmarks.report.chart.Chart.Axis;
import dev.statewise.benchmarks.report.chart.Chart.Kind;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** E1: what one validation costs, by strategy, beside other people's, and by the clock. */
final class ValidationCharts {

  private static final Map<String, String> VALIDATE = Map.of("operation", "validate");
  private static final String CLIENT = "this process";
  private static final String BOTH = "with the server";
  private static final String CPU = "cpu";

  /** So much of the client's time is a server's to be worth a mark. */
  private static final double WORTH_A_MARK = 0.1;

  /** How a token is read, by the end of the arm's name. */
  private static final Map<String, String> MANNERS = byName();

  private static final Axis TIME = Axis.log("CPU time of one validation (CPU)", "ns");

  private final Run run;
  private final Experiment experiment;

  private ValidationCharts(Run run, Experiment experiment) {
    this.run = run;
    this.experiment = experiment;
  }

  private static Map<String, String> byName() {
    Map<String, String> manners = new LinkedHashMap<>();
    manners.put("-seen", "seen before");
    manners.put("-lazy", "nothing read of it");
    manners.put("", "read whole");
    manners.put("-first", "first sight of it");
    return manners;
  }

  static List<Chart> of(Run run, Experiment experiment) {
    ValidationCharts charts = new ValidationCharts(run, experiment);
    List<Chart> all = new ArrayList<>();
    all.add(charts.strategies());
    all.add(charts.servers());
    all.add(charts.manners());
    all.add(charts.peers());
    all.add(charts.elapsed());
    return all;
  }

  private Chart strategies() {
    Marks marks = dots("e1.strategies", arm -> isStrategy(arm.name()));
    return chart("e1.strategies", "What one validation costs, by strategy", "arm", marks);
  }

  /** Tokens as they are read, and what remembering them changes: a row an algorithm. */
  private Chart manners() {
    Marks marks = new Marks(run, "e1.manners");
    for (TokenKey key : TokenKey.values()) {
      MANNERS.forEach(
          (suffix, meaning) ->
              experiment
                  .arm("jwt-" + key + suffix, VALIDATE)
                  .ifPresent(arm -> marks.add(arm, CPU, key.toString(), meaning)));
      experiment
          .arm(key.floor(), VALIDATE)
          .ifPresent(arm -> marks.add(arm, CPU, key.toString(), "the bare signature"));
    }
    return chart("e1.manners", "A token read anew, lazily, and remembered", "algorithm", marks);
  }

  private Chart peers() {
    Marks marks =
        dots(
            "e1.peers",
            arm ->
                arm.name().startsWith("peer-")
                    || List.of("memory", "redis", "redis-near", "jwt-hs256", "hybrid-local-seen")
                        .contains(arm.name()));
    boolean any = marks.all().stream().anyMatch(mark -> mark.arm().startsWith("peer-"));
    return chart(
        "e1.peers",
        "Beside other people's libraries",
        "arm",
        any ? marks : new Marks(run, "e1.peers"));
  }

  private Chart chart(String id, String title, String rows, Marks marks) {
    return new Chart(
        id,
        Kind.DOTS,
        title,
        marks.span(),
        rows,
        TIME,
        Axis.names("", List.of()),
        marks.all(),
        List.of());
  }

  /** Client and server one behind the other, which only those have that ask one. */
  private Chart servers() {
    Marks marks = new Marks(run, "e1.servers");
    List<ArmResult> asking = arms(ValidationCharts::asksServer);
    for (ArmResult arm : asking) {
      marks.add(arm, CPU, arm.name(), CLIENT);
      marks.add(arm, "serverCpu", arm.name(), "the server");
    }
    return new Chart(
        "e1.servers",
        Kind.BARS,
        "Who pays for a round trip: this process and the server",
        serverShare(asking),
        "arm",
        Axis.linear("CPU time of one validation (CPU)", "ns"),
        Axis.names("", List.of()),
        marks.all(),
        List.of());
  }

  private static String serverShare(List<ArmResult> asking) {
    double[] shares =
        asking.stream()
            .mapToDouble(
                arm -> {
                  double server = arm.value("serverCpu").orElse(0.0);
                  return server / (server + arm.value(CPU).orElse(0.0));
                })
            .sorted()
            .toArray();
    return shares.length == 0
        ? ""
        : "Of the CPU time of whoever asks a server, the server spends %s to %s %%."
            .formatted(
                Numbers.rounded(shares[0] * 100), Numbers.rounded(shares[shares.length - 1] * 100));
  }

  private Chart elapsed() {
    Marks marks = new Marks(run, "e1.elapsed");
    arms(arm -> isStrategy(arm.name()))
        .forEach(arm -> marks.add(arm, "wall", arm.name(), "elapsed"));
    return new Chart(
        "e1.elapsed",
        Kind.DOTS,
        "The same by the clock, which the whole machine moves",
        marks.span(),
        "arm",
        Axis.log("time elapsed in one validation (WALL)", "ns"),
        Axis.names("", List.of()),
        marks.all(),
        List.of());
  }

  private Marks dots(String id, Predicate<ArmResult> wanted) {
    Marks marks = new Marks(run, id);
    for (ArmResult arm : arms(wanted)) {
      marks.add(arm, CPU, arm.name(), CLIENT);
      if (asksServer(arm)) {
        marks.sum(arm, CPU, "serverCpu", arm.name(), BOTH).ifPresent(marks::add);
      }
    }
    return marks;
  }

  /** Cheapest first, server included. */
  private List<ArmResult> arms(Predicate<ArmResult> wanted) {
    return experiment.arms().stream()
        .filter(arm -> arm.has(VALIDATE) && wanted.test(arm))
        .filter(arm -> arm.value(CPU).isPresent())
        .sorted(Comparator.comparingDouble(ValidationCharts::cost))
        .toList();
  }

  /** Whether a server's time is more than what listening to it takes now and then. */
  private static boolean asksServer(ArmResult arm) {
    double own = arm.value(CPU).orElse(0.0);
    return arm.value("serverCpu").filter(server -> server > own * WORTH_A_MARK).isPresent();
  }

  private static double cost(ArmResult arm) {
    return arm.value(CPU).orElse(0.0) + arm.value("serverCpu").orElse(0.0);
  }

  static boolean isStrategy(String arm) {
    return Family.of(arm)
            .filter(
                family ->
                    family != Family.PEER && family != Family.FLOOR && family != Family.REMEMBERED)
            .isPresent()
        && !arm.equals("redis-touch-always");
  }
}
