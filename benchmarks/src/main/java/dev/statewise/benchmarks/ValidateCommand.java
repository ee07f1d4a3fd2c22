package dev.statewise.benchmarks;

import dev.statewise.benchmarks.invariant.Judgement;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds a file to the schema of runs, and what it says of itself to its data. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Checks that a run.json follows statewise-run.schema.json, and judges its invariants again"
            + " by its data.",
    footer = {
      "",
      "Exit codes: 0 it does (also if stamped NOISY); 1 it does not; 2 it cannot be read; 3 an",
      "invariant is broken that makes it INVALID, or its data say otherwise than its invariants do.",
      "",
      "Example: java -jar benchmarks.jar validate statewise-report/run.json"
    })
final class ValidateCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The run.json.")
  Path file = Path.of("run.json");

  @Override
  public Integer call() {
    String text = Output.read(file);
    List<String> errors = RunFile.errors(text);
    if (!errors.isEmpty()) {
      spec.commandLine().getErr().printf("%s does not follow the schema:%n", file);
      errors.forEach(this::amiss);
      return Main.BAD_FILE;
    }
    Judgement judgement = Judgement.of(RunFile.read(text));
    Run run = judgement.run();
    spec.commandLine()
        .getOut()
        .printf("%s follows the schema. Stamp: %s.%n", file, run.run().stamp());
    judgement.contradictions().forEach(this::amiss);
    run.invariants().stream()
        .filter(one -> one.outcome() == Invariant.Outcome.BROKEN)
        .forEach(one -> amiss("%s broken: %s: %s".formatted(one.id(), one.rule(), one.detail())));
    return judgement.isInvalid() ? Main.INVALID : Main.OK;
  }

  private void amiss(String what) {
    spec.commandLine().getErr().println("  " + what);
  }
}
