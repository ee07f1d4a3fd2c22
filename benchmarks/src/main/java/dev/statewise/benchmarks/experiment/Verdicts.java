package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules of the first questions: of noise, validation, commands to a store and requests. */
public final class Verdicts {

  /** Of E0. */
  public static final Rules NOISE = Verdicts::noise;

  /** Of E1. */
  public static final Rules VALIDATION_COST =
      new Rules() {
        @Override
        public Finding verdict(Experiment experiment) {
          return validationCost(experiment);
        }

        @Override
        public String predictions(Experiment experiment) {
          return Predictions.validationCost(experiment);
        }
      };

  /** Of E6. */
  public static final Rules STORE_COMMANDS = Verdicts::storeCommands;

  /** Of E8. */
  public static final Rules REQUEST_BYTES = Verdicts::requestBytes;

  /** Arms on a server that keep near them what they would ask it. */
  private static final List<String> NEAR = List.of("redis-near", "hybrid-local");

  private static final String TOKEN_ARM = "jwt-";
  private static final Map<String, String> VALIDATE =
      Map.of("operation", Operation.VALIDATE.toString());
  private static final Map<String, String> TYPICAL_LINE =
      Map.of("profile", "typ", "part", "credential line");

  private Verdicts() {}

  /** Holds if the duplicate is within the band around 1 and the canary within its drift. */
  static Finding noise(Experiment experiment) {
    Optional<Metric> aa = experiment.arm(Arms.AA, Map.of()).flatMap(arm -> arm.metric("ratio"));
    Optional<Double> drift = experiment.value(Task.CANARY, Map.of(), "drift");
    if (aa.isEmpty() || aa.get().value() == null || drift.isEmpty()) {
      return Finding.untestable("Nothing was timed.");
    }
    boolean quiet = NoiseFloor.isSame(aa.get()) && drift.get() <= NoiseFloor.MOST_DRIFT;
    return new Finding(
        quiet ? Verdict.HOLDS : Verdict.DOES_NOT_HOLD,
        "An arm and its duplicate differ by a factor of %s, and the canary moved by %s %% within a JVM."
            .formatted(Numbers.withInterval(aa.get()), Numbers.rounded(drift.get() * 100)));
  }

  /**
   * Holds if every kind of token costs more CPU than Redis, client and server together, and memory
   * less than every token; does not if no token costs more than Redis; else in part.
   */
  static Finding validationCost(Experiment experiment) {
    Optional<Double> client = experiment.value("redis", VALIDATE, "cpu");
    List<ArmResult> tokens =
        experiment.arms().stream()
            .filter(arm -> arm.name().startsWith(TOKEN_ARM) && arm.has(VALIDATE))
            .filter(arm -> !arm.params().containsKey(ValidationCost.KIND))
            .filter(arm -> arm.value("cpu").isPresent())
            .toList();
    if (client.isEmpty() || tokens.isEmpty()) {
      return Finding.untestable(
          "It takes a Redis arm and a token arm, and this run has not timed both.");
    }
    double server = experiment.value("redis", VALIDATE, "serverCpu").orElse(0.0);
    double redis = client.get() + server;
    List<ArmResult> dearer =
        tokens.stream().filter(arm -> arm.value("cpu").orElseThrow() > redis).toList();
    String memory =
        experiment
            .value("memory", VALIDATE, "cpu")
            .map(cpu -> "Memory validates for %s ns of CPU; ".formatted(Numbers.rounded(cpu)))
            .orElse("");
    String sentence =
        "%sRedis takes %s ns (%s client, %s server). Of the tokens, %s."
            .formatted(
                memory,
                Numbers.rounded(redis),
                Numbers.rounded(client.get()),
                Numbers.rounded(server),
                tokens.stream()
                    .map(
                        arm ->
                            "%s takes %s ns"
                                .formatted(
                                    arm.name(), Numbers.rounded(arm.value("cpu").orElseThrow())))
                    .collect(Collectors.joining(", ")));
    double leastToken =
        tokens.stream().mapToDouble(arm -> arm.value("cpu").orElseThrow()).min().orElseThrow();
    Optional<Boolean> memoryBelow =
        experiment.value("memory", VALIDATE, "cpu").map(cpu -> cpu < leastToken);
    sentence +=
        memoryBelow
            .map(
                below ->
                    below
                        ? " Memory is cheaper than every token."
                        : " Memory is not cheaper than every token.")
            .orElse("");
    if (dearer.isEmpty()) {
      return new Finding(
          Verdict.DOES_NOT_HOLD, sentence + " No token is dearer than a Redis session.");
    }
    if (dearer.size() == tokens.size()) {
      return new Finding(
          memoryBelow.orElse(true) ? Verdict.HOLDS : Verdict.HOLDS_WHEN,
          sentence + " Every token is dearer than a Redis session.");
    }
    return new Finding(
        Verdict.HOLDS_WHEN,
        sentence
            + " Dearer than a Redis session: only when the algorithm is "
            + names(dearer)
            + ".");
  }

