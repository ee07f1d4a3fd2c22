package dev.statewise.benchmarks;

import dev.statewise.benchmarks.jmh.Jmh;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Hands its arguments to JMH. */
@Command(
    name = "jmh",
    customSynopsis = "java -jar benchmarks.jar jmh [--help] [JMH's own arguments]",
    description = {
      "Runs the arms as benchmarks of stock JMH. What follows 'jmh' are JMH's own",
      "arguments: -l lists the benchmarks, a regular expression selects some, -p NAME=VALUE",
      "chooses among the arms, -h is JMH's help.",
      "",
      "Benchmarks, each with its parameter:",
      "  ValidateBenchmark  arm      an arm, a floor or a peer, as in E1",
      "  TouchBenchmark     touched  an arm, all of whose sessions are due",
      "  IssueBenchmark     issuer   jwt-hs256 or a peer that signs",
      "  RefuseBenchmark    refusal  an arm and what it is shown: memory/malformed",
      "A name that is none is answered with those that are.",
      "",
      "What JMH is not told is: -t 1, -bm avgt, -tu ns, -f 3, -i 5, -wi 5, -r 1s, -w 1s,",
      "-jvmArgs \"-Xms512m -Xmx512m -XX:+UseSerialGC\", -prof gc, the CPU time of the",
      "process (processCpu), -rf json, -rff jmh.json, and every arm and peer there is,",
      "which takes about an hour. Each fork starts the server that its arm asks, and",
      "validates 1,024 credentials in turn (64 in object storage).",
      "",
      "The arms are timed one after the other, so a machine that is not quiet shows in",
      "the differences between them; 'compare' times them side by side.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 done; 1 nothing was measured, or it failed; 2 bad usage.",
      "",
      "Examples:",
      "  java -jar benchmarks.jar jmh -l",
      "  java -jar benchmarks.jar jmh ValidateBenchmark -p arm=memory,redis,jwt-hs256",
      "  java -jar benchmarks.jar jmh Refuse -f 1 -wi 3 -i 3 -rff refusals.json",
      "  java -jar benchmarks.jar diff before.json jmh.json"
    })
final class JmhCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  // Not -h, which is JMH's.
  @Option(names = "--help", usageHelp = true, description = "This help.")
  boolean help;

  @Unmatched List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    Jmh jmh = new Jmh(spec.commandLine().getOut(), spec.commandLine().getErr());
    return switch (jmh.run(arguments.toArray(String[]::new))) {
      case DONE -> Main.OK;
      case FAILED -> Main.BAD_FILE;
      case BAD_USAGE -> Main.BAD_USAGE;
    };
  }
}
