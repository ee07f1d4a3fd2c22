package dev.statewise.benchmarks;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Peers;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code benchmarks.jar}. */
@Command(
    name = "java -jar benchmarks.jar",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Compares session strategies, and says what it found and how sure it is;",
      "and examines a Redis or a bucket for what would break a promise."
    },
    footer = {
      "",
      "Begin with: java -jar benchmarks/target/benchmarks.jar compare",
      "The folders lib/ and peers/ must lie beside the jar, as the build leaves them.",
      "Exit codes: 0 done (also if stamped NOISY); 1 a file does not follow the",
      "schema; 2 bad usage, or the server of --redis is not there; 3 the run broke",
      "an invariant and is INVALID; 4 two runs differ in what diff --fail-on names;",
      "130 interrupted, what was measured is kept.",
      "Those of doctor are in its own help."
    })
public final class Main implements Runnable {

  /** Done. */
  static final int OK = 0;

  /** A file is not what it should be. */
  static final int BAD_FILE = 1;

  /** Asked for something that cannot be done. */
  static final int BAD_USAGE = 2;

  /** The run broke an invariant. */
  static final int INVALID = 3;

  /** Two runs differ in a kind that the caller does not want. */
  static final int DIFFERENT = 4;

  @Spec CommandSpec spec = CommandSpec.create();

  private Main() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (QuickJvm.suits(List.of(arguments))) {
      System.exit(QuickJvm.run(List.of(arguments)));
    }
    System.exit(
        commandLine(Arms.all(), Peers.besideTheJar(InstantSource.system())).execute(arguments));
  }

  /** The command line that compares these arms and peers. */
  static CommandLine commandLine(List<Arm> arms, List<PeerArm> peers) {
    return new CommandLine(new Main())
        .addSubcommand(new CompareCommand(arms, peers))
        .addSubcommand(new DoctorCommand())
        .addSubcommand(new ValidateCommand())
        .addSubcommand(new ReportCommand())
        .addSubcommand(new DiffCommand())
        .addSubcommand(new JmhCommand())
        .addSubcommand(new ReadmeTableCommand())
        .addSubcommand(new ForkCommand(arms, peers))
        .addSubcommand(new CommandLine.HelpCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(
            (e, commandLine, parsed) -> {
              if (e instanceof UsageException) {
                commandLine.getErr().println(e.getMessage());
                return BAD_USAGE;
              }
              throw e;
            });
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command.");
  }

  private static int refuse(ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    // What stands where another value belongs may be a URI with a password.
    err.println(
        String.valueOf(e.getMessage()).replace('\n', ' ').replaceAll("://[^\\s']*@", "://…@"));
    err.printf("Try '%s --help'.%n", e.getCommandLine().getCommandSpec().qualifiedName());
    return BAD_USAGE;
  }

  /** The version that the jar's manifest names. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "statewise-benchmarks "
            + Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(not from its jar)"),
        "Java " + System.getProperty("java.version")
      };
    }
  }
}
