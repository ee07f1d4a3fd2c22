package dev.statewise.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.benchmarks.diff.DiffText;
import dev.statewise.benchmarks.diff.Noise;
import dev.statewise.benchmarks.diff.Recording;
import dev.statewise.benchmarks.diff.Recordings;
import dev.statewise.benchmarks.diff.RunDiff;
import dev.statewise.benchmarks.run.InvalidRunException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how two runs differ. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells how run B differs from run A: first what differs about where they ran,",
      "then every number that changed, and whether the two agree.",
      "",
      "What was counted is compared for equality. What was measured is improved,",
      "regressed, within noise, or ~ if it is not seen to change: by a bootstrap",
      "interval of the ratio of medians and, from four JVMs a side on, the test of",
      "Mann and Whitney; without samples in a file by intervals that overlap. With",
      "fewer than three JVMs on a side it is ~ (too few JVMs).",
      "",
      "Two runs agree if every count is equal, at least 90 %% of the CPU metrics have",
      "intervals that overlap, and none is apart by more than 25 %%.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 done; 1 a file is neither a run nor of JMH; 2 bad usage, or a",
      "file cannot be read; 4 they differ in a kind that --fail-on names.",
      "",
      "Examples:",
      "  java -jar benchmarks.jar diff before/run.json after/run.json",
      "  java -jar benchmarks.jar diff A.json B.json --fail-on count,invariant",
      "  java -jar benchmarks.jar diff A.json B.json --noise 5%%,wall=10%% --all",
      "  java -jar benchmarks.jar diff jmh-before.json jmh-after.json --json diff.json"
    })
final class DiffCommand implements Callable<Integer> {

  private static final double PERCENT = 100;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "A.json", description = "A run.json, or results of JMH.")
  Path a = Path.of("A.json");

  @Parameters(index = "1", paramLabel = "B.json", description = "What is held against it.")
  Path b = Path.of("B.json");

  @Option(
      names = "--fail-on",
      paramLabel = "KIND",
      split = ",",
      description =
          "Exit 4 if they differ in one of these: count (a count is another, or none is in both), invariant (one of them is INVALID), cpu (a CPU metric regressed), agreement (they do not agree).")
  List<RunDiff.Kind> failOn = List.of();

  @Option(
      names = "--noise",
      paramLabel = "P%",
      split = ",",
      description =
          "Changes of so much are within noise; by default 3%%. Of one metric: wall=10%%.")
  List<String> noise = List.of();

  @Option(names = "--all", description = "Tell of numbers too that did not change.")
  boolean all;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the difference there as JSON too, for machines.")
  @Nullable Path json;

  @Override
  public Integer call() {
    Noise within = noise();
    Recording first;
    Recording second;
    try {
      first = recording(a);
      second = recording(b);
    } catch (InvalidRunException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return Main.BAD_FILE;
    }
    RunDiff diff = RunDiff.between(first, second, within);
    PrintWriter out = spec.commandLine().getOut();
    out.print(DiffText.of(diff, all));
    if (json != null) {
      write(json, diff);
    }
    List<RunDiff.Kind> differing = failOn.stream().filter(diff::differsIn).distinct().toList();
    if (!differing.isEmpty()) {
      out.printf("They differ in what --fail-on names: %s.%n", names(differing));
    }
    out.flush();
    return differing.isEmpty() ? Main.OK : Main.DIFFERENT;
  }

  private static Recording recording(Path file) {
    try {
      return Recordings.read(Output.read(file));
    } catch (InvalidRunException e) {
      throw e.in(file.toString());
    }
  }

  private Noise noise() {
    double otherwise = Noise.DEFAULT;
    Map<String, Double> byMetric = new HashMap<>();
    for (String one : noise) {
      int equals = one.indexOf('=');
      if (equals < 0) {
        otherwise = share(one);
      } else {
        byMetric.put(one.substring(0, equals).strip(), share(one.substring(equals + 1)));
      }
    }
    return new Noise(byMetric, otherwise);
  }

  private static double share(String text) {
    String number = text.replace("%", "").strip();
    try {
      double percent = Double.parseDouble(number);
      if (text.contains("%") && percent >= 0 && percent < PERCENT) {
        return percent / PERCENT;
      }
    } catch (NumberFormatException e) {
      // told of below, as any other text that is no percentage
    }
    throw new UsageException(
        "--noise (%s) is no percentage from 0%% to under 100%%. Give for example 3%%, or wall=10%%."
            .formatted(text));
  }

  private static void write(Path file, RunDiff diff) {
    try {
      Files.writeString(
          file,
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(diff) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A difference is made of numbers and texts.", e);
    } catch (IOException e) {
      throw new UsageException(
          "--json (%s) cannot be written to (%s). Name another file."
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  private static String names(List<RunDiff.Kind> kinds) {
    return String.join(
        ", ", kinds.stream().map(kind -> kind.name().toLowerCase(java.util.Locale.ROOT)).toList());
  }
}
