package dev.statewise.benchmarks.experiment.wire;

import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.experiment.Carrier;
import dev.statewise.benchmarks.experiment.Finding;
import dev.statewise.benchmarks.experiment.Rules;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What E10 answers: of servers that were probed, and of tokens as bearers. */
public final class LimitRules implements Rules {

  private static final String JDK = "jdk-httpserver";
  private static final String EXAMPLE = "jwt-hs256";
  private static final String BEARER = Carrier.BEARER.toString();

  /** "8 and 16 KB", by either meaning of KB. */
  private static final double LEAST_USUAL = 8_000;

  private static final double MOST_USUAL = 16_384;

  /** "Hundreds of KB". */
  private static final double LEAST_HUNDREDS = 200_000;

  private static final double MOST_HUNDREDS = 1_000_000;
  private static final List<Double> USUAL_STATUS = List.of(400.0, 431.0);

  /**
   * Holds if a typical token does not fit the server that takes least; does not if one with 200
   * groups still fits; else it holds from some number of groups on.
   */
  @Override
  public Finding verdict(Experiment experiment) {
    List<ArmResult> servers = servers(experiment);
    List<Double> typical = lines(experiment, Profile.TYP);
    List<Double> large = lines(experiment, Profile.G200);
    if (servers.isEmpty() || typical.isEmpty() || large.isEmpty()) {
      return Finding.untestable("It takes a server and a token, and this run has not both.");
    }
    ArmResult least = servers.get(0);
    ArmResult most = servers.get(servers.size() - 1);
    String sentence =
        "Of %s servers probed in their defaults %s takes the shortest header line, %s B, and %s the longest, %s B. A typical token's line as bearer has %s to %s B."
            .formatted(
                Numbers.exact(servers.size()),
                least.name(),
                Numbers.exact(line(least)),
                most.name(),
                Numbers.exact(line(most)),
                Numbers.exact(typical.get(0)),
                Numbers.exact(typical.get(typical.size() - 1)));
    if (typical.get(typical.size() - 1) > line(least)) {
      return new Finding(Verdict.HOLDS, sentence);
    }
    if (large.get(large.size() - 1) <= line(least)) {
      return new Finding(Verdict.DOES_NOT_HOLD, sentence);
    }
    return new Finding(
        Verdict.HOLDS_WHEN,
        sentence
            + groups(experiment, least)
                .map(
                    groups ->
                        " It does not fit everywhere only when it carries much: a %s token has room there for %s groups named by UUIDs."
                            .formatted(EXAMPLE, Numbers.exact(groups)))
                .orElse(""));
  }

  @Override
  public String predictions(Experiment experiment) {
    List<ArmResult> servers = servers(experiment);
    List<Double> typical = lines(experiment, Profile.TYP);
    List<Double> large = lines(experiment, Profile.G200);
    if (servers.isEmpty() || typical.isEmpty() || large.isEmpty()) {
      return "";
    }
    List<ArmResult> others = servers.stream().filter(row -> !row.name().equals(JDK)).toList();
    double least = line(servers.get(0));
    return Stream.of(
                all(
                    "A line refused between 8 and 16 KB",
                    others,
                    row -> line(row) >= LEAST_USUAL && line(row) <= MOST_USUAL),
                all(
                    "with 400 or 431",
                    others,
                    row ->
                        row.value(HeaderLimits.STATUS).filter(USUAL_STATUS::contains).isPresent()),
                all(
                    "hundreds of KB by the JDK's own",
                    servers.stream().filter(row -> row.name().equals(JDK)).toList(),
                    row -> line(row) >= LEAST_HUNDREDS && line(row) < MOST_HUNDREDS),
                outcome(
                    "a typical token fits all",
                    typical.get(typical.size() - 1) <= least,
                    Numbers.exact(typical.get(typical.size() - 1)) + " B at most"),
                outcome(
                    "one with 200 groups fits none of the smallest",
                    large.get(0) > least,
                    Numbers.exact(large.get(0)) + " B at least"))
            .collect(Collectors.joining("; "))
        + ".";
  }

  private static String all(
      String predicted, List<ArmResult> servers, Predicate<ArmResult> cameTrue) {
    if (servers.isEmpty()) {
      return predicted + ": not measured";
    }
    List<ArmResult> not = servers.stream().filter(cameTrue.negate()).toList();
    return not.isEmpty()
        ? outcome(predicted, true, "of " + names(servers))
        : outcome(predicted, false, "not of " + names(not));
  }

  private static String outcome(String predicted, boolean cameTrue, String how) {
    return "%s: %s (%s)".formatted(predicted, cameTrue ? "came true" : "did not come true", how);
  }

  private static String names(List<ArmResult> servers) {
    return servers.stream().map(ArmResult::name).collect(Collectors.joining(", "));
  }

  @Override
  public List<String> asides(Experiment experiment) {
    return List.of(
        "Each server is in its defaults and on loopback, and asked by a request of %s B beside the line. A server that limits all headers together has less room for a credential the more there is beside it; a browser sends several hundred bytes more."
            .formatted(Numbers.exact(HeaderProbe.restBytes())),
        "A line's bytes are its name, value and CRLF. Groups are counted on top of typical state, each a UUID. Tokens above what this library issues are marked MODEL: it says to the byte how large they would be, and issues none. Limits marked CITED are what a service says of itself.");
  }

  private static Optional<Double> groups(Experiment experiment, ArmResult server) {
    return experiment.value(
        server.name(),
        Map.of(HeaderLimits.TOKEN, EXAMPLE, HeaderLimits.CARRIER, BEARER),
        HeaderLimits.GROUPS);
  }

  /** Those that were probed, the one that takes least first. */
  private static List<ArmResult> servers(Experiment experiment) {
    return experiment.arms().stream()
        .filter(row -> row.params().containsKey(HeaderLimits.VERSION))
        .filter(row -> row.value(HeaderLimits.LARGEST_LINE).isPresent())
        .sorted(Comparator.comparingDouble(LimitRules::line))
        .toList();
  }

  private static double line(ArmResult server) {
    return server.value(HeaderLimits.LARGEST_LINE).orElseThrow();
  }

  /** The bearer lines of tokens with a profile of state, the shortest first. */
  private static List<Double> lines(Experiment experiment, Profile profile) {
    Map<String, String> wanted =
        Map.of(HeaderLimits.CARRIER, BEARER, HeaderLimits.PROFILE, profile.toString());
    return experiment.arms().stream()
        .filter(row -> row.has(wanted))
        .flatMap(row -> row.value(HeaderLimits.BYTES).stream())
        .sorted()
        .toList();
  }
}
