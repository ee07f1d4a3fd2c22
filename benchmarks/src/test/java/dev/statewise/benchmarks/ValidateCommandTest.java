package dev.statewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.invariant.Alteration;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class ValidateCommandTest {

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @MethodSource("dev.statewise.benchmarks.invariant.Alteration#all")
  @DisplayName("validate MUST exit 3 of a file whose data say otherwise than it does, and name it")
  void altered(Alteration alteration) throws IOException {
    int code = execute("validate", file(alteration.altered()));

    assertThat(code).isEqualTo(3);
    assertThat(err.toString()).contains("The file says of " + alteration.invariant());
  }

  @ParameterizedTest
  @MethodSource("dev.statewise.benchmarks.invariant.Alteration#all")
  @DisplayName("validate MUST exit 3 of a run that is INVALID, and 0 of one that is NOISY")
  void stamped(Alteration alteration) throws IOException {
    int code = execute("validate", file(alteration.stamped()));

    assertThat(code).isEqualTo(alteration.status() == Run.Status.INVALID ? 3 : 0);
    assertThat(err.toString())
        .contains(alteration.invariant() + " broken: ")
        .doesNotContain("The file says");
  }

  @ParameterizedTest
  @MethodSource("dev.statewise.benchmarks.invariant.Alteration#all")
  @DisplayName("report MUST write a page that shows what the data deserve, and exit 3")
  void rendered(Alteration alteration) throws IOException {
    int code = execute("report", file(alteration.altered()));

    assertThat(code).isEqualTo(3);
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("stamped **INVALID**", "The file says of " + alteration.invariant());
  }

  private String file(Run run) throws IOException {
    return Files.writeString(folder.resolve("run.json"), RunFile.write(run)).toString();
  }

  private int execute(String... arguments) {
    CommandLine commandLine = Main.commandLine(Arms.all(), List.of());
    commandLine.setOut(new PrintWriter(new StringWriter(), true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
