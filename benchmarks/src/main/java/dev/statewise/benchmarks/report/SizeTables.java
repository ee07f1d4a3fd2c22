package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.experiment.RequestBytes;
import dev.statewise.benchmarks.report.Table.Cell;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.jwt.TokenBudget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of E8: sizes, and the limits that they are above. */
final class SizeTables {

  private static final String LINE = "credential line";

  private final Tables tables;

  SizeTables(Tables tables) {
    this.tables = tables;
  }

  /** One a carrier: a row an arm, a column a profile. */
  List<Table> of(Experiment experiment) {
    List<Table> found = new ArrayList<>();
    for (String carrier : List.of("cookie", "bearer")) {
      found.add(
          tables.pivot(
              experiment,
              "Bytes of the credential's header line, as %s, by profile of state"
                  .formatted(carrier),
              "profile",
              arm -> arm.has(Map.of("part", LINE, "carrier", carrier)),
              arm -> arm.metric("bytes").map(bytes -> size(experiment, arm, bytes))));
    }
    return found;
  }

  /** How much larger than its credential's line a request is, and what there is room for. */
  static List<String> limits(Experiment experiment) {
    List<Double> rest = new ArrayList<>();
    for (ArmResult line : experiment.arms()) {
      if (line.has(Map.of("part", LINE))) {
        Optional<Double> bytes = experiment.value(line.name(), wholeRequest(line), "bytes");
        line.value("bytes").ifPresent(own -> bytes.ifPresent(all -> rest.add(all - own)));
      }
    }
    if (rest.isEmpty()) {
      return List.of();
    }
    String least = Numbers.exact(Collections.min(rest));
    String most = Numbers.exact(Collections.max(rest));
    return List.of(
        "The whole request, as the JDK's own client sends it, is %s bytes larger than that line."
            .formatted(least.equals(most) ? least : least + " to " + most),
        "A cookie has room for %s bytes of name, value and attributes, so for a line of %s; common servers and proxies take %s bytes of all headers together, or of one line. What is above is sent here all the same, and marked."
            .formatted(
                Numbers.exact(TokenBudget.COOKIE_BYTES),
                Numbers.exact(RequestBytes.MOST_COOKIE_LINE),
                Numbers.exact(RequestBytes.MOST_REQUEST)));
  }

  /** A size, and the limit that it is above, if it is. */
  private Cell size(Experiment experiment, ArmResult line, Metric bytes) {
    Cell cell = tables.cell(bytes);
    boolean cookie = line.has(Map.of("carrier", "cookie"));
    if (cookie && bytes.value() != null && bytes.value() > RequestBytes.MOST_COOKIE_LINE) {
      return Cell.number(
          cell.text(), "above %s of a cookie".formatted(Numbers.exact(TokenBudget.COOKIE_BYTES)));
    }
    boolean aboveProxies =
        experiment
            .value(line.name(), wholeRequest(line), "bytes")
            .filter(request -> request > RequestBytes.MOST_REQUEST)
            .isPresent();
    return aboveProxies
        ? Cell.number(
            cell.text(),
            "above %s of all headers".formatted(Numbers.exact(RequestBytes.MOST_REQUEST)))
        : cell;
  }

  private static Map<String, String> wholeRequest(ArmResult line) {
    Map<String, String> whole = new LinkedHashMap<>(line.params());
    whole.put("part", "whole request");
    return whole;
  }
}
