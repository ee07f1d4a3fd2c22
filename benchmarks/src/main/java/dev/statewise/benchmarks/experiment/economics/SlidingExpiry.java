package dev.statewise.benchmarks.experiment.economics;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.experiment.Counted;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Experiment E27: what it costs a store that a session ends when it is idle. One session is asked
 * for again and again, at a pace, and what passes on the wire is counted; a request writes if the
 * server says that a command changed a key, or the driver that a statement did.
 */
public final class SlidingExpiry implements Counted {

  /** How many of 1,000 requests changed what is stored. */
  public static final String WRITING = "writingRequests";

  /** By how much a session may end too early, at most. */
  public static final String IDLE_PRECISION = "idlePrecision";

  /** The param that says how far apart requests are. */
  public static final String PACE = "pace";

  /** What peers keep for a pace: none is said to them. */
  public static final String AT_ONCE = "one upon the other";

  static final Duration EACH = Duration.ofSeconds(5);

  /** A driver prepares its statements on the server, and caches fill. */
  private static final int WARM_UP = 12;

  private static final int LEAST_REQUESTS = 50;
  private static final int SLOWER = 5;

  private static final SessionPolicy POLICY = SessionPolicy.defaults();
  private static final double MILLIS = 1_000;
  private static final String ENCRYPTED =
      "the connection is encrypted, so commands cannot be counted on it";

  private static final String STAMPED =
      "nothing of the session is stored: what is written is the list's own stamp, once a second however many requests there are";

  private static final String COPIED =
      "how often a copy is read anew is a matter of real time, which is not moved here: it is kept for %d s at most"
          .formatted(Wiring.STALENESS.toSeconds());

  /** What one arm gave. */
  private record Outcome(List<ArmResult> results, List<String> findings) {}

  @Override
  public Duration expected(Tier tier) {
    return Duration.ofSeconds(
        switch (tier) {
          case SMOKE -> 2;
          case QUICK -> 4;
          case STANDARD, FULL -> 8;
        });
  }

  @Override
  public Count measure(Lab lab) {
    List<ArmResult> results = new ArrayList<>();
    List<String> findings = new ArrayList<>();
    int checked = 0;
    for (Arm arm : lab.arms()) {
      if (arm.needs().isPresent() || arm.name().startsWith("jdbc-")) {
        Outcome outcome = attempt(lab, arm.name(), lab.absence().apply(arm), name -> own(arm, lab));
        results.addAll(outcome.results());
        findings.addAll(outcome.findings());
        checked++;
      }
    }
    for (PeerArm peer : lab.peers()) {
      if (peer.needsServer()) {
        results.addAll(
            attempt(lab, peer.name(), lab.peerAbsence().apply(peer), name -> peer(peer, lab))
                .results());
      }
    }
    for (String floor : List.of(BareCommand.GET, BareCommand.GETEX)) {
      results.addAll(attempt(lab, floor, noRedis(lab), name -> floor(name, lab)).results());
    }
    return new Count(results, findings, checked);
  }

  private static Outcome attempt(
      Lab lab, String name, Optional<String> absence, Function<String, Outcome> measurement) {
    if (lab.cancelled().getAsBoolean()) {
      return new Outcome(List.of(), List.of());
    }
    if (absence.isPresent()) {
      return absent(name, absence.get());
    }
    lab.step().accept("E27 writes: " + name);
    try {
      return measurement.apply(name);
    } catch (RuntimeException e) {
      return absent(name, "it failed: " + e.getMessage());
    }
  }

  private static Outcome own(Arm arm, Lab lab) {
    Optional<RedisAddress> redis =
        arm.asks(Server.REDIS) ? lab.servers().redis() : Optional.empty();
    if (redis.filter(address -> !address.isPlain()).isPresent()) {
      return absent(arm.name(), ENCRYPTED);
    }
    MovableClock clock = MovableClock.atPresent();
    try (Meter meter = Meter.of(lab.servers(), redis)) {
      Wiring wiring =
          new Wiring(POLICY, clock, meter.servers(), keyPrefix(lab, arm.name()))
              .counting(meter.asked());
      try (OwnSliding session = new OwnSliding(arm.build().apply(wiring), clock, EACH)) {
        session.warmUp(meter);
        return declared(arm.name(), session, Writes.of(session, meter, requests(arm, lab.tier())));
      }
    }
  }

