package dev.statewise.benchmarks.experiment;

import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.Validation;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The tasks of experiment E4: each arm refuses what an attacker made, an attacker makes it, and the
 * arm accepts what is good. What is refused for another reason than it must be is not timed.
 */
public final class RejectionTasks extends AddedTasks {

  /** Who makes the bad credentials; its operations are an arm's name and theirs. */
  static final String ATTACKER = "attacker";

  /** What accepting a good one is called. */
  static final String VALID = "valid";

  private static final int LARGE = 1 << 16;
  private static final int MOST_LARGE = 1;

  private final Servers servers;
  private final String keyPrefix;
  private final int pool;

  private RejectionTasks(Servers servers, String keyPrefix, int pool) {
    this.servers = servers;
    this.keyPrefix = keyPrefix;
    this.pool = pool;
  }

  /**
   * Builds every arm that is shown bad credentials and can be built.
   *
   * @param keyPrefix of every key in Redis
   * @param pool how many different credentials of a kind an arm is shown; a power of two
   */
  public static RejectionTasks build(List<Arm> arms, Servers servers, String keyPrefix, int pool) {
    return built(
        new RejectionTasks(servers, keyPrefix, pool),
        tasks ->
            arms.stream()
                .filter(arm -> arm.canRun(servers) && !BadCredential.of(arm.name()).isEmpty())
                .forEach(tasks::add));
  }

  /** What an arm is timed at: a good credential, and each bad one; none if it is not asked. */
  public static List<String> operations(String arm) {
    List<BadCredential> bad = BadCredential.of(arm);
    return bad.isEmpty()
        ? List.of()
        : Stream.concat(Stream.of(VALID), bad.stream().map(BadCredential::toString)).toList();
  }

  private void add(Arm arm) {
    arm.needs().ifPresent(server -> asks(arm.name(), server));
    Sessions sessions = built(arm, VALID, MovableClock.atPresent());
    Credential[] good = opened(sessions);
    Credential[] kept = good.clone();
    add(
        new Task(
            arm.name(),
            VALID,
            i -> sessions.validate(kept[i & (kept.length - 1)]).accepted().isPresent() ? 1 : -1));
    for (BadCredential bad : BadCredential.of(arm.name())) {
      switch (bad) {
        case EXPIRED -> addExpired(arm);
        case REVOKED -> addRevoked(arm);
        default -> add(arm, bad, sessions, good);
      }
    }
  }

  private void addExpired(Arm arm) {
    MovableClock clock = MovableClock.atPresent();
    Sessions sessions = built(arm, BadCredential.EXPIRED.toString(), clock);
    Credential[] good = opened(sessions);
    clock.advance(SessionPolicy.defaults().idleTimeout());
    add(arm, BadCredential.EXPIRED, sessions, good);
  }

  private void addRevoked(Arm arm) {
    Sessions sessions = built(arm, BadCredential.REVOKED.toString(), MovableClock.atPresent());
    Credential[] good = opened(sessions);
    for (Credential credential : good) {
      sessions.end(credential);
    }
    add(arm, BadCredential.REVOKED, sessions, good);
  }

  /** What is timed is what the attacker's function made. */
  private void add(Arm arm, BadCredential bad, Sessions sessions, Credential[] genuine) {
    IntFunction<String> making = new Attacker(genuine).making(bad);
    Credential[] made = made(making);
    if (!passes(arm, bad, sessions, made)) {
      return;
    }
    add(
        new Task(
            arm.name(),
            bad.toString(),
            i -> isRefused(sessions.validate(made[i & (made.length - 1)]), bad) ? 1 : -1));
    add(new Task(ATTACKER, operation(arm.name(), bad), new Making(making)));
  }

  private boolean passes(Arm arm, BadCredential bad, Sessions sessions, Credential[] made) {
    String expected = "Rejected (" + bad.reason() + ")";
    String seen = expected;
    for (Credential credential : made) {
      Validation answer = sessions.validate(credential);
      if (!isRefused(answer, bad)) {
        seen =
            answer.fold(
                accepted -> "Accepted",
                rejected -> "Rejected (" + rejected.reason() + ")",
                unavailable -> "Unavailable (" + unavailable.dependency() + ")");
      }
    }
    return passes(
        new GateOutcome(arm.name(), "refuses " + bad, seen.equals(expected), expected, seen));
  }

  private Credential[] made(IntFunction<String> making) {
    Credential first = new Credential(making.apply(0));
    int size = first.value().length() > LARGE ? Math.min(MOST_LARGE, pool) : pool;
    Credential[] made = new Credential[size];
    made[0] = first;
    for (int i = 1; i < size; i++) {
      made[i] = new Credential(making.apply(i));
    }
    return made;
  }

  private Sessions built(Arm arm, String what, MovableClock clock) {
    String prefix = keyPrefix + arm.name() + ":" + what;
    BuiltArm built =
        arm.build().apply(new Wiring(SessionPolicy.defaults(), clock, servers, prefix));
    closing(built.resources());
    return built.sessions();
  }

  private Credential[] opened(Sessions sessions) {
    Credential[] credentials = new Credential[pool];
    for (int i = 0; i < pool; i++) {
      Grant grant =
          sessions.open("user-%05d".formatted(i), Profile.TYP.attributes()).grantOrThrow();
      credentials[i] = grant.credential();
    }
    return credentials;
  }

  private static boolean isRefused(Validation answer, BadCredential bad) {
    return answer instanceof Validation.Rejected rejected && rejected.reason() == bad.reason();
  }

  static String operation(String arm, BadCredential bad) {
    return arm + "/" + bad;
  }

  /** Keeps what was made last, of all, so that the making cannot be left out. */
  private static final class Making implements Task.Body {
    private static String latest = "";

    private final IntFunction<String> making;

    Making(IntFunction<String> making) {
      this.making = making;
    }

    @Override
    public int once(int index) {
      latest = making.apply(index);
      return latest.charAt(latest.length() / 2);
    }
  }
}
