package dev.statewise.benchmarks.experiment.wire;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.arm.TokenKey;
import dev.statewise.benchmarks.experiment.Carrier;
import dev.statewise.benchmarks.experiment.Counted;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Experiment E10: how large a header line real servers accept in their defaults, which tokens fit
 * into it and with how many groups. Embedded servers run in this JVM; installed ones are started
 * where they are found; what cannot be probed is quoted.
 */
public final class HeaderLimits {

  public static final String KIND = "kind";
  public static final String CITED = "cited";
  public static final String VERSION = "version";
  public static final String OVERFLOW = "overflow";
  public static final String SOURCE = "source";
  public static final String TOKEN = "token";
  public static final String CARRIER = "carrier";
  public static final String PROFILE = "profile";
  public static final String LARGEST_LINE = "largestLine";
  public static final String LARGEST_HEAD = "largestHead";
  public static final String STATUS = "status";
  public static final String GROUPS = "groups";
  public static final String BYTES = "bytes";

  /** Which says nothing, as a status, and means the connection. */
  static final String CLOSED = "the connection is closed without an answer";

  private static final Duration TO_START = Duration.ofSeconds(5);
  private static final Duration TO_PROBE = Duration.ofSeconds(4);
  private static final Duration TO_ANSWER = Duration.ofSeconds(1);

  private final List<ArmResult> results = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();

  /** The largest line of each server of which one is known. */
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  private int checked;

  private HeaderLimits() {}

  /** Probes what there is, and fits the tokens of {@code lab} into it. */
  public static Counted.Count of(Lab lab) {
    return of(lab, ProbedServer.all());
  }

  static Counted.Count of(Lab lab, List<ProbedServer> servers) {
    HeaderLimits limits = new HeaderLimits();
    for (ProbedServer server : servers) {
      if (!lab.cancelled().getAsBoolean()) {
        lab.step().accept("E10 " + server.name());
        limits.probe(server);
      }
    }
    DocumentedLimit.all().forEach(limits::quote);
    for (Arm arm : lab.arms()) {
      if (isToken(arm) && !lab.cancelled().getAsBoolean()) {
        lab.absence()
            .apply(arm)
            .ifPresentOrElse(reason -> limits.absent(arm, reason), () -> limits.fit(arm));
      }
    }
    return new Counted.Count(limits.results, limits.findings, limits.checked);
  }

  private static boolean isToken(Arm arm) {
    return Stream.of(TokenKey.values()).anyMatch(key -> arm.name().equals("jwt-" + key));
  }

  private void probe(ProbedServer server) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(KIND, server.kind().toString());
    try (ProbedServer.Running running = server.start(TO_START)) {
      params.put(VERSION, running.version());
      HeaderLimit limit = HeaderLimit.of(new HeaderProbe(running.port(), TO_ANSWER), TO_PROBE);
      checked++;
      if (!limit.steady()) {
        findings.add(server.name() + ": a line was accepted, or refused, and then it was not");
      }
      limit.largestLine().ifPresent(line -> lines.put(server.name(), line));
      results.add(new ArmResult(server.name(), params, metrics(limit)));
    } catch (IOException | IllegalStateException | LinkageError e) {
      String reason = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
      results.add(
          new ArmResult(
              server.name(),
              params,
              List.of(Metric.absent(LARGEST_LINE, "B", Evidence.COUNT, reason))));
    }
  }

  private static List<Metric> metrics(HeaderLimit limit) {
    if (limit.largestLine().isEmpty()) {
      return List.of(
          Metric.absent(
              LARGEST_LINE,
              "B",
              Evidence.COUNT,
              "accepts all that was tried, up to %d B".formatted(HeaderLimit.MOST_TRIED)));
    }
    return List.of(
        Metric.counted(LARGEST_LINE, "B", limit.largestLine().getAsInt(), 1),
        limit.status().isPresent()
            ? Metric.counted(STATUS, "status", limit.status().getAsInt(), 1)
            : Metric.absent(STATUS, "status", Evidence.COUNT, CLOSED));
  }

  private void quote(DocumentedLimit limit) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(KIND, CITED);
    params.put(OVERFLOW, limit.overflow());
    params.put(SOURCE, limit.source());
    List<Metric> metrics = new ArrayList<>();
    limit.line().ifPresent(line -> metrics.add(cited(LARGEST_LINE, line)));
    metrics.add(cited(LARGEST_HEAD, limit.head()));
    lines.put(limit.name(), limit.line().orElse(limit.head() - HeaderProbe.restBytes()));
    results.add(new ArmResult(limit.name(), params, metrics));
  }

  private static Metric cited(String name, double bytes) {
    return new Metric(name, "B", Evidence.CITED, bytes, bytes, bytes, 1, null);
  }

  private void fit(Arm arm) {
    try (FittingGroups tokens = new FittingGroups(arm)) {
      for (Carrier carrier : Carrier.values()) {
        for (Profile profile : Profile.values()) {
          FittingGroups.Size size = tokens.of(profile);
          results.add(
              new ArmResult(
                  arm.name(),
                  params(carrier, profile),
                  List.of(sized(BYTES, "B", carrier.lineBytes(size.bytes()), size.issued()))));
        }
        lines.forEach((server, line) -> results.add(room(arm, tokens, carrier, server, line)));
      }
    }
  }

  private static ArmResult room(
      Arm arm, FittingGroups tokens, Carrier carrier, String server, int line) {
    int groups = tokens.fitting(carrier, line);
    boolean issued = groups >= 0 && tokens.of(groups).issued();
    Metric fitting =
        groups < 0
            ? Metric.absent(GROUPS, "groups", Evidence.COUNT, "not even typical state fits")
            : groups == FittingGroups.MOST
                ? Metric.absent(
                    GROUPS, "groups", Evidence.MODEL, "%d and more".formatted(FittingGroups.MOST))
                : sized(GROUPS, "groups", groups, issued);
    Map<String, String> params = new LinkedHashMap<>();
    params.put(TOKEN, arm.name());
    params.put(CARRIER, carrier.toString());
    return new ArmResult(server, params, List.of(fitting));
  }

  private static Map<String, String> params(Carrier carrier, Profile profile) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(CARRIER, carrier.toString());
    params.put(PROFILE, profile.toString());
    return params;
  }

  /** Counted of a token that there is; what there would be is said by a formula. */
  private static Metric sized(String name, String unit, double value, boolean issued) {
    return new Metric(
        name, unit, issued ? Evidence.COUNT : Evidence.MODEL, value, value, value, 1, null);
  }

  private void absent(Arm arm, String reason) {
    for (Carrier carrier : Carrier.values()) {
      for (Profile profile : Profile.values()) {
        results.add(
            new ArmResult(
                arm.name(),
                params(carrier, profile),
                List.of(Metric.absent(BYTES, "B", Evidence.COUNT, reason))));
      }
    }
  }
}
