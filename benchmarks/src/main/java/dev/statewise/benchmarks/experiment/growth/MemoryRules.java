package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.experiment.Finding;
import dev.statewise.benchmarks.experiment.Rules;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules by which E28's verdict follows from its values. */
public final class MemoryRules implements Rules {

  /** "About" is within this factor, either way. */
  private static final double ABOUT = 1.25;

  private static final double PREDICTED_BYTES = 250;
  private static final double PREDICTED_OF_SPRING = 0.25;
  private static final double PREDICTED_REFUSAL = 130;

  /**
   * Holds if a session that a server keeps takes more than a refusal of a token does, wherever both
   * were weighed; holds in part if that is so in one place of two.
   */
  @Override
  public Finding verdict(Experiment experiment) {
    List<String> told = new ArrayList<>();
    List<Boolean> dearer = new ArrayList<>();
    place(experiment, "memory", "hybrid-local", SessionMemory.HEAP, "on a heap", told)
        .ifPresent(dearer::add);
    place(experiment, "redis", "hybrid", SessionMemory.REDIS, "in Redis", told)
        .ifPresent(dearer::add);
    if (dearer.isEmpty()) {
      return Finding.untestable(
          "It takes a session and a refusal in one place, and this run has not weighed both.");
    }
    Verdict verdict =
        dearer.stream().allMatch(more -> more)
            ? Verdict.HOLDS
            : dearer.contains(true) ? Verdict.HOLDS_WHEN : Verdict.DOES_NOT_HOLD;
    return new Finding(verdict, String.join(" ", told));
  }

  private static Optional<Boolean> place(
      Experiment experiment,
      String arm,
      String list,
      String metric,
      String where,
      List<String> told) {
    Optional<Double> session = bytes(experiment, arm, Kept.SESSION, metric);
    Optional<Double> refusal = bytes(experiment, list, Kept.REFUSAL, metric);
    if (session.isEmpty() || refusal.isEmpty()) {
      return Optional.empty();
    }
    String listed =
        bytes(experiment, arm, Kept.LISTED, metric)
            .map(all -> ", %s with its place in a list".formatted(Numbers.exact(all)))
            .orElse("");
    told.add(
        "A session with five attributes takes %s bytes %s%s; that a token is refused takes %s."
            .formatted(Numbers.exact(session.get()), where, listed, Numbers.exact(refusal.get())));
    return Optional.of(session.get() > refusal.get());
  }

  @Override
  public String predictions(Experiment experiment) {
    List<String> parts = new ArrayList<>();
    about("about 250 bytes of heap", PREDICTED_BYTES, heap(experiment)).ifPresent(parts::add);
    about("as much in Redis", PREDICTED_BYTES, redis(experiment)).ifPresent(parts::add);
    experiment
        .value("redis", five(Kept.SESSION), SessionMemory.TO_SPRING)
        .map(
            ratio ->
                outcome(
                    "a quarter of what Spring Session takes there",
                    ratio <= PREDICTED_OF_SPRING,
                    "× " + Numbers.rounded(ratio)))
        .ifPresent(parts::add);
    about(
            "about 130 for a refusal in Redis",
            PREDICTED_REFUSAL,
            bytes(experiment, "hybrid", Kept.REFUSAL, SessionMemory.REDIS))
        .ifPresent(parts::add);
    return parts.isEmpty()
        ? ""
        : String.join("; ", parts)
            + ". About is within a factor of %s.".formatted(Numbers.exact(ABOUT));
  }

  /** By what the scale was checked, if it was. */
  @Override
  public List<String> asides(Experiment experiment) {
    return bytes(experiment, Weighed.CONTROL, Kept.KNOWN, SessionMemory.HEAP).stream()
        .map(
            bytes ->
                "An object of %s bytes was weighed as %s, by the same scale as all on a heap."
                    .formatted(Numbers.exact(Control.BYTES), Numbers.exact(bytes)))
        .toList();
  }

  private static Optional<String> about(
      String predicted, double expected, Optional<Double> weighed) {
    return weighed.map(
        bytes ->
            outcome(
                predicted,
                bytes <= expected * ABOUT && bytes >= expected / ABOUT,
                Numbers.exact(bytes)));
  }

  private static String outcome(String predicted, boolean cameTrue, String weighed) {
    return "%s: %s (%s)"
        .formatted(predicted, cameTrue ? "came true" : "did not come true", weighed);
  }

  private static Optional<Double> heap(Experiment experiment) {
    return bytes(experiment, "memory", Kept.SESSION, SessionMemory.HEAP);
  }

  private static Optional<Double> redis(Experiment experiment) {
    return bytes(experiment, "redis", Kept.SESSION, SessionMemory.REDIS);
  }

  private static Optional<Double> bytes(
      Experiment experiment, String arm, Kept kept, String metric) {
    Map<String, String> params =
        kept == Kept.REFUSAL || kept == Kept.KNOWN
            ? Map.of(Weighed.KEPT, kept.toString())
            : five(kept);
    return experiment.arm(arm, params).flatMap((ArmResult found) -> found.value(metric));
  }

  private static Map<String, String> five(Kept kept) {
    return Map.of(Weighed.KEPT, kept.toString(), Weighed.PROFILE, SessionState.FIVE.toString());
  }
}
