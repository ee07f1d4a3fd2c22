package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.experiment.wire.HeaderLimits;
import dev.statewise.benchmarks.report.Table.Cell;
import dev.statewise.benchmarks.report.Table.Row;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of E10: the limits, what fits under them, and with how many groups. */
final class LimitTables {

  private static final String BEARER = "bearer";

  private final Tables tables;

  LimitTables(Tables tables) {
    this.tables = tables;
  }

  List<Table> of(Experiment experiment) {
    List<Table> found = new ArrayList<>();
    found.add(limits(experiment));
    tokens(experiment).stream().findFirst().ifPresent(token -> found.add(fits(experiment, token)));
    found.add(
        tables.pivot(
            experiment,
            "Groups that fit beside typical state, as bearer, by algorithm",
            HeaderLimits.TOKEN,
            row ->
                row.params().containsKey(HeaderLimits.TOKEN)
                    && row.has(Map.of(HeaderLimits.CARRIER, BEARER)),
            row -> row.metric(HeaderLimits.GROUPS).map(tables::cell)));
    return found;
  }

  private Table limits(Experiment experiment) {
    List<Row> rows =
        servers(experiment).stream()
            .map(
                server ->
                    new Row(
                        server.name(),
                        note(server),
                        List.of(
                            cell(server, HeaderLimits.LARGEST_LINE),
                            cell(server, HeaderLimits.LARGEST_HEAD),
                            overflow(server))))
            .toList();
    return Table.unmarked(
        "Limits in the defaults of each server",
        List.of("server", "largest line, B", "all headers, B", "above it"),
        rows);
  }

  private static String note(ArmResult server) {
    String kind = server.params().getOrDefault(HeaderLimits.KIND, "");
    return kind.equals(HeaderLimits.CITED)
        ? "CITED: " + server.params().getOrDefault(HeaderLimits.SOURCE, "")
        : "%s %s, COUNT"
            .formatted(server.params().getOrDefault(HeaderLimits.VERSION, ""), kind)
            .strip();
  }

  private Cell cell(ArmResult server, String metric) {
    return server
        .metric(metric)
        .map(tables::cell)
        .orElseGet(
            () ->
                Cell.absent(
                    server.params().containsKey(HeaderLimits.SOURCE)
                        ? "not said"
                        : "not asked: a line alone"));
  }

  private static Cell overflow(ArmResult server) {
    Optional<String> said = Optional.ofNullable(server.params().get(HeaderLimits.OVERFLOW));
    return server
        .metric(HeaderLimits.STATUS)
        .map(LimitTables::status)
        .orElseGet(() -> said.map(Cell::text).orElseGet(() -> Cell.absent("not probed")));
  }

  private static Cell status(Metric status) {
    return status.value() == null
        ? Cell.text(Optional.ofNullable(status.reason()).orElse(""))
        : Cell.text(Numbers.exact(status.value()));
  }

  /** By how much a token's line is above a server's limit, or that it is not. */
  private Table fits(Experiment experiment, String token) {
    List<ArmResult> lines =
        experiment.arms().stream()
            .filter(
                row ->
                    row.name().equals(token)
                        && row.has(Map.of(HeaderLimits.CARRIER, BEARER))
                        && row.params().containsKey(HeaderLimits.PROFILE))
            .toList();
    List<String> heads = new ArrayList<>(List.of("server"));
    lines.forEach(line -> heads.add(line.params().getOrDefault(HeaderLimits.PROFILE, "")));
    List<Row> rows =
        servers(experiment).stream()
            .filter(server -> limit(server).isPresent())
            .map(
                server ->
                    new Row(
                        server.name(),
                        "",
                        lines.stream()
                            .map(line -> fits(limit(server).orElseThrow(), line))
                            .toList()))
            .toList();
    return Table.unmarked(
        "Whether a line of %s as bearer fits, by profile of state".formatted(token), heads, rows);
  }

  private static Cell fits(double limit, ArmResult line) {
    Optional<Double> bytes = line.value(HeaderLimits.BYTES);
    return bytes
        .map(
            size ->
                size <= limit
                    ? Cell.text("fits")
                    : Cell.text("no", "%s B too many".formatted(Numbers.exact(size - limit))))
        .orElseGet(
            () ->
                Cell.absent(
                    line.metric(HeaderLimits.BYTES).map(Metric::reason).orElse("not measured")));
  }

  private static Optional<Double> limit(ArmResult server) {
    return server
        .value(HeaderLimits.LARGEST_LINE)
        .or(() -> server.value(HeaderLimits.LARGEST_HEAD));
  }

  private static List<ArmResult> servers(Experiment experiment) {
    return experiment.arms().stream()
        .filter(row -> row.params().containsKey(HeaderLimits.KIND))
        .toList();
  }

  private static List<String> tokens(Experiment experiment) {
    return experiment.arms().stream()
        .filter(row -> row.params().containsKey(HeaderLimits.PROFILE))
        .map(ArmResult::name)
        .distinct()
        .toList();
  }
}
