package dev.statewise.benchmarks;

import dev.statewise.benchmarks.report.KitSkips;
import dev.statewise.benchmarks.report.StoreCosts;
import dev.statewise.benchmarks.report.StoreTable;
import dev.statewise.benchmarks.report.StrategyTable;
import dev.statewise.benchmarks.run.InvalidRunException;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the tables that stand in the README and in the guide. */
@Command(
    name = "readme-table",
    mixinStandardHelpOptions = true,
    description = "Prints a table of the README or the guide, as Markdown, from a run.json.")
final class ReadmeTableCommand implements Callable<Integer> {

  /** What there are tables of. */
  enum Of {
    STRATEGIES,
    STORES,
    COSTS
  }

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--of",
      paramLabel = "WHAT",
      defaultValue = "strategies",
      description =
          "strategies (the default) and stores, for the README; costs of stores, for the guide.")
  Of of = Of.STRATEGIES;

  @Option(
      names = "--skips",
      paramLabel = "FILE",
      defaultValue = ".ci/skips.txt",
      description = "What of the kit is skipped, for the stores; by default ${DEFAULT-VALUE}.")
  Path skips = Path.of(".ci/skips.txt");

  @Parameters(paramLabel = "FILE", description = "The run.json.")
  Path file = Path.of("run.json");

  @Override
  public Integer call() {
    try {
      spec.commandLine().getOut().print(table(RunFile.read(Output.read(file))));
      spec.commandLine().getOut().flush();
      return Main.OK;
    } catch (InvalidRunException e) {
      spec.commandLine().getErr().printf("%s: %s%n", file, e.getMessage());
      return Main.BAD_FILE;
    }
  }

  private String table(Run run) {
    return switch (of) {
      case STRATEGIES -> StrategyTable.markdown(run);
      case STORES -> StoreTable.markdown(run, KitSkips.parse(Output.read(skips)));
      case COSTS -> StoreCosts.markdown(run);
    };
  }
}