  /** How early a session may end is a promise; what was seen of it must not be more. */
  private static Outcome declared(String name, OwnSliding session, Writes writes) {
    boolean inToken = !session.guarantees().holdsServerState();
    double most = session.guarantees().idlePrecision().toMillis() / MILLIS;
    List<Metric> metrics =
        new ArrayList<>(
            writes.metrics(
                inToken ? Optional.of(STAMPED) : Optional.empty(),
                session.isNear() && !inToken ? Optional.of(COPIED) : Optional.empty()));
    metrics.add(new Metric(IDLE_PRECISION, "s", Evidence.MODEL, most, most, most, 1, null));
    return new Outcome(
        List.of(new ArmResult(name, params(pace()), metrics)),
        writes.mostTooEarly() > most
            ? List.of(
                "%s: a session would have ended %.0f s too early, and its guarantees say at most %.0f"
                    .formatted(name, writes.mostTooEarly(), most))
            : List.of());
  }

  private static Outcome peer(PeerArm arm, Lab lab) {
    try (Meter meter = Meter.of(lab.servers(), lab.servers().redis());
        PeerSliding session =
            new PeerSliding(arm.open(meter.servers().redis(), keyPrefix(lab, arm.name())))) {
      return undeclared(arm.name(), counted(session, meter, lab.tier()));
    }
  }

  private static Outcome floor(String name, Lab lab) {
    try (Meter meter = Meter.of(lab.servers(), lab.servers().redis());
        BareCommand session =
            new BareCommand(
                meter.servers().requireRedis(),
                keyPrefix(lab, name),
                name.equals(BareCommand.GETEX),
                POLICY)) {
      return undeclared(name, counted(session, meter, lab.tier()));
    }
  }

  private static Writes counted(Sliding session, Meter meter, Tier tier) {
    for (int i = 0; i < WARM_UP; i++) {
      session.request();
    }
    return Writes.of(session, meter, requests(tier));
  }

  /** Fewer of object storage, whose requests take long; a touch is among them. */
  private static int requests(Arm arm, Tier tier) {
    return arm.asks(Server.S3) ? Math.max(LEAST_REQUESTS, requests(tier) / SLOWER) : requests(tier);
  }

  private static int requests(Tier tier) {
    return switch (tier) {
      case SMOKE -> 100;
      case QUICK -> 500;
      case STANDARD, FULL -> Writes.PER;
    };
  }

  /** What writes at every request is precise; of what does not, nobody says how much it is not. */
  private static Outcome undeclared(String name, Writes writes) {
    Metric precision =
        writes.writing() == writes.requests()
            ? Metric.counted(IDLE_PRECISION, "s", 0, writes.requests())
            : Metric.absent(
                IDLE_PRECISION,
                "s",
                Evidence.COUNT,
                writes.writing() == 0
                    ? "no request is noted, so it does not slide"
                    : "not every request is noted, and it does not say by how much that is too early");
    List<Metric> metrics = new ArrayList<>(writes.metrics(Optional.empty(), Optional.empty()));
    metrics.add(precision);
    return new Outcome(List.of(new ArmResult(name, params(AT_ONCE), metrics)), List.of());
  }

  private static Outcome absent(String name, String why) {
    List<Metric> metrics = new ArrayList<>(Writes.absent(why));
    metrics.add(Metric.absent(IDLE_PRECISION, "s", Evidence.COUNT, why));
    return new Outcome(List.of(new ArmResult(name, params(pace()), metrics)), List.of());
  }

  private static Map<String, String> params(String pace) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(PACE, pace);
    params.put("idle", POLICY.idleTimeout().toMinutes() + " min");
    return params;
  }

  private static String pace() {
    return "one each %d s".formatted(EACH.toSeconds());
  }

  private static Optional<String> noRedis(Lab lab) {
    return lab.servers()
        .redis()
        .map(redis -> redis.isPlain() ? "" : ENCRYPTED)
        .or(() -> Optional.of("no Redis to ask"))
        .filter(why -> !why.isEmpty());
  }

  private static String keyPrefix(Lab lab, String name) {
    return lab.keyPrefix() + "e27:" + name;
  }
}
