package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.run.Metric;
import dev.statewise.embedded.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which commands each operation may send, by arm: declared here, and asserted of every run.
 *
 * <p>The server's own count contains the calls that scripts make. A script is one command; of the
 * commands that are sent beside scripts none is also called by a script of the same operation, so
 * each declared command must have been called exactly as often as declared, and only an operation
 * with a script may show others.
 */
final class CommandBudget {

  private static final String SCRIPT = "EVALSHA";

  /** What it listens with is a script too, so of this arm the server's count says nothing. */
  private static final String LOCAL = "hybrid-local";

  private static final Map<String, Long> NOTHING = Map.of();
  private static final Map<String, Long> ONE_SCRIPT = Map.of(SCRIPT, 1L);
  private static final Map<String, Long> ONE_READ = Map.of("GET", 1L);
  private static final Map<String, Long> READ_AND_SCRIPT = Map.of("GET", 1L, SCRIPT, 1L);
  private static final Map<String, Long> READ_AND_TWO_SCRIPTS = Map.of("GET", 1L, SCRIPT, 2L);
  private static final Map<String, Long> TWO_SCRIPTS = Map.of(SCRIPT, 2L);

  private static final Set<String> OF_LISTENING =
      Set.of("CLIENT", "CLUSTER", "HELLO", "PING", "ROLE", "SUBSCRIBE", "XREAD");

  private CommandBudget() {}

  /** Whether an arm has connections, beside those of requests, on which it hears of changes. */
  static boolean listens(String arm) {
    return arm.equals("redis-near") || arm.equals(LOCAL);
  }

  /** What the server was asked for requests. */
  static Map<String, Long> withoutListening(String arm, Map<String, Long> calls) {
    Map<String, Long> asked = new TreeMap<>(calls);
    if (listens(arm)) {
      asked.keySet().removeAll(OF_LISTENING);
    }
    return asked;
  }

  /** The commands of one operation. */
  static Map<String, Long> of(String arm, Operation operation) {
    return switch (arm) {
      case "redis" ->
          switch (operation) {
            case OPEN, SAVE, ROTATE, LIST, END_ALL -> ONE_SCRIPT;
            case VALIDATE -> ONE_READ;
            case VALIDATE_TOUCH, VALIDATE_SAVE, END -> READ_AND_SCRIPT;
          };
      case "redis-touch-always" ->
          switch (operation) {
            case OPEN, SAVE, ROTATE, LIST, END_ALL -> ONE_SCRIPT;
            case VALIDATE, VALIDATE_TOUCH, END -> READ_AND_SCRIPT;
            case VALIDATE_SAVE -> READ_AND_TWO_SCRIPTS;
          };
      case "redis-near" ->
          switch (operation) {
            case OPEN, SAVE, ROTATE, LIST, END_ALL, VALIDATE_TOUCH, END, VALIDATE_SAVE ->
                ONE_SCRIPT;
            case VALIDATE -> NOTHING;
          };
      case "hybrid" ->
          switch (operation) {
            case OPEN, VALIDATE, VALIDATE_TOUCH, SAVE -> ONE_SCRIPT;
            case VALIDATE_SAVE, ROTATE, END, END_ALL -> TWO_SCRIPTS;
            case LIST -> NOTHING;
          };
      case LOCAL ->
          switch (operation) {
            case OPEN, ROTATE, END -> ONE_SCRIPT;
            case END_ALL -> TWO_SCRIPTS;
            case VALIDATE, VALIDATE_TOUCH, SAVE, VALIDATE_SAVE, LIST -> NOTHING;
          };
      default -> NOTHING;
    };
  }

  /**
   * What of a measured operation is not as declared.
   *
   * @param samples what passed on the socket, one entry an operation
   * @param calls what the server says it was asked over all of them
   */
  static List<String> findings(
      String arm, Operation operation, List<Traffic> samples, Map<String, Long> calls) {
    Map<String, Long> budget = of(arm, operation);
    long declared = budget.values().stream().mapToLong(Long::longValue).sum();
    List<String> findings = new ArrayList<>();
    String who = arm + " " + operation + ": ";
    for (Traffic sample : samples) {
      if (sample.commands() != declared || sample.roundTrips() != declared) {
        findings.add(
            who
                + "%d commands in %d round trips on the socket, declared is %d in %d"
                    .formatted(sample.commands(), sample.roundTrips(), declared, declared));
        break;
      }
    }
    if (arm.equals(LOCAL)) {
      return findings;
    }
    budget.forEach(
        (command, times) -> {
          long called = calls.getOrDefault(command, 0L);
          if (called != times * samples.size()) {
            findings.add(
                who
                    + "the server counts %d calls of %s in %d operations, declared are %d"
                        .formatted(called, command, samples.size(), times * samples.size()));
          }
        });
    if (!budget.containsKey(SCRIPT) && !budget.keySet().containsAll(calls.keySet())) {
      findings.add(
          who
              + "the server was asked %s, declared is %s"
                  .formatted(names(calls), budget.isEmpty() ? "nothing" : names(budget)));
    }
    return findings;
  }

  /**
   * What is declared of an operation, and beside it how often the server says it was asked each
   * command: those that are declared, and without a script all others too.
   */
  static List<Metric> metrics(String arm, Operation operation, Map<String, Long> calls) {
    Map<String, Long> budget = of(arm, operation);
    long declared = budget.values().stream().mapToLong(Long::longValue).sum();
    List<Metric> metrics = new ArrayList<>();
    metrics.add(Counting.declared("declaredCommands", "commands", declared, declared));
    metrics.add(Counting.declared("declaredRoundTrips", "round trips", declared, declared));
    if (arm.equals(LOCAL)) {
      return metrics;
    }
    Set<String> commands = new TreeSet<>(budget.keySet());
    if (!budget.containsKey(SCRIPT)) {
      commands.addAll(calls.keySet());
    }
    for (String command : commands) {
      long times = budget.getOrDefault(command, 0L);
      metrics.add(Counting.declared("declared" + inName(command), "calls", times, times));
      metrics.add(Counting.onServer("called" + inName(command), calls.getOrDefault(command, 0L)));
    }
    return metrics;
  }

  /** As a part of a metric's name: Get, Evalsha. */
  private static String inName(String command) {
    String letters = command.replaceAll("[^A-Za-z]", "");
    return letters.substring(0, 1) + letters.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String names(Map<String, Long> commands) {
    return commands.keySet().stream().sorted().collect(Collectors.joining(", "));
  }
}
