package dev.statewise.benchmarks.jmh;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Stock JMH on its own command line, with defaults for what that does not say: every arm that there
 * is, allocation and process CPU beside the time, and results as JSON in {@link #RESULTS}.
 */
public final class Jmh {

  /** Where results go unless the command line says otherwise. */
  public static final String RESULTS = "jmh.json";

  /** What became of a run of JMH. */
  public enum Outcome {
    DONE,
    /** Asked for something that cannot be done; it was said why. */
    BAD_USAGE,
    /** It ran and not all of it came to results; it was said why. */
    FAILED
  }

  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param err where it is said why something cannot be done
   */
  public Jmh(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /** Does what JMH does with these arguments. */
  public Outcome run(String... arguments) {
    try {
      CommandLineOptions given = new CommandLineOptions(arguments);
      return asksOnly(given, arguments) ? Outcome.DONE : measure(given);
    } catch (CommandLineOptionException | IllegalArgumentException | NoBenchmarksException e) {
      err.println(
          e instanceof NoBenchmarksException
              ? "No benchmark's name matches. 'jmh -l' lists them."
              : e.getMessage());
      return Outcome.BAD_USAGE;
    } catch (RunnerException | IOException e) {
      err.println(e.getMessage());
      return Outcome.FAILED;
    }
  }

  private static boolean asksOnly(CommandLineOptions given, String... arguments)
      throws IOException, CommandLineOptionException {
    if (given.shouldHelp()) {
      given.showHelp();
    } else if (given.shouldList()) {
      new Runner(given).list();
    } else if (given.shouldListWithParams()) {
      new Runner(given).listWithParams(withAllChoices(given, arguments));
    } else if (given.shouldListProfilers()) {
      given.listProfilers();
    } else if (given.shouldListResultFormats()) {
      given.listResultFormats();
    } else {
      return false;
    }
    return true;
  }

  /** JMH lists of an annotation what no command line says. */
  private static CommandLineOptions withAllChoices(CommandLineOptions given, String... arguments)
      throws CommandLineOptionException {
    List<String> all = new ArrayList<>(List.of(arguments));
    for (Choice choice : Choice.values()) {
      if (!given.getParameter(choice.param()).hasValue()) {
        all.addAll(List.of("-p", choice.param() + "=" + String.join(",", choice.names())));
      }
    }
    return new CommandLineOptions(all.toArray(String[]::new));
  }

  private Outcome measure(CommandLineOptions given) throws RunnerException {
    Options options = withDefaults(given);
    Collection<RunResult> results = new Runner(options).run();
    if (results.isEmpty()) {
      err.println("Nothing was measured; JMH said above why.");
      return Outcome.FAILED;
    }
    if (options.getResult().hasValue()) {
      out.printf("Data:    %s%n", Path.of(options.getResult().get()).toAbsolutePath().normalize());
      out.flush();
    }
    return Outcome.DONE;
  }

  private static Options withDefaults(CommandLineOptions given) {
    ChainedOptionsBuilder options = new OptionsBuilder().parent(given);
    if (given.getProfilers().isEmpty()) {
      options.addProfiler(GCProfiler.class).addProfiler(ProcessCpuProfiler.class);
    }
    if (!given.getResultFormat().hasValue()) {
      options.resultFormat(ResultFormatType.JSON);
      if (!given.getResult().hasValue()) {
        options.result(RESULTS);
      }
    }
    for (Choice choice : Choice.values()) {
      Collection<String> chosen = given.getParameter(choice.param()).orElse(choice.names());
      chosen.forEach(choice::require);
      options.param(choice.param(), chosen.toArray(String[]::new));
    }
    return options.build();
  }
}
