package dev.statewise.benchmarks;

import dev.statewise.benchmarks.report.KitSkips;
import dev.statewise.benchmarks.report.StoreCosts;
import dev.statewise.benchmarks.report.StoreTable;
import dev.statewise.benchmarks.report.StrategyTable;
import dev.statewise.benchmarks.run.InvalidRunException;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the tables that stand in the README and in the guide. */
@Command(
    name = "readme-table",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a table of the README or the guide, as Markdown, from a run.json: prints",
      "it, or puts it into the file between the marks where it stands.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 done; 1 the file does not follow the schema; 2 bad usage, a file",
      "cannot be read or written, or the marks are not there.",
      "",
      "Examples, after a run was committed:",
      "  java -jar benchmarks.jar readme-table run.json --into README.md",
      "  java -jar benchmarks.jar readme-table run.json --of stores --into README.md",
      "  java -jar benchmarks.jar readme-table run.json --of costs --into docs/guide/which-store.md"
    })
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

  @Option(
      names = "--into",
      paramLabel = "FILE",
      description =
          "Replace what is in this file from '<!-- WHAT:begin -->' to '<!-- WHAT:end -->'.")
  @Nullable Path into;

  @Parameters(paramLabel = "FILE", description = "The run.json.")
  Path file = Path.of("run.json");

  @Override
  public Integer call() {
    try {
      String table = table(RunFile.read(Output.read(file)));
      if (into == null) {
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().flush();
      } else {
        replace(into, table);
      }
      return Main.OK;
    } catch (InvalidRunException e) {
      spec.commandLine().getErr().printf("%s: %s%n", file, e.getMessage());
      return Main.BAD_FILE;
    }
  }

  private void replace(Path page, String table) {
    String text = Output.read(page);
    String mark = of.name().toLowerCase(Locale.ROOT);
    String before = "<!-- %s:begin -->\n".formatted(mark);
    int begin = text.indexOf(before) + before.length();
    int end = text.indexOf("<!-- %s:end -->".formatted(mark));
    if (begin < before.length() || end < begin) {
      throw new UsageException(
          "%s has no '%s' with an end after it, so there is no place for the table. Put both marks where it belongs."
              .formatted(page, before.strip()));
    }
    try {
      Files.writeString(page, text.substring(0, begin) + table + text.substring(end));
    } catch (IOException e) {
      throw new UsageException(
          "%s cannot be written to (%s), so the table in it is the old one."
              .formatted(page, e.getClass().getSimpleName()));
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
