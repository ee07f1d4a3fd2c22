package dev.statewise.benchmarks;

import dev.statewise.benchmarks.invariant.Judgement;
import dev.statewise.benchmarks.run.InvalidRunException;
import dev.statewise.benchmarks.run.RunFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders the reports of a run that was measured before. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Renders report.html, report.md and results.csv from a run.json, whose invariants are"
            + " judged again by its data.",
    footer = {
      "",
      "Exit codes: 0 done; 1 the file does not follow the schema; 2 it cannot be read; 3 done, and",
      "the run is INVALID by its data, or they say otherwise than its invariants do."
    })
final class ReportCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The run.json.")
  Path file = Path.of("run.json");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write. By default beside the file.")
  @Nullable Path out;

  @Override
  public Integer call() {
    try {
      Judgement judgement = Judgement.of(RunFile.read(Output.read(file)));
      Path beside = file.toAbsolutePath().getParent();
      Output output = Output.in(out != null ? out : beside != null ? beside : Path.of("."));
      output.writeReports(judgement.run());
      spec.commandLine().getOut().println(output.places(file));
      judgement.contradictions().forEach(spec.commandLine().getErr()::println);
      return judgement.isInvalid() ? Main.INVALID : Main.OK;
    } catch (InvalidRunException e) {
      spec.commandLine().getErr().printf("%s: %s%n", file, e.getMessage());
      return Main.BAD_FILE;
    }
  }
}
