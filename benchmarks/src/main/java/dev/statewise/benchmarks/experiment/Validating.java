package dev.statewise.benchmarks.experiment;

import dev.statewise.Sessions;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Validates one live credential after another, out of a pool. As a client does, it keeps the new
 * credential when an answer brings one.
 */
final class Validating implements Task.Body {

  private final Sessions sessions;
  private final Credential[] pool;
  private final MovableClock clock;
  private final Duration step;

  /**
   * @param step by how much the clock moves on before each pass over the pool: zero, or so much
   *     that every session is due for a touch
   * @param size how many credentials, validated in another order than they were opened in; a power
   *     of two
   */
  Validating(Sessions sessions, MovableClock clock, Duration step, int size) {
    this.sessions = sessions;
    this.clock = clock;
    this.step = step;
    this.pool = new Credential[size];
    for (int i = 0; i < size; i++) {
      pool[i] =
          sessions
              .open("user-%05d".formatted(i), Profile.TYP.attributes())
              .grantOrThrow()
              .credential();
    }
    Collections.shuffle(Arrays.asList(pool), new Random(size));
  }

  @Override
  public int once(int index) {
    int at = index & (pool.length - 1);
    if (at == 0) {
      clock.advance(step);
    }
    if (!(sessions.validate(pool[at]) instanceof Validation.Accepted accepted)) {
      return -1;
    }
    accepted.renewal().ifPresent(grant -> pool[at] = grant.credential());
    return accepted.session().attributes().size();
  }

  /** Whether what it asks is kept near it for a while, so that an answer may be behind. */
  boolean keepsNear() {
    return !sessions.guarantees().endsWithin().isZero();
  }

  /** Validates each credential once. */
  void validateAll() {
    IntStream.range(0, pool.length).forEach(this::once);
  }

  /** The credentials as they are now. */
  Credential[] pool() {
    return pool.clone();
  }

  /** The session of one of them. */
  Session session(int at) {
    return sessions.validate(pool[at]).accepted().orElseThrow();
  }

  /** What identifies the state that the first session carries: every arm must carry the same. */
  String payloadHash() {
    return hashOf(session(0).attributes());
  }

  static String hashOf(Map<String, String> attributes) {
    Map<String, String> sorted = new TreeMap<>(attributes);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(sorted.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256; this one says it has not.", e);
    }
  }
}
