package dev.statewise.benchmarks.experiment.economics;

import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.experiment.Finding;
import dev.statewise.benchmarks.experiment.Rules;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How E27's verdict, and what became of its hypothesis, follow from its values. */
public final class SlidingRules implements Rules {

  private static final String FLOOR = "floor-";
  private static final String TOUCHING_ALWAYS = "redis-touch-always";
  private static final List<String> THINNED =
      List.of("redis", "redis-near", "jdbc-h2", "jdbc-postgres", "object-s3");

  /** "At most one request in ten" of 1,000. */
  private static final double ONE_IN_TEN = Writes.PER / 10.0;

  /** "Doubles" is within a tenth, either way. */
  private static final double DOUBLE_AT_LEAST = 1.8;

  private static final double DOUBLE_AT_MOST = 2.2;
  private static final double FEW = 4;
  private static final double MANY = 8;

  /**
   * Of sessions that slide by a write at all: holds if each writes at every request, does not if
   * none does, else in part.
   */
  @Override
  public Finding verdict(Experiment experiment) {
    List<ArmResult> sliding =
        measured(experiment).stream()
            .filter(arm -> writing(arm) > 0 && !arm.name().startsWith(FLOOR))
            .toList();
    if (sliding.isEmpty()) {
      return Finding.untestable("No session that slides by a write was measured.");
    }
    List<ArmResult> always = sliding.stream().filter(arm -> writing(arm) >= Writes.PER).toList();
    List<ArmResult> seldom = sliding.stream().filter(arm -> writing(arm) < Writes.PER).toList();
    Verdict verdict =
        seldom.isEmpty()
            ? Verdict.HOLDS
            : always.isEmpty() ? Verdict.DOES_NOT_HOLD : Verdict.HOLDS_WHEN;
    return new Finding(verdict, sentence(seldom, always) + withoutAny(experiment));
  }

  private static String sentence(List<ArmResult> seldom, List<ArmResult> always) {
    List<String> parts = new ArrayList<>();
    if (!seldom.isEmpty()) {
      parts.add(
          "Of 1,000 requests, %s, %s"
              .formatted(
                  seldom.get(0).params().getOrDefault(SlidingExpiry.PACE, ""),
                  seldom.stream()
                      .map(
                          arm ->
                              "%s writes in %s".formatted(arm.name(), Numbers.exact(writing(arm))))
                      .collect(Collectors.joining(", "))));
    }
    if (!always.isEmpty()) {
      parts.add("Every request is a write for " + names(always));
    }
    return String.join(". ", parts) + ".";
  }

  private static String withoutAny(Experiment experiment) {
    List<ArmResult> never =
        measured(experiment).stream()
            .filter(arm -> writing(arm) == 0 && !arm.name().startsWith(FLOOR))
            .toList();
    return never.isEmpty()
        ? ""
        : " No request is a write for %s, whose sessions do not slide.".formatted(names(never));
  }

  /** Each part of the hypothesis, with what was counted. */
  @Override
  public String predictions(Experiment experiment) {
    List<String> parts = new ArrayList<>();
    List<ArmResult> thinned =
        measured(experiment).stream().filter(arm -> THINNED.contains(arm.name())).toList();
    if (!thinned.isEmpty()) {
      double most = thinned.stream().mapToDouble(SlidingRules::writing).max().orElse(0);
      parts.add(
          outcome(
              "with touches thinned at most one request in ten writes",
              most <= ONE_IN_TEN,
              "at most %s of 1,000".formatted(Numbers.exact(most))));
    }
    find(experiment, "redis")
        .ifPresent(
            redis ->
                parts.add(
                    outcome(
                        "a validation of redis stays one command but for touches",
                        commands(redis) == Writes.PER + writing(redis),
                        Numbers.exact(commands(redis)) + " in 1,000")));
    find(experiment, TOUCHING_ALWAYS)
        .ifPresent(
            always -> {
              double factor = commands(always) / Writes.PER;
              parts.add(
                  outcome(
                      "touching always doubles them",
                      factor >= DOUBLE_AT_LEAST && factor <= DOUBLE_AT_MOST,
                      "× " + Numbers.rounded(factor)));
            });
    List<ArmResult> peers =
        measured(experiment).stream()
            .filter(arm -> PeerArm.isPeer(arm.name()) && writing(arm) >= Writes.PER)
            .toList();
    for (ArmResult peer : peers) {
      double each = commands(peer) / Writes.PER;
      parts.add(
          outcome(
              peer.name() + " makes four to eight",
              each >= FEW && each <= MANY,
              Numbers.rounded(each)));
    }
    return parts.isEmpty() ? "" : String.join("; ", parts) + ".";
  }

  /** What is traded for fewer writes, a sentence each. */
  @Override
  public List<String> asides(Experiment experiment) {
    Optional<ArmResult> get = find(experiment, BareCommand.GET);
    Optional<ArmResult> getex = find(experiment, BareCommand.GETEX);
    if (get.isEmpty() || getex.isEmpty()) {
      return List.of();
    }
    return List.of(
        "A bare GETEX slides by one command, which is a write of the server each time: %s bytes to it in 1,000 requests, where a GET sends %s."
            .formatted(Numbers.exact(toStore(getex.get())), Numbers.exact(toStore(get.get()))),
        "Who writes seldom lets a session that is left alone end up to its idle precision too early, and never too late. Peers keep a time of their own, so to them requests come one upon the other.");
  }

  private static String outcome(String predicted, boolean cameTrue, String seen) {
    return "%s: %s (%s)".formatted(predicted, cameTrue ? "came true" : "did not come true", seen);
  }

  private static List<ArmResult> measured(Experiment experiment) {
    return experiment.arms().stream()
        .filter(arm -> arm.value(SlidingExpiry.WRITING).isPresent())
        .toList();
  }

  private static Optional<ArmResult> find(Experiment experiment, String name) {
    return measured(experiment).stream().filter(arm -> arm.name().equals(name)).findFirst();
  }

  private static double writing(ArmResult arm) {
    return arm.value(SlidingExpiry.WRITING).orElse(0.0);
  }

  private static double commands(ArmResult arm) {
    return arm.value("commands").orElse(0.0);
  }

  private static double toStore(ArmResult arm) {
    return arm.value("bytesToStore").orElse(0.0);
  }

  private static String names(List<ArmResult> arms) {
    return arms.stream().map(ArmResult::name).collect(Collectors.joining(", "));
  }
}
