package dev.statewise.benchmarks;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.catalogue.Catalogue;
import dev.statewise.benchmarks.experiment.Environment;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.Run;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the strategies and writes a report. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares the session strategies side by side and writes a report.",
      "",
      "Needs nothing installed: unless --redis names a server, a real Redis is",
      "started for the run and stopped after it; so are a PostgreSQL and an S3 API,",
      "and one that does not start is left out. Ctrl-C ends it at once and keeps",
      "what was measured; --resume goes on with it. The folders lib/ and peers/ that the build leaves beside",
      "the jar are part of it: where one goes the others must. In peers/ are other",
      "libraries (Spring Session, Jedis' own cache, six for tokens), which stand",
      "beside the arms in E1 and E6, each in a class loader of its own; one that is",
      "missing is left out, with the reason in the report. Targets that the project",
      "set itself are printed last, met or missed; a missed one changes no exit code.",
      "In providers/ are security providers in native code, for E2 alone.",
      ""
    },
    footer = {
      "",
      "Writes report.html, report.md, results.csv, run.json and slices.csv.",
      "",
      "Exit codes: 0 done (also if stamped NOISY); 2 bad usage, or the server of",
      "--redis is not there; 3 the run broke an invariant and is INVALID; 130",
      "interrupted (INCOMPLETE). A report is written in all cases but 2.",
      "",
      "Examples:",
      "  java -jar benchmarks/target/benchmarks.jar compare",
      "  java -jar benchmarks.jar compare --tier smoke --only E6,E8 --out /tmp/report",
      "  java -jar benchmarks.jar compare --tier standard --out DIR --resume",
      "  java -jar benchmarks.jar compare --redis redis://127.0.0.1:6379"
    })
final class CompareCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      defaultValue = "quick",
      description =
          "How much time to take: smoke (about a minute; counts are exact, times are not to be read), quick (under 5; the default), standard (under 25), full (under 90).")
  Tier tier = Tier.QUICK;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "statewise-report",
      description = "Where to write. By default ${DEFAULT-VALUE}.")
  Path out = Path.of("statewise-report");

  @Option(
      names = "--resume",
      description =
          "Go on with the run that was interrupted in the folder of --out, given the same options and build: what it had finished is not measured again.")
  boolean resume;

  @Option(
      names = "--redis",
      paramLabel = "URI",
      description =
          "A Redis to measure against, such as redis://127.0.0.1:6379. Only keys of a prefix of this run's own are written, and deleted after it.")
  @Nullable String redis;

  @Option(
      names = "--only",
      paramLabel = "ID",
      split = ",",
      description =
          "Only these experiments: E1 (validation cost; E0, the noise floor, comes with it), E2 (algorithms, providers and JDKs; from tier standard on, or if named here), E3 (size of a token), E4 (cost of refusing), E5 (live sessions), E6 (store commands), E7 (garbage; with E1), E8 (request bytes), E9 (bytes on HTTP/2), E10 (header limits of servers), E20 (revocation list), E26 (state by size), E27 (sliding expiry), E28 (memory), E29 (races and replay).")
  List<Question> only = List.of();

  private final List<Arm> arms;
  private final List<PeerArm> peers;

  CompareCommand(List<Arm> arms, List<PeerArm> peers) {
    this.arms = arms;
    this.peers = peers;
  }

  @Override
  public Integer call() {
    try (RedisForRun server = redis()) {
      Output output = Output.in(out);
      return compare(server, output);
    }
  }

  private int compare(RedisForRun server, Output output) {
    PrintWriter printer = spec.commandLine().getOut();
    Set<Question> questions = questions();
    try (ServersForRun servers = ServersForRun.with(server, arms)) {
      server.notice().ifPresent(spec.commandLine().getErr()::println);
      Journal journal = journal(questions);
      Comparison comparison =
          new Comparison(arms, peers, tier, questions, servers, invocation(), journal, output);
      printer.printf(
          "Comparing %s at tier %s: about %.1f minutes planned, on %d core(s), Redis: %s.%n%s%n",
          questions,
          tier,
          comparison.schedule().minutes(),
          cores(),
          server.description(),
          comparison.schedule().text());
      printer.flush();
      Run run = comparison.run();
      printer.println(Summary.of(run));
      printer.println(output.places());
      printer.flush();
      return run.run().status() == Run.Status.INVALID ? Main.INVALID : Main.OK;
    }
  }

  /** Times say nothing without how much a difference of nothing looks like. */
  private Set<Question> questions() {
    Set<Question> questions =
        only.isEmpty() ? EnumSet.copyOf(Catalogue.questions()) : EnumSet.copyOf(only);
    if (only.isEmpty() && tier.compareTo(Tier.STANDARD) < 0) {
      questions.remove(Question.E2);
    }
    if (questions.contains(Question.E1)) {
      questions.add(Question.E0);
    }
    return questions;
  }

  private Journal journal(Set<Question> questions) {
    String software = Environment.software();
    return resume
        ? Journal.resume(out, tier.toString(), questions, software)
        : Journal.begin(
            out,
            new Journal.Begun(
                InstantSource.system().millis(),
                tier.toString(),
                Journal.names(questions),
                software));
  }

  private RedisForRun redis() {
    String uri = redis;
    if (uri == null) {
      return RedisForRun.embedded();
    }
    try {
      return RedisForRun.at(RedisAddress.of(new URI(uri)));
    } catch (URISyntaxException e) {
      throw new UsageException(
          "--redis is not a URI, so there is no server to ask. Give for example redis://127.0.0.1:6379.");
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** The command that repeats this run; a URI is left out, for it may hold a password. */
  private String invocation() {
    StringBuilder command =
        new StringBuilder("java -jar benchmarks/target/benchmarks.jar compare --tier " + tier);
    if (!only.isEmpty()) {
      command.append(" --only ").append(String.join(",", only.stream().map(Enum::name).toList()));
    }
    if (redis != null) {
      command.append(" --redis URI");
    }
    return command.toString();
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
