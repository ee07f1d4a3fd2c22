package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.catalogue.Catalogue;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.experiment.StateCost;
import dev.statewise.benchmarks.experiment.StateSize;
import dev.statewise.benchmarks.experiment.States;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The measured part of the guide's page on which store to take. */
public final class StoreCosts {

  private static final List<String> ARMS =
      List.of("memory", "redis-near", "redis", "jdbc-h2", "jdbc-postgres", "object-s3");
  private static final String CPU_HEAD =
      "| store | CPU of the application, µs | CPU of the server, µs |";
  private static final double NANOS_PER_MICRO = 1_000;

  private final Run run;

  private StoreCosts(Run run) {
    this.run = run;
  }

  /** Two tables, as Markdown, with a sentence, and the run that the numbers are of. */
  public static String markdown(Run run) {
    return new StoreCosts(run).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    boolean timed = run.experiment("E1").isPresent();
    text.append(
        timed
            ? "What a request costs that only validates, typical state (E1, E6):\n\n"
            : "What a request asks that only validates, typical state (E6):\n\n");
    text.append(timed ? CPU_HEAD : "| store |").append(" round trips |\n");
    text.append(timed ? "|---|--:|--:|--:|\n" : "|---|--:|\n");
    for (String arm : ARMS) {
      if (run.strategy(arm).isPresent()) {
        text.append("| `%s` |%s".formatted(arm, timed ? cpu(arm) : ""))
            .append(" %s |\n".formatted(roundTrips(arm)));
      }
    }
    run.experiment("E26").ifPresent(experiment -> text.append(bySize(experiment)));
    return text
        + "\nFrom run `%s` of %s, tier %s, stamped %s%s.\n"
            .formatted(
                run.run().id(),
                run.run().time().substring(0, 10),
                run.run().tier(),
                run.run().stamp(),
                run.noise().canary().value() == null
                    ? ", though how noisy the machine was is not known without E1"
                    : "");
  }

  private String cpu(String arm) {
    return " %s | %s |"
        .formatted(micros(value("E1", arm, "cpu")), micros(value("E1", arm, "serverCpu")));
  }

  private String roundTrips(String arm) {
    return value("E6", arm, "roundTrips").map(Numbers::exact).orElse("–");
  }

  private String bySize(Experiment experiment) {
    List<StateSize> sizes =
        List.of(StateSize.values()).stream()
            .filter(size -> experiment.arms().stream().anyMatch(arm -> arm.has(params(size))))
            .toList();
    StringBuilder table = new StringBuilder();
    table.append(
        "\nWhat a request costs that reads the state and changes one of its %d attributes, by the size of the state, CPU of application and server together in µs (E26):\n\n"
            .formatted(StateSize.ATTRIBUTES));
    table.append("| store |");
    sizes.forEach(size -> table.append(" %s |".formatted(size.label())));
    table.append("\n|---|").append("--:|".repeat(sizes.size())).append('\n');
    for (String arm : experiment.arms().stream().map(one -> one.name()).distinct().toList()) {
      String whose = States.isOfClientAlone(experiment, arm) ? ", application alone" : "";
      table.append("| `%s`%s |".formatted(arm, whose));
      sizes.forEach(
          size -> table.append(" %s |".formatted(micros(States.cost(experiment, arm, size)))));
      table.append('\n');
    }
    List<String> sentences = new ArrayList<>(List.of(Catalogue.takeaway(Question.E26, experiment)));
    sentences.addAll(Catalogue.asides(Question.E26, experiment));
    return table + "\n" + String.join(" ", sentences) + "\n";
  }

  private static Map<String, String> params(StateSize size) {
    return Map.of(StateCost.SIZE, size.toString());
  }

  private Optional<Double> value(String experiment, String arm, String metric) {
    return run.experiment(experiment)
        .flatMap(found -> found.value(arm, Map.of("operation", "validate"), metric));
  }

  private static String micros(Optional<Double> nanos) {
    return nanos.map(value -> Numbers.rounded(value / NANOS_PER_MICRO)).orElse("–");
  }
}
