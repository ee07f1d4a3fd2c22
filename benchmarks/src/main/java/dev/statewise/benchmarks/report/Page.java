package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.catalogue.Catalogue;
import dev.statewise.benchmarks.experiment.Environment;
import dev.statewise.benchmarks.experiment.NoiseFloor;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.report.Table.Cell;
import dev.statewise.benchmarks.report.Table.Row;
import dev.statewise.benchmarks.report.chart.Chart;
import dev.statewise.benchmarks.report.chart.Charts;
import dev.statewise.benchmarks.report.chart.TargetCharts;
import dev.statewise.benchmarks.run.Durations;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Fact;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Strategy;
import dev.statewise.benchmarks.run.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the templates fill in: the same for every form of the report. */
final class Page {

  /** By how much the load must exceed the cores to be worth a word. */
  private static final double BUSY = 1.25;

  private final Run run;
  private final List<Chart> charts = new ArrayList<>();

  private Page(Run run) {
    this.run = run;
  }

  /** The page of one run. */
  static Page of(Run run) {
    return new Page(run);
  }

  /** What the figures of the values show, by their index; complete once the values are made. */
  List<Chart> charts() {
    return List.copyOf(charts);
  }

  /** The values by the names that the templates use. */
  Map<String, Object> values() {
    charts.clear();
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
    page.put("stamp", run.run().stamp());
    page.put("stampKind", run.run().complete() ? run.run().status().name() : "INCOMPLETE");
    page.put("stampMeans", stampMeans());
    page.put("limits", limits());
    page.put("exceptions", run.exceptions());
    page.put("hasExceptions", !run.exceptions().isEmpty());
    page.put("aa", Numbers.withoutInterval(run.noise().aa()));
    page.put("aaMeans", beside(run.noise().aa()));
    page.put("drift", percent(run.noise().canaryDrift()));
    page.put(
        "driftMeans",
        run.noise().canaryDrift().value() == null
            ? beside(run.noise().canaryDrift())
            : "at most %s is quiet".formatted(percent(NoiseFloor.MOST_DRIFT)));
    page.put("claims", new Scoreboard(run, this::takeaway).cards());
    page.put("hasTargets", !run.targets().isEmpty());
    page.put(
        "targets",
        run.targets().isEmpty()
            ? List.of()
            : List.of(LinkedTable.of(new TargetTable(run).table(), "targets")));
    page.put("targetFigures", figures(TargetCharts.of(run)));
    page.put("targetsMet", count(Target.Outcome.MET));
    page.put("targetsMeasured", count(Target.Outcome.MET) + count(Target.Outcome.MISSED));
    page.put("targetsUnmeasured", count(Target.Outcome.NOT_MEASURED));
    page.put("experiments", run.experiments().stream().map(this::experiment).toList());
    page.put("words", Legend.words());
    page.put("evidence", Legend.evidence());
    page.put("method", Legend.method());
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
    String means = statusMeans();
    return run.run().complete() ? means : "This run did not come to its end. " + means;
  }

  private String statusMeans() {
    return switch (run.run().status()) {
      case OK ->
          run.run().timesReadable()
              ? "Every invariant that applies holds."
              : "Every invariant that applies holds. The tier is smoke: counts are exact, times are"
                  + " not to be read.";
      case NOISY ->
          "The machine was not quiet. Counts stand; elapsed times are withheld, and CPU times are"
              + " to be read with care.";
      case INVALID -> "An invariant is broken. Nothing here may be relied on; see the invariants.";
    };
  }

  private List<String> limits() {
    List<String> limits = new ArrayList<>();
    limits.add(
        "One machine, %s core(s), shared with whatever else ran on it (load before and after: %s; %s)."
            .formatted(fact("cores"), fact("loadBefore"), fact("loadAfter")));
    busy().ifPresent(limits::add);
    limits.add(link());
    limits.add(
        "Times are of one thread. They say what an operation costs, not how many a system serves.");
    limits.add(
        "Compare within this run only. Two runs, even on one machine, differ by more than many of"
            + " these differences.");
    if (!run.run().timesReadable()) {
      limits.add("Tier smoke: counts are exact, and no time in this report is to be read.");
    }
    return limits;
  }

