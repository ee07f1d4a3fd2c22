package dev.statewise.benchmarks.experiment;

import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.Manner;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.TokenKey;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.peer.TokenPeer;
import dev.statewise.benchmarks.rig.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import redis.clients.jedis.RedisClient;

/**
 * The tasks of experiment E1, built and gated in the JVM that times them: what passes the gate is
 * the very code that is timed.
 */
public final class ValidationTasks extends AddedTasks {

  /**
   * So long that a slice of a near cache is of hits, once all was read before it. A hit costs the
   * same at any staleness.
   */
  public static final Duration STALENESS = Duration.ofMinutes(1);

  private static final int MOST_OBJECTS = 64;
  private static final Duration LONGER_THAN_ANY_RUN = Duration.ofDays(3_650);

  private final Map<String, String> payloads = new LinkedHashMap<>();
  private final Set<String> guests = new HashSet<>();
  private final Map<String, Validating> strategies = new HashMap<>();
  private final Servers servers;
  private final String keyPrefix;
  private final int pool;

  private ValidationTasks(Servers servers, String keyPrefix, int pool) {
    this.servers = servers;
    this.keyPrefix = keyPrefix;
    this.pool = pool;
  }

  /**
   * The policy of the timed arms: the defaults, but a life so long that the clock can be moved to
   * the next touch as often as a run needs.
   */
  public static SessionPolicy policy() {
    return SessionPolicy.builder().absoluteLifetime(LONGER_THAN_ANY_RUN).build();
  }

  /**
   * Builds every arm and peer that can be built, asks it at its gate, and opens its sessions.
   *
   * @param group what of them is timed in this JVM
   * @param arms a variant after the arm whose credentials it is shown
   * @param keyPrefix of every key in Redis
   * @param pool how many credentials an arm validates; a power of two
   */
  public static ValidationTasks build(
      Group group,
      List<Arm> arms,
      List<PeerArm> peers,
      Servers servers,
      String keyPrefix,
      int pool) {
    return built(
        new ValidationTasks(servers, keyPrefix, pool),
        tasks -> {
          group.of(arms).stream()
              .filter(arm -> arm.canRun(servers))
              .forEach(arm -> tasks.add(arm, group.isHomeOf(arm)));
          group.ofPeers(peers).stream()
              .filter(peer -> peer.absence(servers.redis()).isEmpty())
              .forEach(tasks::add);
        });
  }

  /** Of each arm, a hash of the state that its sessions carry. */
  @Override
  public Map<String, String> payloads() {
    return Map.copyOf(payloads);
  }

  /** Those that are at home in another group. */
  @Override
  public Set<String> guests() {
    return Set.copyOf(guests);
  }

  private void add(Arm arm, boolean atHome) {
    if (!passesGate(arm)) {
      return;
    }
    if (arm.isVariant()) {
      addVariant(arm);
      return;
    }
    String prefix = prefix(arm.name(), Operation.VALIDATE);
    Validating validating = validating(arm, prefix, sessions -> Duration.ZERO);
    if (isAsNewAsItSays(arm, validating)) {
      strategies.put(arm.name(), validating);
      addValidating(arm, validating);
      if (atHome) {
        addFloor(arm, validating, prefix);
        addTouching(arm, arm.name());
      } else {
        guests.add(arm.name());
      }
      addDuplicate(arm, validating, atHome);
    }
  }

  /** Another arm's credentials, in another manner. */
  private void addVariant(Arm arm) {
    Validating strategy = strategies.get(arm.variantOf().orElseThrow());
    if (strategy == null) {
      return;
    }
    Wiring wiring = wiring(strategy.clock(), prefix(arm.name(), Operation.VALIDATE));
    Validating validating = strategy.shownTo(() -> built(arm, wiring), arm.manner());
    if (isAsNewAsItSays(arm, validating)) {
      addValidating(arm, validating);
    }
  }

  private void addValidating(Arm arm, Validating validating) {
    payloads.put(arm.name(), validating.payloadHash());
    boolean keepsNear = arm.asks(Server.REDIS) && validating.keepsNear();
    add(
        new Task(
            arm.name(),
            Operation.VALIDATE.toString(),
            validating,
            () -> {
              validating.prepare();
              if (keepsNear) {
                validating.validateAll();
              }
            },
            validating.most()));
    arm.needs().ifPresent(server -> asks(arm.name(), server));
  }

