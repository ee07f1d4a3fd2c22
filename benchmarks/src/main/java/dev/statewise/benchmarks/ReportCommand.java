package dev.statewise.benchmarks;

import dev.statewise.benchmarks.invariant.Judgement;
import dev.statewise.benchmarks.run.InvalidRunException;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders the reports of runs that were measured before. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Renders report.html, report.md and results.csv from a run.json, without measuring;",
      "its invariants are judged again by its data.",
      "",
      "Of several runs, of other machines or JDKs, the first is shown in full, with a",
      "section that has a column a run; each other gets a page of its own beside it,",
      "and results.csv has the lines of all.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 done; 1 a file does not follow the schema; 2 it cannot be read, or",
      "one run is named twice; 3 done, and a run is INVALID by its data, or they say",
      "otherwise than its invariants do.",
      "",
      "Examples:",
      "  java -jar benchmarks.jar report statewise-report/run.json",
      "  java -jar benchmarks.jar report laptop.json server.json --out /tmp/both"
    })
final class ReportCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "The run.json; of several the first is shown in full.")
  List<Path> files = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write. By default beside the first file.")
  @Nullable Path out;

  @Override
  public Integer call() {
    List<Judgement> judgements = new ArrayList<>();
    for (Path file : files) {
      try {
        judgements.add(Judgement.of(RunFile.read(Output.read(file))));
      } catch (InvalidRunException e) {
        spec.commandLine().getErr().println(e.in(file.toString()).getMessage());
        return Main.BAD_FILE;
      }
    }
    List<Run> runs = judgements.stream().map(Judgement::run).toList();
    refuseTwins(runs);
    Path first = files.get(0);
    Path beside = first.toAbsolutePath().getParent();
    Output output = Output.in(out != null ? out : beside != null ? beside : Path.of("."));
    output.writeReports(runs.get(0), runs.subList(1, runs.size()));
    spec.commandLine().getOut().println(output.places(first));
    judgements.stream()
        .flatMap(judgement -> judgement.contradictions().stream())
        .forEach(spec.commandLine().getErr()::println);
    return judgements.stream().anyMatch(Judgement::isInvalid) ? Main.INVALID : Main.OK;
  }

  private void refuseTwins(List<Run> runs) {
    List<String> ids = runs.stream().map(run -> run.run().id()).toList();
    for (int i = 0; i < ids.size(); i++) {
      int earlier = ids.indexOf(ids.get(i));
      if (earlier < i) {
        throw new UsageException(
            "%s and %s are the same run, %s, so there is nothing to set beside it. Name each once."
                .formatted(files.get(earlier), files.get(i), ids.get(i)));
      }
    }
  }
}
