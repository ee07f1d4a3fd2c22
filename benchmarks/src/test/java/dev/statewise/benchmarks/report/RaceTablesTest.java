package dev.statewise.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.experiment.Labs;
import dev.statewise.benchmarks.experiment.races.Races;
import dev.statewise.benchmarks.report.Table.Cell;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Verdict;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RaceTablesTest {

  @Test
  @DisplayName("Of each arm there MUST stand how often it failed in each race, of how many")
  void cells() {
    List<Table> tables = RaceTables.of(measured("jwt-hs256"));

    assertThat(tables).hasSize(2);
    Table all = tables.get(0);
    assertThat(all.rows()).singleElement().extracting(Table.Row::name).isEqualTo("jwt-hs256");
    assertThat(all.rows().get(0).note()).isEqualTo("its state is with the client");
    assertThat(all.rows().get(0).cells())
        .extracting(Cell::text)
        .containsExactly("20 of 20", "20 of 20", "20 of 20", "20 of 20", "0 of 20");
    assertThat(tables.get(1).rows().get(0).cells())
        .extracting(Cell::text)
        .containsExactly("7 of 7", "0 of 7", "7 of 7", "0 of 7", "6 of 6", "0 of 6");
  }

  private static Experiment measured(String name) {
    return new Experiment(
        "E29",
        "",
        "",
        Verdict.NOT_TESTABLE,
        new Races()
            .measure(
                Labs.of(
                    Arms.all().stream().filter(arm -> arm.name().equals(name)).toList(),
                    Servers.NONE))
            .results());
  }
}
