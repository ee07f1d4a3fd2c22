package dev.statewise.benchmarks.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.report.HtmlReport;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import dev.statewise.benchmarks.run.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChartsTest {

  private static final Map<String, String> VALIDATE = Map.of("operation", "validate");

  @Test
  @DisplayName("each question of the committed run MUST have a chart, with a takeaway and a table")
  void everyQuestion() throws IOException {
    Run run = committed();
    String page = HtmlReport.of(run);

    for (Experiment experiment : run.experiments()) {
      List<Chart> charts = Charts.of(run, experiment);
      assertThat(charts).as(experiment.id()).isNotEmpty();
      for (Chart chart : charts) {
        assertThat(chart.takeaway()).as("takeaway of %s", chart.id()).isNotBlank();
        assertThat(page).contains("<figure id=\"" + chart.id() + "\"");
      }
    }
  }

  @Test
  @DisplayName("each mark MUST be a cell of the page, with the same text, that a link can lead to")
  void marksAreCells() throws IOException {
    Run run = committed();
    String page = HtmlReport.of(run);
    Set<String> ids = new HashSet<>();

    for (Experiment experiment : run.experiments()) {
      for (Chart chart : Charts.of(run, experiment)) {
        for (Chart.Mark mark : chart.marks()) {
          assertThat(ids.add(mark.id())).as("%s is one mark", mark.id()).isTrue();
          assertThat(page)
              .contains("<td id=\"%s\" class=\"number\">%s<".formatted(mark.id(), mark.text()));
        }
      }
    }
  }

  @Test
  @DisplayName("what has no value MUST NOT be drawn, as a zero least of all")
  void absentIsNotZero() {
    Experiment experiment =
        Runs.experiment(
            "E1",
            Runs.arm(
                "memory",
                VALIDATE,
                Runs.metric("cpu", 500),
                Metric.absent("serverCpu", "ns/op", Evidence.CPU, "asks no server")),
            Runs.arm(
                "redis", VALIDATE, Metric.absent("cpu", "ns/op", Evidence.CPU, "there is none")));

    assertThat(Charts.of(Runs.of(experiment), experiment))
        .flatExtracting(Chart::marks)
        .extracting(Chart.Mark::arm)
        .containsOnly("memory");
  }

  @Test
  @DisplayName("elapsed times of a noisy run MUST NOT be drawn, and CPU times MUST")
  void withheld() {
    Metric elapsed = new Metric("wall", "ns/op", Evidence.WALL, 600.0, 590.0, 610.0, 9, null);
    Experiment experiment =
        Runs.experiment("E1", Runs.arm("memory", VALIDATE, Runs.metric("cpu", 500), elapsed));
    Run noisy = Runs.of(Run.Status.NOISY, List.of(), experiment);

    assertThat(Charts.of(Runs.of(experiment), experiment))
        .extracting(Chart::id)
        .contains("e1.strategies", "e1.elapsed");
    assertThat(Charts.of(noisy, experiment))
        .extracting(Chart::id)
        .contains("e1.strategies")
        .doesNotContain("e1.elapsed");
    assertThat(HtmlReport.of(noisy))
        .contains("Charts of elapsed times are withheld: the run is NOISY.");
  }

  private static Run committed() throws IOException {
    return RunFile.read(Path.of("results/2026-11-27-standard-1/run.json"));
  }
}
