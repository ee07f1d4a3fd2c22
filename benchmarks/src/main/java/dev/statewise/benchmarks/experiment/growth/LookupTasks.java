package dev.statewise.benchmarks.experiment.growth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.statewise.Sessions;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.experiment.AddedTasks;
import dev.statewise.benchmarks.experiment.Timed;
import dev.statewise.benchmarks.experiment.ValidationTasks;
import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of experiment E5: sessions are looked up among few and among many, all of which are
 * live in one JVM; beside them the same sessions in bare maps, and the sessions of peers.
 */
final class LookupTasks extends AddedTasks {

  /** A lookup in a map and nothing else. */
  static final String FLOOR_MAP = "floor-map-get";

  private final Timed.Fork fork;

  private LookupTasks(Timed.Fork fork) {
    this.fork = fork;
  }

  static LookupTasks build(Timed.Fork fork) {
    return built(new LookupTasks(fork), LookupTasks::addAll);
  }

  private void addAll() {
    fork.arms().stream().filter(LookupTasks::isLookedUp).forEach(this::add);
    List<PeerArm> inProcess = inProcess(fork.peers());
    for (int i = 0; i < inProcess.size(); i++) {
      add(inProcess.get(i), i == (fork.number() - 1) % inProcess.size());
    }
  }

  static boolean isLookedUp(Arm arm) {
    return arm.name().equals("memory");
  }

  /** Those that keep sessions in this process. */
  static List<PeerArm> inProcess(List<PeerArm> peers) {
    return peers.stream().filter(peer -> !peer.signsTokens() && !peer.needsServer()).toList();
  }

  private void add(Arm arm) {
    if (passesGate(arm, fork)) {
      LiveSessions.of(fork.tier()).forEach(live -> add(arm, live));
    }
  }

  private void add(Arm arm, LiveSessions live) {
    Wiring wiring =
        new Wiring(
            ValidationTasks.policy(),
            MovableClock.atPresent(),
            fork.servers(),
            fork.keyPrefix() + arm.name() + live);
    BuiltArm built = arm.build().apply(wiring);
    closing(built.resources());
    Sessions sessions = built.sessions();
    Map<String, String> attributes = Profile.TYP.attributes();
    // A million takes long, and how long is in no number.
    List<Grant> grants =
        IntStream.range(0, live.count())
            .parallel()
            .mapToObj(i -> sessions.open(subject(i), attributes).grantOrThrow())
            .toList();
    List<Session> found = grants.stream().map(Grant::session).toList();
    List<String> ids =
        new ArrayList<>(grants.stream().map(grant -> grant.credential().value()).toList());
    add(new Lookups(ids, id -> validate(sessions, id)).task(arm.name(), live));
    addFloors(found, live);
  }

  private static int validate(Sessions sessions, String id) {
    return sessions.validate(new Credential(id)) instanceof Validation.Accepted accepted
        ? accepted.session().attributes().size()
        : -1;
  }

  /** The very sessions under the text of their keys. */
  private void addFloors(List<Session> sessions, LiveSessions live) {
    ConcurrentMap<String, Session> map = new ConcurrentHashMap<>();
    Cache<String, Session> cache = Caffeine.newBuilder().build();
    List<String> keys = new ArrayList<>(live.count());
    for (Session session : sessions) {
      map.put(session.key().text(), session);
      cache.put(session.key().text(), session);
      keys.add(session.key().text());
    }
    add(new Lookups(new ArrayList<>(keys), id -> read(map.get(id))).task(FLOOR_MAP, live));
    add(new Lookups(keys, id -> read(cache.getIfPresent(id))).task(Arms.FLOOR_CAFFEINE_GET, live));
  }

  private static int read(@Nullable Session session) {
    return session == null ? -1 : session.attributes().size();
  }

  /**
   * @param many whether it is the one whose million is in this JVM: there is no room for all
   */
  private void add(PeerArm arm, boolean many) {
    if (arm.absence(fork.servers().redis()).isPresent() || !passesGate(arm, fork)) {
      return;
    }
    for (LiveSessions live : LiveSessions.of(fork.tier())) {
      boolean fits = live != LiveSessions.M1 || (many && fork.tier() != Tier.QUICK);
      if (fits) {
        add(arm, live);
      }
    }
  }

  private void add(PeerArm arm, LiveSessions live) {
    Peer peer = arm.open(fork.servers().redis(), fork.keyPrefix() + arm.name() + live);
    closing(peer::close);
    Map<String, String> attributes = Profile.TYP.attributes();
    List<String> ids =
        new ArrayList<>(
            IntStream.range(0, live.count())
                .mapToObj(i -> peer.open(subject(i), attributes))
                .toList());
    add(new Lookups(ids, id -> request(peer, id)).task(arm.name(), live));
  }

  private static int request(Peer peer, String id) {
    try {
      return peer.request(id);
    } catch (RuntimeException e) {
      return -1;
    }
  }

  private static String subject(int at) {
    return "user-" + at;
  }
}
