package dev.statewise.benchmarks.experiment.economics;

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

/** How E20's verdict, and what became of its hypothesis, follow from its values. */
public final class RevocationRules implements Rules {

  private static final Map<String, String> COUNTED = Map.of(Revocations.PART, Revocations.COUNTED);

  /** A list is "a session store again" if it takes more than a tenth of what sessions do. */
  private static final double AGAIN = 10;

  private static final double HUNDREDS = 100;
  private static final String QUARTER = "15 min";

  /**
   * Holds if the list, however it is kept, asks as much as sessions do, and takes more than a tenth
   * of their memory at every life of a token; does not if it asks less and takes less; else in
   * part.
   */
  @Override
  public Finding verdict(Experiment experiment) {
    Optional<Double> sessions = commands(experiment, Revocations.SESSIONS);
    Optional<Double> asked = commands(experiment, Revocations.ASKED);
    List<ArmResult> lives = lives(experiment, Revocations.ASKED);
    if (sessions.isEmpty() || asked.isEmpty() || lives.isEmpty()) {
      return Finding.untestable(
          "It takes sessions in Redis and a list there, and this run has not weighed and counted both.");
    }
    Optional<Double> followed = commands(experiment, Revocations.FOLLOWED);
    boolean anyAsksLess =
        asked.get() < sessions.get() || followed.filter(one -> one < sessions.get()).isPresent();
    boolean allAskLess =
        asked.get() < sessions.get() && followed.filter(one -> one >= sessions.get()).isEmpty();
    boolean isLarge = lives.stream().allMatch(life -> ratio(life) < AGAIN);
    boolean isSmall = lives.stream().allMatch(life -> ratio(life) >= AGAIN);
    Verdict verdict =
        !anyAsksLess && isLarge
            ? Verdict.HOLDS
            : allAskLess && isSmall ? Verdict.DOES_NOT_HOLD : Verdict.HOLDS_WHEN;
    return new Finding(
        verdict,
        "%s %s".formatted(asks(sessions.get(), asked.get(), followed), takes(experiment, lives)));
  }

  private static String asks(double sessions, double asked, Optional<Double> followed) {
    return "A request asks Redis %s of a session, %s of a list%s."
        .formatted(
            commands(sessions),
            commands(asked),
            followed
                .map(one -> ", and %s of a list that its node follows".formatted(commands(one)))
                .orElse(""));
  }

  private static String commands(double count) {
    return Numbers.exact(count) + (count == 1 ? " command" : " commands");
  }

  private static String takes(Experiment experiment, List<ArmResult> lives) {
    ArmResult first = lives.get(0);
    ArmResult last = lives.get(lives.size() - 1);
    return "A session takes %s B there and a refusal %s B%s. By the model, with logouts of %s, tokens that live %s make a list of %s MB, %s times less than %s sessions; tokens that live %s one of %s MB, %s times less."
        .formatted(
            bytes(experiment, Revocations.SESSIONS, Revocations.REDIS_BYTES),
            bytes(experiment, Revocations.ASKED, Revocations.REDIS_BYTES),
            experiment
                .value(Revocations.FOLLOWED, COUNTED, Revocations.HEAP_BYTES)
                .map(
                    heap ->
                        ", and %s B on the heap of a node that follows"
                            .formatted(Numbers.exact(heap)))
                .orElse(""),
            first.params().getOrDefault("logouts", ""),
            life(first),
            megabytes(first),
            Numbers.rounded(ratio(first)),
            first.params().getOrDefault("sessions", ""),
            life(last),
            megabytes(last),
            Numbers.rounded(ratio(last)));
  }

