package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.experiment.economics.Revocations;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables of E20: what was counted, and by arm what the model makes of it. */
final class RevocationTables {

  private final Tables tables;

  RevocationTables(Tables tables) {
    this.tables = tables;
  }

  List<Table> of(Experiment experiment) {
    List<Table> found = new ArrayList<>();
    List<ArmResult> counted =
        experiment.arms().stream()
            .filter(arm -> arm.has(Map.of(Revocations.PART, Revocations.COUNTED)))
            .toList();
    found.add(
        tables.metrics(
            "What a request asks, and what one session or one refusal takes",
            "arm",
            counted,
            arm -> ""));
    List<ArmResult> model =
        experiment.arms().stream()
            .filter(arm -> arm.has(Map.of(Revocations.PART, Revocations.MODEL)))
            .toList();
    for (String name : model.stream().map(ArmResult::name).distinct().toList()) {
      found.add(byLife(name, model.stream().filter(arm -> arm.name().equals(name)).toList()));
    }
    return found;
  }

  private Table byLife(String name, List<ArmResult> lives) {
    List<ArmResult> rows =
        lives.stream()
            .map(
                life ->
                    new ArmResult(
                        life.params().getOrDefault(Revocations.LIFE, ""),
                        life.params(),
                        life.metrics()))
            .toList();
    return tables.metrics(
        "%s by the life of its tokens: %s logouts, %s active users, %s sessions"
            .formatted(
                name, param(lives, "logouts"), param(lives, "active"), param(lives, "sessions")),
        "life of a token",
        rows,
        life -> "");
  }

  private static String param(List<ArmResult> lives, String name) {
    return lives.get(0).params().getOrDefault(name, "");
  }
}
