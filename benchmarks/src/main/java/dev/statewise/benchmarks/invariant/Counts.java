package dev.statewise.benchmarks.invariant;

import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.experiment.States;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Checks;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * I6, I7, I16 and I17: whether what was counted agrees with what was declared, and with a second
 * count.
 *
 * <p>They look at every arm that has the metrics: {@code commands} and {@code roundTrips} are held
 * against {@code declaredCommands} and {@code declaredRoundTrips}, whose interval is what is
 * allowed; {@code called} with a command's name, as the server counts it, against {@code declared}
 * with that name; {@code serverCommands} against {@code commands}; {@code bytes} against {@code
 * arithmetic}.
 */
final class Counts {

  private static final String DECLARED = "declared";
  private static final String CALLED = "called";
  private static final List<String> ON_SOCKET = List.of("Commands", "RoundTrips");

  private final Run run;
  private final List<ArmResult> arms;

  Counts(Run run) {
    this.run = run;
    this.arms = run.experiments().stream().flatMap(one -> one.arms().stream()).toList();
  }

  Invariant commands() {
    Rule rule =
        Rule.invalid(
            "I6", "Commands on the socket, the server's own count and the declared budget agree");
    List<ArmResult> counted =
        arms.stream()
            .filter(
                arm ->
                    arm.value("declaredCommands").isPresent()
                        || arm.value("serverCommands").isPresent())
            .toList();
    List<String> amiss = new ArrayList<>();
    for (ArmResult arm : counted) {
      ON_SOCKET.forEach(what -> onSocket(arm, what).ifPresent(amiss::add));
      amiss.addAll(onServer(arm));
      inAll(arm).ifPresent(amiss::add);
    }
    return counted.isEmpty()
        ? rule.notApplicable("nothing was counted on a server")
        : rule.judged(
            amiss, Numbers.exact((long) counted.size()) + " operations counted, and each agrees");
  }

  private static Optional<String> onSocket(ArmResult arm, String what) {
    Optional<Metric> declared = present(arm, DECLARED + what);
    String name = Character.toLowerCase(what.charAt(0)) + what.substring(1);
    Optional<Metric> seen = present(arm, name);
    boolean agrees =
        declared.isEmpty()
            || seen.isEmpty()
            || (lo(seen.get()) >= lo(declared.get()) && hi(seen.get()) <= hi(declared.get()));
    return agrees
        ? Optional.empty()
        : Optional.of(
            "%s: %s %s, declared are %s"
                .formatted(
                    name(arm),
                    Numbers.withInterval(seen.get()),
                    seen.get().unit(),
                    Numbers.withInterval(declared.get())));
  }

  /** Each command that the server counts as often as declared, and no other. */
  private static List<String> onServer(ArmResult arm) {
    List<String> amiss = new ArrayList<>();
    for (Metric metric : arm.metrics()) {
      if (metric.name().startsWith(CALLED)) {
        String command = metric.name().substring(CALLED.length());
        double declared = arm.value(DECLARED + command).orElse(0.0);
        double called = arm.value(metric.name()).orElse(declared);
        if (called != declared) {
          amiss.add(
              "%s: the server counts %s calls of %s an operation, declared are %s"
                  .formatted(
                      name(arm),
                      Numbers.rounded(called),
                      command.toUpperCase(java.util.Locale.ROOT),
                      Numbers.exact(declared)));
        }
      }
    }
    return amiss;
  }

  private static Optional<String> inAll(ArmResult arm) {
    Optional<Double> onServer = arm.value("serverCommands");
    Optional<Metric> onSocket = present(arm, "commands");
    if (onServer.isEmpty() || onSocket.isEmpty()) {
      return Optional.empty();
    }
    boolean agrees = lo(onSocket.get()) <= onServer.get() && onServer.get() <= hi(onSocket.get());
    return agrees
        ? Optional.empty()
        : Optional.of(
            "%s: %s commands on the socket, and the server counts %s"
                .formatted(
                    name(arm),
                    Numbers.withInterval(onSocket.get()),
                    Numbers.rounded(onServer.get())));
  }

  Invariant sizes() {
    Rule rule =
        Rule.invalid(
            "I7", "Bytes that arrived equal what arithmetic says of ids, tokens and header lines");
    List<ArmResult> sized =
        arms.stream()
            .filter(arm -> arm.value("bytes").isPresent() && arm.value("arithmetic").isPresent())
            .toList();
    List<String> amiss =
        sized.stream()
            .filter(arm -> !arm.value("bytes").equals(arm.value("arithmetic")))
            .map(
                arm ->
                    "%s: %s bytes arrived, by arithmetic they are %s"
                        .formatted(
                            name(arm),
                            Numbers.exact(arm.value("bytes").orElseThrow()),
                            Numbers.exact(arm.value("arithmetic").orElseThrow())))
            .toList();
    return sized.isEmpty()
        ? rule.notApplicable("no request was sent")
        : rule.judged(amiss, Numbers.exact((long) sized.size()) + " sizes, and each agrees");
  }

  Invariant states() {
    return States.invariant(run.experiment(Question.E26.name()), run.run().timesReadable());
  }

  /** By what the races themselves held against guarantees: the file has no more of those. */
  Invariant promises() {
    Rule rule =
        Rule.invalid(
            "I17", "In races, and as its sessions idle, every arm does what its guarantees say");
    List<Checks> checks =
        Stream.of(Question.E27, Question.E29)
            .flatMap(question -> run.experiment(question.name()).stream())
            .flatMap(experiment -> Optional.ofNullable(experiment.checks()).stream())
            .toList();
    List<String> amiss = checks.stream().flatMap(one -> one.findings().stream()).toList();
    return checks.isEmpty()
        ? rule.notApplicable("no arm of ours was raced")
        : rule.judged(amiss, "no worse, and no better");
  }

  private static Optional<Metric> present(ArmResult arm, String name) {
    return arm.metric(name).filter(metric -> metric.value() != null);
  }

  private static double lo(Metric metric) {
    return metric.lo() == null ? Double.NaN : metric.lo();
  }

  private static double hi(Metric metric) {
    return metric.hi() == null ? Double.NaN : metric.hi();
  }

  private static String name(ArmResult arm) {
    return (arm.name() + " " + String.join(", ", arm.params().values())).strip();
  }
}
