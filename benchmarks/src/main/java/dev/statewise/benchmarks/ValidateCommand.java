package dev.statewise.benchmarks;

import dev.statewise.benchmarks.run.RunFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds a file to the schema of runs. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks that a run.json follows statewise-run.schema.json.",
    footer = {"", "Exit codes: 0 it does; 1 it does not; 2 it cannot be read."})
final class ValidateCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The run.json.")
  Path file = Path.of("run.json");

  @Override
  public Integer call() {
    List<String> errors = RunFile.errors(Output.read(file));
    if (errors.isEmpty()) {
      spec.commandLine().getOut().printf("%s follows the schema.%n", file);
      return Main.OK;
    }
    spec.commandLine().getErr().printf("%s does not follow the schema:%n", file);
    errors.forEach(error -> spec.commandLine().getErr().println("  " + error));
    return Main.BAD_FILE;
  }
}