  private void addDuplicate(Arm arm, Validating validating, boolean atHome) {
    if (arm.name().equals(Arms.DUPLICATED)) {
      if (atHome) {
        add(Issuing.by(arm.name(), TokenKey.HS256, validating));
      }
      add(
          new Task(
              Arms.AA,
              Operation.VALIDATE.toString(),
              validating(arm, prefix(Arms.AA, Operation.VALIDATE), sessions -> Duration.ZERO)));
    }
  }

  /** Asked of the very object that is timed, for a token that is known costs next to nothing. */
  private boolean isAsNewAsItSays(Arm arm, Validating validating) {
    if (arm.manner() == Manner.STATE) {
      return true;
    }
    return passes(validating.newness(arm.name()));
  }

  private boolean passesGate(Arm arm) {
    MovableClock clock = clock();
    Wiring gated =
        new Wiring(SessionPolicy.defaults(), clock, servers, prefix(arm.name(), Operation.END));
    return passesGate(arm, clock, gated);
  }

  private void add(PeerArm arm) {
    if (!passesGate(arm, servers, prefix(arm.name(), Operation.END))) {
      return;
    }
    Peer peer = arm.open(servers.redis(), prefix(arm.name(), Operation.VALIDATE));
    closing(peer::close);
    PeerRequests requests = new PeerRequests(peer, pool);
    IntStream.range(0, pool).forEach(requests::once);
    payloads.put(arm.name(), requests.payloadHash());
    add(new Task(arm.name(), Operation.VALIDATE.toString(), requests));
    if (arm.needsServer()) {
      asks(arm.name(), Server.REDIS);
    } else if (peer instanceof TokenPeer tokens) {
      add(Issuing.by(arm.name(), tokens, pool));
    }
  }

  private void addTouching(Arm arm, String name) {
    add(
        new Task(
            name,
            Operation.VALIDATE_TOUCH.toString(),
            validating(
                arm,
                prefix(name, Operation.VALIDATE_TOUCH),
                sessions -> sessions.guarantees().idlePrecision().plusSeconds(1))));
  }

  private void addFloor(Arm arm, Validating validating, String prefix) {
    String floor = arm.floor().orElse("");
    if (floor.isEmpty() || tasks().stream().anyMatch(task -> task.arm().equals(floor))) {
      return;
    }
    switch (floor) {
      case Arms.FLOOR_CAFFEINE_GET -> add(Floors.caffeineGet(validating));
      case Arms.FLOOR_JEDIS_GET -> {
        RedisAddress address = servers.requireRedis();
        RedisClient client = address.client();
        closing(client::close);
        add(Floors.jedisGet(address, client, prefix));
        asks(floor, Server.REDIS);
      }
      default -> add(Floors.ofTokens(floor, validating.pool()));
    }
  }

  private Validating validating(Arm arm, String prefix, Function<Sessions, Duration> step) {
    MovableClock clock = clock();
    Sessions sessions = built(arm, wiring(clock, prefix));
    return Validating.opening(sessions, clock, step.apply(sessions), arm.manner(), pool(arm));
  }

  private Sessions built(Arm arm, Wiring wiring) {
    BuiltArm built = arm.build().apply(wiring);
    if (built.resources() != BuiltArm.Resources.NONE) {
      closing(built.resources());
    }
    return built.sessions();
  }

  private Wiring wiring(MovableClock clock, String prefix) {
    return new Wiring(policy(), clock, servers, prefix).withStaleness(STALENESS);
  }

  private String prefix(String arm, Operation operation) {
    return keyPrefix + arm + ":" + operation;
  }

  /** Object storage takes milliseconds a session; fewer leave time to measure them. */
  private int pool(Arm arm) {
    return arm.asks(Server.S3) ? Math.min(pool, MOST_OBJECTS) : pool;
  }

  private static MovableClock clock() {
    return MovableClock.atPresent();
  }
}
