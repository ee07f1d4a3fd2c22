package dev.statewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.report.StrategyTable;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import dev.statewise.benchmarks.run.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReadmeTableTest {

  private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
  private static final Path COMMITTED = MODULE.resolve("results/2026-11-27-quick/run.json");
  private static final Path README = MODULE.resolve("../README.md");
  private static final String BEGIN = "<!-- strategies:begin -->\n";
  private static final String END = "<!-- strategies:end -->";

  @Test
  @DisplayName("The README's table of strategies MUST be the one that the committed run gives")
  void readmeTable() throws IOException {
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN);
    int end = readme.indexOf(END);
    assertThat(begin).as("the mark before the table in README.md").isNotNegative();
    assertThat(end).as("the mark after the table in README.md").isGreaterThan(begin);

    String table = StrategyTable.markdown(RunFile.read(COMMITTED));

    assertThat(readme.substring(begin + BEGIN.length(), end)).isEqualTo(table);
  }

  @Test
  @DisplayName("The committed run MUST be a complete one that no invariant forbids to quote")
  void committedRun() throws IOException {
    Run run = RunFile.read(COMMITTED);

    assertThat(run.run().complete()).isTrue();
    assertThat(run.run().status()).isNotEqualTo(Run.Status.INVALID);
    assertThat(run.run().strategies())
        .extracting(Strategy::arm)
        .isSubsetOf(Arms.all().stream().map(Arm::name).toList())
        .contains("memory", "redis", "jwt-hs256", "hybrid");
  }
}