  /** Each part of the hypothesis, with what was counted or follows from it. */
  @Override
  public String predictions(Experiment experiment) {
    List<String> parts = new ArrayList<>();
    Optional<Double> sessions = commands(experiment, Revocations.SESSIONS);
    sessions.ifPresent(
        own -> {
          commands(experiment, Revocations.ASKED)
              .ifPresent(
                  asked ->
                      parts.add(
                          outcome(
                              "the list makes as many round trips as sessions in Redis",
                              asked.equals(own),
                              "%s and %s".formatted(Numbers.exact(asked), Numbers.exact(own)))));
          commands(experiment, Revocations.FOLLOWED)
              .ifPresent(
                  followed ->
                      parts.add(
                          outcome(
                              "followed it makes none", followed == 0, Numbers.exact(followed))));
        });
    List<ArmResult> lives = lives(experiment, Revocations.ASKED);
    lives.stream()
        .filter(life -> life(life).equals(QUARTER))
        .forEach(
            life ->
                parts.add(
                    outcome(
                        "it holds hundreds of times less at " + QUARTER,
                        ratio(life) >= HUNDREDS,
                        "× " + Numbers.rounded(ratio(life)))));
    if (lives.size() > 1) {
      parts.add(
          outcome(
              "a longer life makes fewer renewals and a longer list",
              rises(lives, Revocations.ENTRIES, 1) && rises(lives, Revocations.RENEWALS, -1),
              "from %s renewals a second and %s refusals to %s and %s"
                  .formatted(
                      value(lives.get(0), Revocations.RENEWALS),
                      value(lives.get(0), Revocations.ENTRIES),
                      value(lives.get(lives.size() - 1), Revocations.RENEWALS),
                      value(lives.get(lives.size() - 1), Revocations.ENTRIES))));
    }
    return parts.isEmpty() ? "" : String.join("; ", parts) + ".";
  }

  /** What the model assumes, and what it leaves out. */
  @Override
  public List<String> asides(Experiment experiment) {
    return lives(experiment, Revocations.ASKED).stream()
        .limit(1)
        .map(
            life ->
                "The model assumes logouts of %s, %s users who are active at a time and so have their tokens renewed between two thirds and three quarters of a life, and %s live sessions; a refusal is kept as long as the list was seen to keep one. Each node that follows a list asks for news by itself, whether there are requests or not, and that is in no number here."
                    .formatted(
                        life.params().getOrDefault("logouts", ""),
                        life.params().getOrDefault("active", ""),
                        life.params().getOrDefault("sessions", "")))
        .toList();
  }

  private static boolean rises(List<ArmResult> lives, String metric, int sign) {
    for (int i = 1; i < lives.size(); i++) {
      double before = lives.get(i - 1).value(metric).orElse(0.0);
      double after = lives.get(i).value(metric).orElse(0.0);
      if (Double.compare(after, before) != sign) {
        return false;
      }
    }
    return true;
  }

  private static String outcome(String predicted, boolean cameTrue, String seen) {
    return "%s: %s (%s)".formatted(predicted, cameTrue ? "came true" : "did not come true", seen);
  }

  /** Of one arm the lives that a model could be made of, shortest first. */
  private static List<ArmResult> lives(Experiment experiment, String arm) {
    return experiment.arms().stream()
        .filter(result -> result.name().equals(arm))
        .filter(result -> result.value(Revocations.SESSIONS_TO_LIST).isPresent())
        .toList();
  }

  private static Optional<Double> commands(Experiment experiment, String arm) {
    return experiment.value(arm, COUNTED, Revocations.COMMANDS);
  }

  private static String bytes(Experiment experiment, String arm, String metric) {
    return experiment.value(arm, COUNTED, metric).map(Numbers::exact).orElse("?");
  }

  private static double ratio(ArmResult life) {
    return life.value(Revocations.SESSIONS_TO_LIST).orElseThrow();
  }

  private static String megabytes(ArmResult life) {
    return value(life, Revocations.MEGABYTES);
  }

  private static String value(ArmResult life, String metric) {
    return life.value(metric).map(Numbers::rounded).orElse("?");
  }

  private static String life(ArmResult result) {
    return result.params().getOrDefault(Revocations.LIFE, "");
  }
}
