package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.report.Table.Cell;
import dev.statewise.benchmarks.report.Table.Row;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the templates fill in: the same for every form of the report. */
final class Page {

  private final Run run;

  private Page(Run run) {
    this.run = run;
  }

  /** The values by the names that the templates use. */
  static Map<String, Object> of(Run run) {
    return new Page(run).values();
  }

  private Map<String, Object> values() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("id", run.run().id());
    page.put("time", run.run().time());
    page.put("tier", run.run().tier());
    page.put("command", run.run().command());
    page.put("commit", run.run().commit().text());
    page.put("cpu", fact("cpu"));
    page.put("cores", fact("cores"));
    page.put("jdk", fact("jdk"));
    page.put("redis", fact("redis"));
    page.put("stamp", run.run().status().name());
    page.put("stampMeans", stampMeans());
    page.put("complete", run.run().complete());
    page.put("limits", limits());
    page.put("exceptions", run.exceptions());
    page.put("hasExceptions", !run.exceptions().isEmpty());
    page.put("scoreboard", run.experiments().stream().map(this::experiment).toList());
    page.put("experiments", run.experiments().stream().map(this::experiment).toList());
    page.put("strategies", strategies());
    page.put("gate", gate());
    page.put("invariants", invariants());
    page.put("invariantsHeld", count(Invariant.Outcome.HOLDS));
    page.put("invariantsBroken", count(Invariant.Outcome.BROKEN));
    page.put("invariantsNotApplicable", count(Invariant.Outcome.NOT_APPLICABLE));
    page.put("environment", environment());
    return page;
  }

  private String fact(String name) {
    return Optional.ofNullable(run.env().get(name)).map(fact -> fact.text()).orElse("not known");
  }

  private String stampMeans() {
    return switch (run.run().status()) {
      case OK ->
          run.run().timesReadable()
              ? "Every invariant that applies holds."
              : "Every invariant that applies holds. The tier is smoke: counts are exact, times are not to be read.";
      case NOISY ->
          "The machine was not quiet. Counts stand; elapsed times are withheld, and CPU times are to be read with care.";
      case INVALID -> "An invariant is broken. Nothing here may be relied on; see the invariants.";
    };
  }

  private List<String> limits() {
    List<String> limits = new ArrayList<>();
    limits.add(
        "One machine, %s core(s), shared with whatever else ran on it (load before and after: %s; %s)."
            .formatted(fact("cores"), fact("loadBefore"), fact("loadAfter")));
    limits.add("Client and Redis talk over loopback: a network's round trip is in no number here.");
    limits.add(
        "Times are of one thread. They say what an operation costs, not how many a system serves.");
    limits.add(
        "Compare within this run only. Two runs, even on one machine, differ by more than many of these differences.");
    if (!run.run().timesReadable()) {
      limits.add("Tier smoke: counts are exact, and no time in this report is to be read.");
    }
    if (!run.run().complete()) {
      limits.add("The run did not come to its end; it holds what was measured until then.");
    }
    return limits;
  }

  private Map<String, Object> experiment(Experiment experiment) {
    Map<String, Object> values = new LinkedHashMap<>();
    Optional<Question> question = Question.of(experiment.id());
    boolean judged = run.run().timesReadable() || question.filter(Question::isTimed).isEmpty();
    values.put("id", experiment.id());
    values.put("anchor", experiment.id().toLowerCase(java.util.Locale.ROOT));
    values.put("title", question.map(Question::title).orElse(experiment.id()));
    values.put("claim", experiment.claim());
    values.put("hypothesis", experiment.hypothesis());
    values.put("verdict", experiment.verdict().words());
    values.put("verdictKind", experiment.verdict().name().toLowerCase(java.util.Locale.ROOT));
    values.put(
        "takeaway",
        judged
            ? question.map(known -> known.takeaway(experiment)).orElse("")
            : "Tier smoke: the times below are not to be read, and no verdict is given on them.");
    values.put("doesNotShow", question.map(Question::doesNotShow).orElse(""));
    values.put(
        "reproduce",
        "java -jar benchmarks/target/benchmarks.jar compare --tier %s --only %s"
            .formatted(run.run().tier(), experiment.id()));
    values.put("tables", new Tables(run).of(experiment));
    return values;
  }

  private Table strategies() {
    return Table.of(
        "What each strategy guarantees",
        List.of(
            "arm",
            "ended within",
            "survives a node",
            "shared by nodes",
            "state on the server",
            "detects conflicts",
            "refuses old state",
            "lists by subject",
            "keeps acknowledged",
            "may evict live",
            "idle precision",
            "round trips",
            "largest state, B"),
        run.run().strategies().stream()
            .map(
                one ->
                    new Row(
                        one.arm(),
                        one.strategy(),
                        List.of(
                            Cell.text(Durations.text(one.endsWithin())),
                            yes(one.survivesNodeLoss()),
                            yes(one.sharedByNodes()),
                            yes(one.holdsServerState()),
                            yes(one.detectsConflicts()),
                            yes(one.refusesOldState()),
                            yes(one.listsBySubject()),
                            yes(one.keepsAcknowledged()),
                            yes(one.mayEvictLive()),
                            Cell.text(Durations.text(one.idlePrecision())),
                            Cell.number(String.valueOf(one.storeRoundTrips()), ""),
                            Cell.number(Numbers.exact(one.largestState()), ""))))
            .toList());
  }

  private Table gate() {
    return Table.of(
        "What each arm answered before it was measured",
        List.of("arm", "question", "passed", "expected", "seen"),
        run.run().gate().stream()
            .map(
                one ->
                    new Row(
                        one.arm(),
                        "",
                        List.of(
                            Cell.text(one.question()),
                            yes(one.passed()),
                            Cell.text(one.expected()),
                            Cell.text(one.seen()))))
            .toList());
  }

  private Table invariants() {
    return Table.of(
        "Checks on the run itself",
        List.of("id", "rule", "outcome", "if broken", "detail"),
        run.invariants().stream()
            .map(
                one ->
                    new Row(
                        one.id(),
                        "",
                        List.of(
                            Cell.text(one.rule()),
                            Cell.text(one.outcome().words()),
                            Cell.text(one.stamps().name()),
                            Cell.text(one.detail()))))
            .toList());
  }

  private Table environment() {
    return Table.of(
        "Machine and software",
        List.of("what", "value"),
        run.env().entrySet().stream()
            .map(entry -> new Row(entry.getKey(), "", List.of(Cell.text(entry.getValue().text()))))
            .toList());
  }

  private long count(Invariant.Outcome outcome) {
    return run.invariants().stream().filter(one -> one.outcome() == outcome).count();
  }

  private static Cell yes(boolean value) {
    return Cell.text(value ? "yes" : "no");
  }
}
