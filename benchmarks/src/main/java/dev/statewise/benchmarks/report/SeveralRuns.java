package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.diff.Key;
import dev.statewise.benchmarks.diff.Noise;
import dev.statewise.benchmarks.diff.Recording;
import dev.statewise.benchmarks.diff.Recordings;
import dev.statewise.benchmarks.diff.RunDiff;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.report.Table.Cell;
import dev.statewise.benchmarks.report.Table.Row;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Several runs side by side, of several machines or JDKs: what differs about where they ran, how
 * well they agree, and a column a run for what their experiments are about. Counts that are equal
 * in all are said to be, and not listed.
 */
final class SeveralRuns {

  /** What an experiment is about, where it is about times. */
  private static final Set<String> COSTS = Set.of("cpu", "processCpu", "serverCpu");

  private static final String LIST = ", ";
  private static final int LONG = 80;
  private static final String NOT_THERE = "not in this run";

  private final List<Run> runs;
  private final List<Recording> recordings;
  private final List<Map<Key, Metric>> metrics;

  private SeveralRuns(List<Run> runs) {
    this.runs = runs;
    this.recordings = runs.stream().map(Recordings::of).toList();
    this.metrics = runs.stream().map(SeveralRuns::byKey).toList();
  }

  /**
   * The values of the section; none if there is but one run.
   *
   * @param others shown beside {@code first}, which the rest of the page is about
   */
  static Map<String, Object> values(Run first, List<Run> others) {
    return others.isEmpty()
        ? Map.of()
        : Map.of(
            "severalRuns",
            List.of(
                new SeveralRuns(Stream.concat(Stream.of(first), others.stream()).toList())
                    .values()));
  }

  /** What the page of a run that is shown beside another is called. */
  static String page(Run run) {
    return "report-" + run.run().id().replaceAll("[^A-Za-z0-9._-]", "-") + ".html";
  }

  private Map<String, Object> values() {
    return Map.of(
        "first", runs.get(0).run().id(),
        "pages", others().map(SeveralRuns::link).toList(),
        "agreements", agreements(),
        "runsAbout", places(),
        "compared", compared());
  }

  private Stream<Run> others() {
    return runs.stream().skip(1);
  }

  private static Map<String, String> link(Run run) {
    return Map.of("id", run.run().id(), "href", page(run), "title", Recordings.of(run).title());
  }

  private List<String> agreements() {
    List<String> sentences = new ArrayList<>();
    for (int i = 1; i < recordings.size(); i++) {
      RunDiff diff = RunDiff.between(recordings.get(0), recordings.get(i), Noise.usual());
      sentences.add(
          "%s to %s: %s."
              .formatted(runs.get(i).run().id(), runs.get(0).run().id(), diff.agreement().text()));
    }
    return sentences;
  }

  /** A row a fact that is not the same of all. */
  private Table places() {
    Set<String> names = new LinkedHashSet<>();
    recordings.forEach(one -> names.addAll(one.facts().keySet()));
    return Table.of(
        "What differs about where they ran",
        heads("fact"),
        names.stream()
            .map(name -> new Row(name, "", facts(name)))
            .filter(row -> row.cells().stream().distinct().count() > 1)
            .toList());
  }

  /** Of long lists, what is not in all of them. */
  private List<Cell> facts(String name) {
    List<String> facts =
        recordings.stream().map(one -> one.facts().getOrDefault(name, "not recorded")).toList();
    if (facts.stream().noneMatch(fact -> fact.length() > LONG && fact.contains(LIST))) {
      return facts.stream().map(Cell::text).toList();
    }
    Set<String> common = new LinkedHashSet<>(parts(facts.get(0)));
    facts.forEach(fact -> common.retainAll(parts(fact)));
    return facts.stream()
        .map(fact -> parts(fact).stream().filter(part -> !common.contains(part)))
        .map(own -> Cell.text(own.collect(Collectors.joining(LIST))))
        .toList();
  }

  private static List<String> parts(String list) {
    return Arrays.asList(list.split(LIST, -1));
  }

  private List<String> heads(String first) {
    return Stream.concat(Stream.of(first), runs.stream().map(run -> run.run().id())).toList();
  }

  private List<Map<String, Object>> compared() {
    Map<String, List<Key>> keys =
        metrics.stream()
            .flatMap(one -> one.keySet().stream())
            .distinct()
            .collect(
                Collectors.groupingBy(Key::experiment, LinkedHashMap::new, Collectors.toList()));
    return keys.entrySet().stream()
        .map(entry -> compared(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Map<String, Object> compared(String id, List<Key> keys) {
    List<Key> counts = keys.stream().filter(this::isCount).toList();
    List<Key> differing = counts.stream().filter(this::differs).toList();
    List<Key> told = Stream.concat(headlines(keys).stream(), differing.stream()).toList();
    String title = Question.of(id).map(Question::title).orElse(id);
    return Map.of(
        "id",
        id,
        "title",
        title,
        "counts",
        counts.isEmpty()
            ? List.of()
            : List.of(
                "%d of %d counts are equal in all that have them."
                    .formatted(counts.size() - differing.size(), counts.size())),
        "tables",
        told.isEmpty()
            ? List.of()
            : List.of(
                Table.of(
                    id + " in each run", heads("arm"), told.stream().map(this::row).toList())));
  }

  /** Costs where there are any; otherwise all that was not counted and is no elapsed time. */
  private List<Key> headlines(List<Key> keys) {
    List<Key> costs = keys.stream().filter(key -> COSTS.contains(key.metric())).toList();
    return costs.isEmpty()
        ? keys.stream().filter(key -> !isCount(key) && !is(key, Evidence.WALL)).toList()
        : costs;
  }

  private boolean isCount(Key key) {
    return is(key, Evidence.COUNT);
  }

  private boolean is(Key key, Evidence evidence) {
    return found(key).allMatch(metric -> metric.evidence() == evidence);
  }

  private boolean differs(Key key) {
    return found(key).map(Metric::value).distinct().count() > 1;
  }

  private Stream<Metric> found(Key key) {
    return metrics.stream().flatMap(one -> Stream.ofNullable(one.get(key)));
  }

  private Row row(Key key) {
    String unit = found(key).findFirst().map(Metric::unit).orElse("");
    String params =
        key.params().entrySet().stream()
            .map(param -> param.getKey() + " " + param.getValue())
            .collect(Collectors.joining(", "));
    String note =
        Stream.of(params, key.metric() + ", " + unit)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; "));
    return new Row(
        key.arm(), note, IntStream.range(0, runs.size()).mapToObj(run -> cell(run, key)).toList());
  }

  private Cell cell(int run, Key key) {
    return Optional.ofNullable(metrics.get(run).get(key))
        .map(new Tables(runs.get(run))::cell)
        .orElseGet(() -> Cell.absent(NOT_THERE));
  }

  private static Map<Key, Metric> byKey(Run run) {
    Map<Key, Metric> found = new LinkedHashMap<>();
    for (Experiment experiment : run.experiments()) {
      for (ArmResult arm : experiment.arms()) {
        arm.metrics().stream()
            .filter(metric -> metric.value() != null)
            .forEach(
                metric ->
                    found.putIfAbsent(
                        new Key(experiment.id(), arm.name(), arm.params(), metric.name()), metric));
      }
    }
    return found;
  }
}