  /**
   * Holds if each arm on a server makes at least one round trip a validation and no other arm makes
   * any; holds in part if only some of those on a server do.
   */
  static Finding storeCommands(Experiment experiment) {
    Map<String, List<String>> armsByCost = new LinkedHashMap<>();
    for (ArmResult arm : experiment.arms()) {
      Optional<Double> roundTrips = arm.has(VALIDATE) ? arm.value("roundTrips") : Optional.empty();
      roundTrips.ifPresent(
          trips ->
              armsByCost
                  .computeIfAbsent(cost(arm, trips), unseen -> new ArrayList<>())
                  .add(arm.name()));
    }
    if (experiment.value("redis", VALIDATE, "roundTrips").isEmpty()) {
      return Finding.untestable("There was no Redis to count on.");
    }
    boolean redisAsks =
        experiment.value("redis", VALIDATE, "roundTrips").filter(trips -> trips > 0).isPresent();
    boolean hybridAsks =
        experiment.value("hybrid", VALIDATE, "roundTrips").filter(trips -> trips <= 0).isEmpty();
    List<String> near = NEAR.stream().filter(arm -> asksNobody(experiment, arm)).toList();
    String sentence =
        "A validation with no touch due costs "
            + armsByCost.entrySet().stream()
                .map(entry -> entry.getKey() + " for " + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("; "))
            + "."
            + (near.isEmpty()
                ? ""
                : " What is kept near, by %s, adds no hop to it."
                    .formatted(String.join(", ", near)));
    boolean allAsk = hybridAsks && near.isEmpty();
    Verdict verdict =
        !redisAsks ? Verdict.DOES_NOT_HOLD : allAsk ? Verdict.HOLDS : Verdict.HOLDS_WHEN;
    return new Finding(verdict, sentence);
  }

  private static boolean asksNobody(Experiment experiment, String arm) {
    return experiment.value(arm, VALIDATE, "roundTrips").filter(trips -> trips <= 0).isPresent();
  }

  /** Holds if the smallest typical token is larger than the largest session id. */
  static Finding requestBytes(Experiment experiment) {
    List<ArmResult> typical =
        experiment.arms().stream()
            .filter(arm -> arm.has(TYPICAL_LINE) && "cookie".equals(arm.params().get("carrier")))
            .filter(arm -> arm.value("bytes").isPresent())
            .toList();
    List<ArmResult> tokens =
        typical.stream().filter(arm -> arm.name().startsWith(TOKEN_ARM)).toList();
    List<ArmResult> ids =
        typical.stream()
            .filter(arm -> arm.name().equals("memory") || arm.name().equals("redis"))
            .toList();
    if (tokens.isEmpty() || ids.isEmpty()) {
      return Finding.untestable("It takes a token and a session id, and this run has not both.");
    }
    double id = ids.stream().mapToDouble(Verdicts::bytes).max().orElseThrow();
    double least = tokens.stream().mapToDouble(Verdicts::bytes).min().orElseThrow();
    double most = tokens.stream().mapToDouble(Verdicts::bytes).max().orElseThrow();
    String sentence =
        "With typical state a session id's cookie line is %s bytes and a token's %s to %s: %s to %s times as much."
            .formatted(
                Numbers.exact(id),
                Numbers.exact(least),
                Numbers.exact(most),
                Numbers.rounded(least / id),
                Numbers.rounded(most / id));
    Verdict verdict =
        least > id ? Verdict.HOLDS : most > id ? Verdict.HOLDS_WHEN : Verdict.DOES_NOT_HOLD;
    return new Finding(verdict, sentence);
  }

  private static double bytes(ArmResult arm) {
    return arm.value("bytes").orElseThrow();
  }

  private static String names(List<ArmResult> arms) {
    return arms.stream().map(ArmResult::name).collect(Collectors.joining(", "));
  }

  private static String cost(ArmResult arm, double roundTrips) {
    double commands = arm.value("commands").orElse(0.0);
    return "%s command%s in %s round trip%s"
        .formatted(
            Numbers.exact(commands),
            commands == 1 ? "" : "s",
            Numbers.exact(roundTrips),
            roundTrips == 1 ? "" : "s");
  }
}
