package dev.statewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {

  @TempDir Path folder;

  @Test
  @DisplayName(
      "A comparison that is interrupted MUST keep what was measured and leave no process behind, and go on where it was")
  void keepsWhatWasMeasured() throws IOException, InterruptedException {
    assumeFalse(
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win"),
        "there is no SIGINT to send on Windows");
    Process comparison = compare();
    List<ProcessHandle> children;
    try (BufferedReader lines = comparison.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null && !line.contains("warming up")) {
        line = lines.readLine();
      }
      children = comparison.descendants().toList();

      new ProcessBuilder("kill", "-INT", String.valueOf(comparison.pid())).start().waitFor();
      while (lines.readLine() != null) {
        // until it has said all
      }
    }

    assertThat(comparison.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Run run = RunFile.read(folder.resolve("run.json"));
    assertThat(run.run().complete()).isFalse();
    assertThat(comparison.exitValue()).isEqualTo(130);
    assertThat(run.invariants())
        .filteredOn(invariant -> invariant.id().equals("I9"))
        .noneMatch(invariant -> invariant.outcome() == Invariant.Outcome.HOLDS);
    assertThat(run.exceptions()).anyMatch(exception -> exception.contains("interrupted"));
    assertThat(run.experiment("E8").orElseThrow().arms()).as("counted before").isNotEmpty();
    for (String report : List.of("report.html", "report.md")) {
      assertThat(folder.resolve(report)).content().contains("INCOMPLETE").doesNotContain(">OK<");
    }
    assertThat(children).as("a JVM that measures").isNotEmpty();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    goesOn(run);
  }

  private void goesOn(Run interrupted) throws IOException, InterruptedException {
    assertThat(folder.resolve(Journal.NAME)).exists();

    Process resumed = compare("--resume");
    String said = new String(resumed.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(resumed.waitFor()).as(said).isZero();
    Run run = RunFile.read(folder.resolve("run.json"));
    assertThat(run.run().complete()).isTrue();
    assertThat(run.run().id()).isEqualTo(interrupted.run().id());
    assertThat(run.experiment("E8")).isEqualTo(interrupted.experiment("E8"));
    assertThat(said).doesNotContain("E8 Bytes");
    assertThat(run.exceptions()).anyMatch(exception -> exception.contains("went on later"));
    assertThat(folder.resolve(Journal.NAME)).doesNotExist();
  }

  private Process compare(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "compare",
                "--tier",
                "smoke",
                "--only",
                "E4,E8",
                "--out",
                folder.toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
