package dev.statewise.benchmarks.experiment;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Asked;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.embedded.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Experiment E6: what each operation asks of a store. Counted on the socket, by a proxy between
 * client and server, and held against what the server says it was asked.
 */
public final class StoreCommands {

  private static final int ATTEMPTS = 3;

  /** A driver prepares a statement on its server the fifth time that it sends it. */
  private static final int WARM_UP = 6;

  private final Servers servers;
  private final String keyPrefix;
  private final BooleanSupplier cancelled;
  private final List<String> findings = new ArrayList<>();
  private int checked;

  /**
   * @param cancelled whether to measure no more
   */
  public StoreCommands(Servers servers, String keyPrefix, BooleanSupplier cancelled) {
    this.servers = servers;
    this.keyPrefix = keyPrefix;
    this.cancelled = cancelled;
  }

  /** All that {@code lab} has. */
  public static Counted.Count of(Lab lab) {
    StoreCommands commands = new StoreCommands(lab.servers(), lab.keyPrefix(), lab.cancelled());
    List<ArmResult> results =
        commands.measure(lab.arms(), lab.absence(), lab.peers(), lab.peerAbsence());
    return new Counted.Count(results, commands.findings(), commands.checked());
  }

  /**
   * Measures every operation of every arm, and what peers that ask a server do instead.
   *
   * @param absence why an arm is not measured, if it is not
   * @param peerAbsence why a peer is not measured, if it is not
   */
  public List<ArmResult> measure(
      List<Arm> arms,
      Function<Arm, Optional<String>> absence,
      List<PeerArm> peers,
      Function<PeerArm, Optional<String>> peerAbsence) {
    List<ArmResult> results = new ArrayList<>(measure(arms, absence));
    PeerCommands commands = new PeerCommands(keyPrefix);
    for (PeerArm peer : peers) {
      if (peer.needsServer() && !cancelled.getAsBoolean()) {
        Optional<String> impossible = peerAbsence.apply(peer);
        results.addAll(
            impossible.isPresent()
                ? PeerCommands.absent(peer, impossible.get())
                : commands.measure(peer, servers.requireRedis()));
      }
    }
    findings.addAll(commands.findings());
    return results;
  }

  private List<ArmResult> measure(List<Arm> arms, Function<Arm, Optional<String>> absence) {
    List<ArmResult> results = new ArrayList<>();
    for (Arm arm : arms) {
      if (cancelled.getAsBoolean()) {
        return results;
      }
      Optional<String> impossible = absence.apply(arm).or(() -> unreadable(arm));
      if (impossible.isPresent()) {
        for (Operation operation : Operation.values()) {
          results.add(Counting.absent(arm.name(), operation, impossible.get()));
        }
      } else {
        results.addAll(counted(arm));
      }
    }
    return results;
  }

  /** What did not add up; empty if all did. */
  public List<String> findings() {
    return List.copyOf(findings);
  }

  /** How many operations were held against the server's own count. */
  public int checked() {
    return checked;
  }

  private Optional<String> unreadable(Arm arm) {
    return arm.asks(Server.REDIS) && !servers.requireRedis().isPlain()
        ? Optional.of("the connection is encrypted, so commands cannot be counted on it")
        : Optional.empty();
  }

  private List<ArmResult> counted(Arm arm) {
    Optional<CommandStats> stats = servers.redis().map(CommandStats::of);
    try (Detour detour = Detour.to(servers)) {
      return operations(arm, detour, stats);
    } finally {
      stats.ifPresent(CommandStats::close);
    }
  }

  private List<ArmResult> operations(Arm arm, Detour detour, Optional<CommandStats> stats) {
    List<ArmResult> results = new ArrayList<>();
    MovableClock clock = MovableClock.atPresent();
    Asked asked = new Asked();
    Supplier<Traffic> traffic = () -> detour.requests(asked);
    Wiring wiring =
        new Wiring(
                SessionPolicy.defaults(), clock, detour.servers(), keyPrefix + "e6:" + arm.name())
            .counting(asked);
    try (BuiltArm built = arm.build().apply(wiring)) {
      Operations operations = new Operations(built.sessions(), clock);
      for (Operation operation : Operation.values()) {
        Optional<String> notKept = warmUp(operation, operations);
        if (notKept.isPresent()) {
          results.add(Counting.absent(arm.name(), operation, notKept.get()));
          continue;
        }
        results.add(counted(arm, operation, operations, traffic, stats));
      }
    }
    return results;
  }

  /**
   * Connects, shakes hands, loads the script and has statements prepared, none of which is the
   * operation's own; why it is not kept, if it is not.
   */
  private static Optional<String> warmUp(Operation operation, Operations operations) {
    operations.prepare(WARM_UP);
    operations.moveClockFor(operation);
    Optional<String> notKept = operations.perform(operation, 0);
    for (int at = 1; at < WARM_UP && notKept.isEmpty(); at++) {
      notKept = operations.perform(operation, at);
    }
    return notKept;
  }

  /** Once more if an arm that listens was told of its own writes late: that is not seen again. */
  private ArmResult counted(
      Arm arm,
      Operation operation,
      Operations operations,
      Supplier<Traffic> traffic,
      Optional<CommandStats> stats) {
    boolean declared = stats.isPresent() || RequestBudget.has(arm.name());
    checked += declared ? 1 : 0;
    List<Traffic> samples = List.of();
    Map<String, Long> calls = Map.of();
    List<String> amiss = List.of();
    int attempts = CommandBudget.listens(arm.name()) ? ATTEMPTS : 1;
    for (int attempt = 0; attempt < attempts && (attempt == 0 || !amiss.isEmpty()); attempt++) {
      prepare(arm, operation, operations);
      Map<String, Long> before = stats.map(CommandStats::calls).orElse(Map.of());
      samples = Counting.samples(traffic, at -> operations.perform(operation, at));
      calls =
          CommandBudget.withoutListening(
              arm.name(), stats.map(one -> one.since(before)).orElse(Map.of()));
      amiss = declared ? findings(arm, operation, samples, calls) : List.of();
    }
    findings.addAll(amiss);
    return Counting.result(
        arm.name(),
        operation,
        samples,
        declared ? beside(arm.name(), operation, calls) : List.of());
  }

  private static List<Metric> beside(String arm, Operation operation, Map<String, Long> calls) {
    return RequestBudget.has(arm)
        ? RequestBudget.metrics(arm, operation)
        : CommandBudget.metrics(arm, operation, calls);
  }

  private static List<String> findings(
      Arm arm, Operation operation, List<Traffic> samples, Map<String, Long> calls) {
    return RequestBudget.has(arm.name())
        ? RequestBudget.findings(arm.name(), operation, samples)
        : CommandBudget.findings(arm.name(), operation, samples, calls);
  }

  private static void prepare(Arm arm, Operation operation, Operations operations) {
    operations.prepare(Counting.SAMPLES);
    if (CommandBudget.listens(arm.name())) {
      operations.validateUntilSettled();
    }
    operations.moveClockFor(operation);
  }
}
