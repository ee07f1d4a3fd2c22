package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.experiment.wire.HeaderBlocks;
import dev.statewise.benchmarks.experiment.wire.Indexing;
import dev.statewise.benchmarks.experiment.wire.SharedConnections;
import dev.statewise.benchmarks.experiment.wire.TokenSizes;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The tables of E9: what a credential adds to a header block, and where it falls off. */
final class HeaderBlockTables {

  private final Tables tables;

  HeaderBlockTables(Tables tables) {
    this.tables = tables;
  }

  /**
   * Three a carrier, a row an arm and a column a profile; and the sweeps. What the first request
   * adds differs by a byte or two with how it is indexed, and stands for both.
   */
  List<Table> of(Experiment experiment) {
    List<Table> found = new ArrayList<>();
    for (String carrier : List.of("cookie", "bearer")) {
      found.add(
          byProfile(
              experiment,
              "Bytes that a credential adds to the first request of a connection, as " + carrier,
              Map.of(
                  HeaderBlocks.CARRIER,
                  carrier,
                  HeaderBlocks.INDEXING,
                  Indexing.INDEXED.toString(),
                  HeaderBlocks.REQUEST,
                  HeaderBlocks.FIRST)));
      for (Indexing indexing : Indexing.values()) {
        found.add(
            byProfile(
                experiment,
                "Bytes that it adds to every repeat, %s, as %s"
                    .formatted(indexing.toString().replace('-', ' '), carrier),
                Map.of(
                    HeaderBlocks.CARRIER,
                    carrier,
                    HeaderBlocks.INDEXING,
                    indexing.toString(),
                    HeaderBlocks.REQUEST,
                    HeaderBlocks.REPEAT)));
      }
    }
    found.add(
        sweep(
            experiment,
            "Bytes that an indexed cookie adds to a request, by users who take turns on one connection",
            SharedConnections.USERS));
    found.add(
        sweep(
            experiment,
            "Bytes that an indexed bearer token adds to every repeat, by the token's bytes",
            TokenSizes.TOKEN_BYTES));
    return found;
  }

  private Table byProfile(Experiment experiment, String caption, Map<String, String> wanted) {
    return pivot(
        experiment,
        caption,
        HeaderBlocks.PROFILE,
        arm ->
            arm.has(wanted)
                && arm.params().containsKey(HeaderBlocks.PROFILE)
                && !arm.params().containsKey(SharedConnections.USERS)
                && !arm.params().containsKey(HeaderBlocks.EDGE));
  }

  /** Of the sweep over sizes the bearer stands for both: they differ by four bytes. */
  private Table sweep(Experiment experiment, String caption, String param) {
    return pivot(
        experiment,
        caption,
        param,
        arm ->
            arm.params().containsKey(param)
                && (param.equals(SharedConnections.USERS)
                    || "bearer".equals(arm.params().get(HeaderBlocks.CARRIER))));
  }

  private Table pivot(
      Experiment experiment, String caption, String param, Predicate<ArmResult> wanted) {
    return tables.pivot(
        experiment,
        caption,
        param,
        wanted,
        arm -> arm.metric(HeaderBlocks.BYTES).map(tables::cell));
  }
}
