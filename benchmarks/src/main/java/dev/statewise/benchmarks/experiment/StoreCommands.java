package dev.statewise.benchmarks.experiment;

import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.embedded.Traffic;
import dev.statewise.session.Ending;
import dev.statewise.session.Grant;
import dev.statewise.session.Listing;
import dev.statewise.session.NotKept;
import dev.statewise.session.OpenResult;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Validation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Experiment E6: what each operation asks of a store. Counted on the socket, by a proxy between
 * client and server, and held against what the server says it was asked.
 */
public final class StoreCommands {

  private static final int SAMPLES = 20;

  private final Optional<RedisAddress> redis;
  private final String keyPrefix;
  private final BooleanSupplier cancelled;
  private final List<String> findings = new ArrayList<>();
  private int checked;

  /**
   * @param cancelled whether to measure no more
   */
  public StoreCommands(Optional<RedisAddress> redis, String keyPrefix, BooleanSupplier cancelled) {
    this.redis = redis;
    this.keyPrefix = keyPrefix;
    this.cancelled = cancelled;
  }

  /**
   * Measures every operation of every arm.
   *
   * @param absence why an arm is not measured, if it is not
   */
  public List<ArmResult> measure(List<Arm> arms, Function<Arm, Optional<String>> absence) {
    List<ArmResult> results = new ArrayList<>();
    for (Arm arm : arms) {
      if (cancelled.getAsBoolean()) {
        return results;
      }
      Optional<String> impossible = absence.apply(arm).or(() -> unreadable(arm));
      if (impossible.isPresent()) {
        for (Operation operation : Operation.values()) {
          results.add(absent(arm, operation, impossible.get()));
        }
      } else {
        results.addAll(redis.isPresent() ? throughProxy(arm) : withoutServer(arm));
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
    return arm.needsRedis() && redis.filter(RedisAddress::isPlain).isEmpty()
        ? Optional.of("the connection is encrypted, so commands cannot be counted on it")
        : Optional.empty();
  }

  private List<ArmResult> withoutServer(Arm arm) {
    // No connection can be made at all: the wiring has no server to connect to.
    Traffic none = new Traffic(0, 0, 0, 0, 0);
    return operations(arm, redis, () -> none, Optional.empty());
  }

  private List<ArmResult> throughProxy(Arm arm) {
    RedisAddress server = redis.orElseThrow();
    try (TcpProxy proxy = TcpProxy.to(server.via().getHost(), server.via().getPort());
        CommandStats stats = CommandStats.of(server)) {
      RedisAddress detour = server.through(proxy.host(), proxy.port());
      return operations(arm, Optional.of(detour), proxy::traffic, Optional.of(stats));
    }
  }

  private List<ArmResult> operations(
      Arm arm,
      Optional<RedisAddress> through,
      Supplier<Traffic> traffic,
      Optional<CommandStats> stats) {
    List<ArmResult> results = new ArrayList<>();
    MovableClock clock = MovableClock.atPresent();
    Wiring wiring =
        new Wiring(SessionPolicy.defaults(), clock, through, keyPrefix + "e6:" + arm.name());
    try (BuiltArm built = arm.build().apply(wiring)) {
      Operations operations = new Operations(built.sessions(), clock);
      for (Operation operation : Operation.values()) {
        operations.prepare(1);
        operations.moveClockFor(operation);
        // Connects, shakes hands and loads the script, none of which is the operation's own.
        Optional<String> notKept = operations.perform(operation, 0);
        if (notKept.isPresent()) {
          results.add(absent(arm, operation, notKept.get()));
          continue;
        }
        operations.prepare(SAMPLES);
        operations.moveClockFor(operation);
        results.add(count(arm, operation, operations, traffic, stats));
      }
    }
    return results;
  }

  private ArmResult count(
      Arm arm,
      Operation operation,
      Operations operations,
      Supplier<Traffic> traffic,
      Optional<CommandStats> stats) {
    Map<String, Long> before = stats.map(CommandStats::calls).orElse(Map.of());
    List<Traffic> samples = new ArrayList<>();
    Traffic latest = traffic.get();
    for (int i = 0; i < SAMPLES; i++) {
      operations.perform(operation, i);
      Traffic now = traffic.get();
      samples.add(now.minus(latest));
      latest = now;
    }
    stats.ifPresent(
        server -> {
          checked++;
          findings.addAll(
              CommandBudget.findings(arm.name(), operation, samples, server.since(before)));
        });
    return new ArmResult(
        arm.name(),
        Map.of("operation", operation.toString()),
        List.of(
            metric("commands", "commands", samples, Traffic::commands),
            metric("roundTrips", "round trips", samples, Traffic::roundTrips),
            metric("bytes", "B", samples, one -> one.bytesToServer() + one.bytesFromServer())));
  }

  private static Metric metric(
      String name, String unit, List<Traffic> samples, ToLongFunction<Traffic> value) {
    long[] sorted = samples.stream().mapToLong(value).sorted().toArray();
    double middle = sorted[sorted.length / 2];
    return new Metric(
        name,
        unit,
        Evidence.COUNT,
        middle,
        (double) sorted[0],
        (double) sorted[sorted.length - 1],
        sorted.length,
        null);
  }

  private static ArmResult absent(Arm arm, Operation operation, String reason) {
    return new ArmResult(
        arm.name(),
        Map.of("operation", operation.toString()),
        List.of(
            Metric.absent("commands", "commands", Evidence.COUNT, reason),
            Metric.absent("roundTrips", "round trips", Evidence.COUNT, reason),
            Metric.absent("bytes", "B", Evidence.COUNT, reason)));
  }

  /** Performs operations on sessions that were opened for them. */
  private static final class Operations {
    private final Sessions sessions;
    private final MovableClock clock;
    private final List<Grant> grants = new ArrayList<>();

    Operations(Sessions sessions, MovableClock clock) {
      this.sessions = sessions;
      this.clock = clock;
    }

    void prepare(int count) {
      grants.clear();
      for (int i = 0; i < count; i++) {
        grants.add(sessions.open(subject(i), Profile.TYP.attributes()).grantOrThrow());
      }
    }

    void moveClockFor(Operation operation) {
      if (operation == Operation.VALIDATE_TOUCH) {
        clock.advance(SessionPolicy.defaults().touchAfter().plus(Duration.ofSeconds(1)));
      }
    }

    /** Returns why the strategy does not keep such a thing, if it does not. */
    Optional<String> perform(Operation operation, int at) {
      Grant grant = grants.get(at);
      Object answer =
          switch (operation) {
            case OPEN -> sessions.open(subject(at), Profile.TYP.attributes());
            case VALIDATE, VALIDATE_TOUCH -> sessions.validate(grant.credential());
            case SAVE -> sessions.save(grant.session().with("cart", "%05d".formatted(at)));
            case ROTATE -> sessions.rotate(grant.session());
            case END -> sessions.end(grant.credential());
            case LIST -> sessions.list(grant.session().subject());
            case END_ALL -> sessions.endAll(grant.session().subject());
          };
      if (answer instanceof NotKept notKept) {
        return Optional.of(notKept.why());
      }
      if (!isExpected(answer)) {
        throw new IllegalStateException(
            "%s answered %s, so it did not do what was to be counted."
                .formatted(operation, answer.getClass().getSimpleName()));
      }
      return Optional.empty();
    }

    private static boolean isExpected(Object answer) {
      return answer instanceof OpenResult.Opened
          || answer instanceof Validation.Accepted
          || answer instanceof SaveResult.Saved
          || answer instanceof Ending.Ended
          || answer instanceof Listing.Listed;
    }

    private static String subject(int at) {
      return "user-%05d".formatted(at);
    }
  }
}
