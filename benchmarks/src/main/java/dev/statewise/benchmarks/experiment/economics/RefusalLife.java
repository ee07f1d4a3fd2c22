package dev.statewise.benchmarks.experiment.economics;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.session.Credential;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** For how long an arm's list keeps the refusal of a token that lives so long: asked of Redis. */
final class RefusalLife {

  private static final Duration LIFETIME = SessionPolicy.defaults().absoluteLifetime();
  private static final int BATCH = 1_000;
  private static final long MILLIS = 1_000;

  private RefusalLife() {}

  /** In whole seconds, rounded up: some milliseconds of it are over when it is asked. */
  static long seconds(Arm arm, Lab lab, Duration life) {
    SessionPolicy policy =
        SessionPolicy.builder()
            .idleTimeout(life)
            .absoluteLifetime(life.compareTo(LIFETIME) > 0 ? life : LIFETIME)
            .build();
    String prefix = lab.keyPrefix() + "e20:" + arm.name() + ":" + life + ":";
    Wiring wiring = new Wiring(policy, MovableClock.atPresent(), lab.servers(), prefix);
    try (BuiltArm built = arm.build().apply(wiring)) {
      Credential credential =
          built
              .sessions()
              .open(Profile.SUBJECT, Profile.TYP.attributes())
              .grantOrThrow()
              .credential();
      built.sessions().end(credential).endedOrThrow();
    }
    return floorLeft(lab.servers().requireRedis(), prefix);
  }

  private static long floorLeft(RedisAddress redis, String prefix) {
    try (Jedis admin = redis.admin()) {
      String key = only(keys(admin, prefix + "{*}:f:*"));
      return (admin.pttl(key) + MILLIS - 1) / MILLIS;
    }
  }

  private static List<String> keys(Jedis admin, String pattern) {
    List<String> keys = new ArrayList<>();
    ScanParams params = new ScanParams().match(pattern).count(BATCH);
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      ScanResult<String> found = admin.scan(cursor, params);
      keys.addAll(found.getResult());
      cursor = found.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return keys.stream().distinct().toList();
  }

  private static String only(List<String> keys) {
    if (keys.size() != 1) {
      throw new IllegalStateException(
          "One session was ended, and the list has %d floors of sessions.".formatted(keys.size()));
    }
    return keys.get(0);
  }
}
