package dev.statewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.RunFile;
import dev.statewise.benchmarks.run.Runs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DiffCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  @DisplayName("A difference MUST change the exit code exactly if --fail-on names its kind")
  void failsOn() throws IOException {
    String a = file("a.json", 60, 100);
    String b = file("b.json", 61, 100);

    assertThat(execute("diff", a, b)).isZero();
    assertThat(execute("diff", a, b, "--fail-on", "invariant,cpu")).isZero();
    assertThat(execute("diff", a, b, "--fail-on", "count,invariant")).isEqualTo(4);
    assertThat(out.toString()).contains("They differ in what --fail-on names: count.");
    assertThat(execute("diff", a, b, "--fail-on", "agreement")).isEqualTo(4);
    assertThat(execute("diff", a, a, "--fail-on", "count,invariant,cpu,agreement")).isZero();
  }

  @Test
  @DisplayName("What a metric may move without a word MUST be what --noise says")
  void noise() throws IOException {
    String a = file("a.json", 60, 100);
    String b = file("b.json", 60, 140);

    assertThat(execute("diff", a, b, "--fail-on", "cpu")).isEqualTo(4);
    assertThat(execute("diff", a, b, "--fail-on", "cpu", "--noise", "50%")).isZero();
    assertThat(execute("diff", a, b, "--fail-on", "cpu", "--noise", "1%,cpu=50 %")).isZero();
    assertThat(execute("diff", a, b, "--noise", "5")).isEqualTo(2);
    assertThat(execute("diff", a, b, "--noise", "-1%")).isEqualTo(2);
  }

  @Test
  @DisplayName("The JSON of a difference MUST have what the text has")
  void json() throws IOException {
    Path json = folder.resolve("diff.json");

    execute("diff", file("a.json", 60, 100), file("b.json", 61, 140), "--json", json.toString());

    JsonNode tree = new ObjectMapper().readTree(json.toFile());
    assertThat(tree.at("/agreement/agree").asBoolean(true)).isFalse();
    assertThat(tree.at("/agreement/countsEqual").asInt(-1)).isZero();
    assertThat(tree.at("/metrics/0/arm").asText()).isEqualTo("memory");
    assertThat(tree.at("/metrics/0/outcome").asText()).isEqualTo("regressed");
    assertThat(tree.at("/metrics/1/a/value").asInt()).isEqualTo(60);
  }

  @Test
  @DisplayName("A bad file MUST be named, with exit 1 if it is no run and 2 if it is not there")
  void badFiles() throws IOException {
    String good = file("a.json", 60, 100);
    Path bad = Files.writeString(folder.resolve("bad.json"), "{}");

    assertThat(execute("diff", good, bad.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("bad.json: It does not follow").hasLineCount(1);
    assertThat(execute("diff", good, folder.resolve("none.json").toString())).isEqualTo(2);
    assertThat(execute("diff", good)).isEqualTo(2);
    assertThat(execute("diff", good, good, "--fail-on", "everything")).isEqualTo(2);
    assertThat(err.toString()).contains("COUNT", "INVARIANT", "AGREEMENT").doesNotContain("\tat ");
  }

  private String file(String name, long bytes, double cpu) throws IOException {
    return Files.writeString(
            folder.resolve(name),
            RunFile.write(
                    Runs.of(
                        Runs.experiment(
                            "E1",
                            Runs.arm(
                                "memory",
                                Map.of(),
                                Runs.metric("cpu", cpu),
                                Metric.counted("bytes", "B", bytes, 1)))))
                // of a schema whose word on invariants is taken
                .replace("\"1.2\"", "\"1.1\""))
        .toString();
  }

  private int execute(String... arguments) {
    CommandLine commandLine = Main.commandLine(List.of(), List.of());
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
