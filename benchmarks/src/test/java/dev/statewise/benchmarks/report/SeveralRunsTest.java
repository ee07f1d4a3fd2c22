package dev.statewise.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import dev.statewise.benchmarks.run.Runs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SeveralRunsTest {

  private static final Run HERE = run("here", "JDK seventeen", 100, 60);
  private static final Run THERE = run("there", "JDK <twenty-five>", 200, 61);

  @Test
  @DisplayName("Several runs MUST have a column each, what differs about them, and how they agree")
  void columns() {
    String page = HtmlReport.of(HERE, List.of(THERE));

    assertThat(page)
        .contains("<h2 id=\"runs\">", "href=\"report-there.html\"", "href=\"#runs\"")
        .contains("JDK seventeen", "JDK &lt;twenty-five&gt;")
        .doesNotContain("JDK <twenty-five>")
        .contains("there to here: COUNT equal: 1 of 2; CPU: 0.0 % of 1 overlapping")
        .contains("1 of 2 counts are equal in all that have them.")
        .containsPattern("(?s)cpu, ns/op</small>.*?>100<.*?>200<")
        .containsPattern("(?s)bytes, B</small>.*?>60<.*?>61<");
    assertThat(MarkdownReport.of(HERE, List.of(THERE)))
        .contains("## Run beside run", "report-there.html", "COUNT equal: 1 of 2");
  }

  @Test
  @DisplayName("A number that a run does not have MUST be absent there, and never a 0")
  void absent() {
    Run other = Runs.of(Runs.experiment("E1", Runs.arm("redis", Map.of(), Runs.metric("cpu", 7))));

    assertThat(HtmlReport.of(HERE, List.of(withId("other", other)))).contains("not in this run");
  }

  @Test
  @DisplayName("A report of one run MUST NOT have the section")
  void one() {
    assertThat(HtmlReport.of(HERE)).doesNotContain("Run beside run").doesNotContain("#runs");
    assertThat(MarkdownReport.of(HERE)).doesNotContain("Run beside run");
  }

  @Test
  @DisplayName("The lines of all runs MUST be in one file, each with its run")
  void csv() {
    assertThat(CsvReport.of(List.of(HERE, THERE)).lines())
        .hasSize(7)
        .startsWith("experiment,arm,params,metric,unit,evidence,value,lo,hi,n,run")
        .contains("E1,memory,,bytes,B,COUNT,60,60,60,1,here")
        .contains("E1,memory,,bytes,B,COUNT,61,61,61,1,there");
  }

  @Test
  @DisplayName("The name of a page MUST lead nowhere but beside the report, whatever the run's id")
  void pages() {
    assertThat(HtmlReport.pageOf(withId("../../etc/x", Runs.of())))
        .isEqualTo("report-..-..-etc-x.html");
  }

  private static Run run(String id, String jdk, double cpu, long bytes) {
    Run run =
        Runs.of(
            Runs.experiment(
                "E1",
                Runs.arm(
                    "memory",
                    Map.of(),
                    Runs.metric("cpu", cpu),
                    Metric.counted("bytes", "B", bytes, 1),
                    Metric.counted("commands", "commands", 1, 1))));
    return withId(id, RunFile.read(RunFile.write(run).replace("\"some jdk\"", "\"" + jdk + "\"")));
  }

  private static Run withId(String id, Run run) {
    return RunFile.read(RunFile.write(run).replace("\"run1\"", "\"" + id + "\""));
  }
}
