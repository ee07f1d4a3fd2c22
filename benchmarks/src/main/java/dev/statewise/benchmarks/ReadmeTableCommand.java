package dev.statewise.benchmarks;

import dev.statewise.benchmarks.report.StrategyTable;
import dev.statewise.benchmarks.run.InvalidRunException;
import dev.statewise.benchmarks.run.RunFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the table of strategies that stands in the README. */
@Command(
    name = "readme-table",
    mixinStandardHelpOptions = true,
    description = "Prints the README's table of strategies, as Markdown, from a run.json.")
final class ReadmeTableCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The run.json.")
  Path file = Path.of("run.json");

  @Override
  public Integer call() {
    try {
      spec.commandLine().getOut().print(StrategyTable.markdown(RunFile.read(Output.read(file))));
      spec.commandLine().getOut().flush();
      return Main.OK;
    } catch (InvalidRunException e) {
      spec.commandLine().getErr().printf("%s: %s%n", file, e.getMessage());
      return Main.BAD_FILE;
    }
  }
}