  /** Says so if more wanted to run before the run than there are cores. */
  private Optional<String> busy() {
    try {
      double load = Double.parseDouble(fact("loadBefore").split(" ", -1)[0]);
      return load > Integer.parseInt(fact("cores")) * BUSY
          ? Optional.of(
              "The machine was busy before the run began (load %s on %s core(s)): other work took its share of every elapsed time, and of caches."
                  .formatted(Numbers.exact(load), fact("cores")))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private String link() {
    Fact link = run.env().get("redisLink");
    if (link == null) {
      return "How far Redis was from the client was not recorded.";
    }
    if (link.value() == null) {
      return "No number here is of a shared store: " + link.reason() + ".";
    }
    return link.value().equals(Environment.LOOPBACK)
        ? "Client and Redis talk over loopback: a network's round trip is in no number here."
        : "Redis is at %s, not on this machine's loopback: the round trip to it is in the elapsed times of whatever asks it, and in no CPU time."
            .formatted(link.value());
  }

  private Map<String, Object> experiment(Experiment experiment) {
    Map<String, Object> values = new LinkedHashMap<>();
    Optional<Question> question = Question.of(experiment.id());
    boolean judged = judged(experiment);
    values.put("id", experiment.id());
    values.put("anchor", experiment.id().toLowerCase(java.util.Locale.ROOT));
    values.put("title", question.map(Question::title).orElse(experiment.id()));
    values.put("claim", experiment.claim());
    values.put("hypothesis", experiment.hypothesis());
    values.put("verdict", experiment.verdict().words());
    values.put("verdictKind", experiment.verdict().name().toLowerCase(java.util.Locale.ROOT));
    values.put("takeaway", takeaway(experiment));
    String outcome =
        judged ? question.map(known -> Catalogue.predictions(known, experiment)).orElse("") : "";
    values.put("hypothesisOutcome", outcome);
    values.put("hasHypothesisOutcome", !outcome.isEmpty());
    values.put("aside", new Tables(run).aside(experiment));
    values.put("doesNotShow", question.map(Question::doesNotShow).orElse(""));
    values.put(
        "reproduce",
        "java -jar benchmarks/target/benchmarks.jar compare --tier %s --only %s"
            .formatted(run.run().tier(), experiment.id()));
    List<Figure> figures = figures(Charts.of(run, experiment));
    values.put("figures", figures);
    values.put("hasFigures", !figures.isEmpty());
    values.put("withheld", withheld(experiment));
    List<LinkedTable> tables = linked(new Tables(run).of(experiment), experiment);
    values.put("tables", tables);
    values.put("hasTables", !tables.isEmpty());
    return values;
  }

  private boolean judged(Experiment experiment) {
    return run.run().timesReadable()
        || Question.of(experiment.id()).filter(Catalogue::isTimed).isEmpty();
  }

  private String takeaway(Experiment experiment) {
    return judged(experiment)
        ? Question.of(experiment.id())
            .map(known -> Catalogue.takeaway(known, experiment))
            .orElse("")
        : "Tier smoke: the times below are not to be read, and no verdict is given on them.";
  }

  private List<Figure> figures(List<Chart> drawn) {
    List<Figure> figures = new ArrayList<>();
    for (Chart chart : drawn) {
      figures.add(Figure.of(charts.size(), chart));
      charts.add(chart);
    }
    return figures;
  }

  /** Why there is no chart of elapsed times, if there are such times and no chart of them. */
  private List<String> withheld(Experiment experiment) {
    boolean elapsed =
        experiment.arms().stream()
            .flatMap(arm -> arm.metrics().stream())
            .anyMatch(metric -> metric.evidence() == Evidence.WALL && metric.value() != null);
    return elapsed && !run.wallIsReadable()
        ? List.of("Charts of elapsed times are withheld: " + whyWithheld())
        : List.of();
  }

  private String whyWithheld() {
    return run.run().timesReadable()
        ? "the run is %s.".formatted(run.run().status())
        : "the tier is too short for them.";
  }

  private static List<LinkedTable> linked(List<Table> tables, Experiment experiment) {
    List<LinkedTable> linked = new ArrayList<>();
    String anchor = experiment.id().toLowerCase(java.util.Locale.ROOT);
    for (Table table : tables) {
      String prefix =
          tables.size() == 1 ? anchor : anchor + "." + LinkedTable.slug(table.caption());
      linked.add(LinkedTable.of(table, prefix));
    }
    return linked;
  }

  private Table strategies() {
    List<Row> rows =
        List.of(
            guarantee("ended everywhere within", one -> Durations.text(one.endsWithin())),
            guarantee("survives the loss of a node", one -> yes(one.survivesNodeLoss())),
            guarantee("survives a restart of what holds it", one -> yes(one.survivesRestart())),
            guarantee("shared by nodes", one -> yes(one.sharedByNodes())),
            guarantee("state is on the server", one -> yes(one.holdsServerState())),
            guarantee("detects conflicts", one -> yes(one.detectsConflicts())),
            guarantee("refuses old state", one -> yes(one.refusesOldState())),
            guarantee("lists by subject", one -> yes(one.listsBySubject())),
            guarantee("keeps a limit", one -> yes(one.keepsLimit())),
            guarantee("keeps what it acknowledged", one -> yes(one.keepsAcknowledged())),
            guarantee("may evict a live session", one -> yes(one.mayEvictLive())),
            guarantee("idle timeout is precise to", one -> Durations.text(one.idlePrecision())),
            guarantee("round trips a validation", one -> Numbers.exact(one.storeRoundTrips())),
            guarantee("largest state or token, B", one -> Numbers.exact(one.largestState())));
    List<String> columns = new ArrayList<>(List.of("guarantee"));
    run.run().strategies().forEach(one -> columns.add(one.arm()));
    return Table.of("What each strategy guarantees", columns, rows);
  }

  private Row guarantee(String name, Function<Strategy, String> text) {
    return new Row(
        name, "", run.run().strategies().stream().map(one -> Cell.text(text.apply(one))).toList());
  }

  /** A row an arm, a column a question. */
  private Table gate() {
    List<GateOutcome> outcomes = run.run().gate();
    List<String> questions = outcomes.stream().map(GateOutcome::question).distinct().toList();
    List<String> columns = new ArrayList<>(List.of("arm"));
    columns.addAll(questions);
    List<Row> rows =
        outcomes.stream()
            .map(GateOutcome::arm)
            .distinct()
            .map(
                arm ->
                    new Row(
                        arm,
                        "",
                        questions.stream().map(question -> answer(arm, question)).toList()))
            .toList();
    return Table.of("What each arm answered before it was measured", columns, rows);
  }

  /** The worst answer, if it was asked in several JVMs. */
  private Cell answer(String arm, String question) {
    return run.run().gate().stream()
        .filter(one -> one.arm().equals(arm) && one.question().equals(question))
        .min(Comparator.comparing(GateOutcome::passed))
        .map(
            one ->
                Cell.text(
                    one.does() ? "yes" : one.passed() ? "no, as it says" : "FAILED", one.seen()))
        .orElseGet(() -> Cell.absent("not asked"));
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

  private long count(Target.Outcome outcome) {
    return run.targets().stream().filter(one -> one.outcome() == outcome).count();
  }

  private static String beside(Metric metric) {
    return Optional.ofNullable(metric.reason()).orElseGet(() -> Numbers.interval(metric));
  }

  private static String percent(Metric share) {
    return Optional.ofNullable(share.value()).map(Page::percent).orElse("–");
  }

  private static String percent(double share) {
    return Numbers.rounded(share * 100) + " %";
  }

  private long count(Invariant.Outcome outcome) {
    return run.invariants().stream().filter(one -> one.outcome() == outcome).count();
  }

  private static String yes(boolean value) {
    return value ? "yes" : "no";
  }
}
