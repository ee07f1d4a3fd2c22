package dev.statewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.benchmarks.diff.Noise;
import dev.statewise.benchmarks.diff.Recording;
import dev.statewise.benchmarks.diff.Recordings;
import dev.statewise.benchmarks.diff.RunDiff;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class JmhCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void besideOthers() {
    // JMH runs once a machine, by a lock in the folder of temporary files.
    System.setProperty("jmh.ignoreLock", "true");
  }

  @Test
  @DisplayName(
      "A benchmark MUST run as stock JMH and leave time, allocation and process CPU as JSON")
  void runs() throws IOException {
    Path results = folder.resolve("results.json");

    int code =
        execute(
            "ValidateBenchmark",
            "-p",
            "arm=memory",
            "-f",
            "1",
            "-wi",
            "1",
            "-w",
            "5ms",
            "-i",
            "2",
            "-r",
            "10ms",
            "-v",
            "SILENT",
            "-rff",
            results.toString());

    assertThat(code).as(() -> err.toString() + out).isZero();
    JsonNode result = new ObjectMapper().readTree(results.toFile()).path(0);
    assertThat(result.path("benchmark").asText()).endsWith(".ValidateBenchmark.validate");
    assertThat(result.at("/params/arm").asText()).isEqualTo("memory");
    assertThat(result.path("threads").asInt()).isEqualTo(1);
    assertThat(result.path("jvmArgs").toString()).contains("-Xms512m", "-Xmx512m", "SerialGC");
    assertThat(result.at("/primaryMetric/scoreUnit").asText()).isEqualTo("ns/op");
    assertThat(result.at("/primaryMetric/rawData/0")).hasSize(2);
    for (String cost : List.of("gc.alloc.rate.norm", "processCpu")) {
      assertThat(result.path("secondaryMetrics").path(cost).path("score").asDouble())
          .as(cost)
          .isPositive();
    }
    Recording read = Recordings.read(Files.readString(results));
    assertThat(RunDiff.between(read, read, Noise.usual()).metrics()).hasSize(3);
  }

  @Test
  @DisplayName("A name that is no arm MUST be refused with those that are, before anything runs")
  void unknown() {
    assertThat(execute("Validate", "-p", "arm=memry")).isEqualTo(2);
    assertThat(err.toString())
        .contains("There is no arm 'memry'", "memory, redis", "jwt-hs256-lazy", "floor-mac");
    assertThat(execute("Refuse", "-p", "refusal=memory/nothing")).isEqualTo(2);
    assertThat(err.toString()).contains("memory/malformed", "jwt-es256/bad-signature");
    assertThat(execute("NoSuchBenchmark")).isEqualTo(2);
    assertThat(execute("-f", "several")).isEqualTo(2);
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  @Test
  @DisplayName("JMH's lists MUST be JMH's, and --help ours")
  void lists() {
    assertThat(execute("-l")).isZero();
    assertThat(execute("-lp")).isZero();
    assertThat(execute("--help")).isZero();
    assertThat(out.toString())
        .contains("-prof gc", "processCpu", "Exit codes", "RefuseBenchmark", "-l lists");
  }

  private int execute(String... arguments) {
    CommandLine commandLine = Main.commandLine(List.of(), List.of());
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 1];
    all[0] = "jmh";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return commandLine.execute(all);
  }
}
