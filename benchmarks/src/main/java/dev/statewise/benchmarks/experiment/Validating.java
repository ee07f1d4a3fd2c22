package dev.statewise.benchmarks.experiment;

import dev.statewise.Sessions;
import dev.statewise.benchmarks.arm.Manner;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.GateOutcome;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Validates one live credential after another, out of a pool. As a client does, it keeps the new
 * credential when an answer brings one.
 */
public final class Validating implements Task.Body {

  private static final int SAMPLE = 64;

  private final Supplier<Sessions> anew;
  private final Credential[] pool;
  private final MovableClock clock;
  private final Duration step;
  private final Manner manner;
  private final List<Credential> copies;
  private Sessions sessions;

  private Validating(
      Supplier<Sessions> anew,
      MovableClock clock,
      Duration step,
      Manner manner,
      Credential[] pool) {
    this.anew = anew;
    this.sessions = anew.get();
    this.clock = clock;
    this.step = step;
    this.manner = manner;
    this.pool = pool;
    this.copies =
        manner == Manner.SEEN ? Stream.of(pool).map(Validating::copy).toList() : List.of();
  }

  /**
   * Of sessions that are opened for it.
   *
   * @param step by how much the clock moves on before each pass over the pool: zero, or so much
   *     that every session is due for a touch or its token for a renewal
   * @param size how many credentials, validated in another order than they were opened in; a power
   *     of two
   */
  static Validating opening(
      Sessions sessions, MovableClock clock, Duration step, Manner manner, int size) {
    return opening(sessions, clock, step, manner, size, Profile.TYP.attributes());
  }

  /**
   * Of sessions that are opened for it with this state.
   *
   * @param step by how much the clock moves on before each pass over the pool
   * @param size how many credentials; a power of two
   */
  public static Validating opening(
      Sessions sessions,
      MovableClock clock,
      Duration step,
      Manner manner,
      int size,
      Map<String, String> attributes) {
    // Many take long to sign, and how long is in no number.
    Credential[] pool =
        IntStream.range(0, size)
            .parallel()
            .mapToObj(i -> sessions.open("user-%05d".formatted(i), attributes))
            .map(opened -> opened.grantOrThrow().credential())
            .toArray(Credential[]::new);
    Collections.shuffle(Arrays.asList(pool), new Random(size));
    return new Validating(() -> sessions, clock, step, manner, pool);
  }

  /**
   * Of these very credentials, on the same clock, by others.
   *
   * @param anew builds what validates; asked for each slice in which no token may have been seen
   */
  Validating shownTo(Supplier<Sessions> anew, Manner manner) {
    return new Validating(anew, clock, step, manner, pool.clone());
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
    return switch (manner) {
      case STATE -> accepted.session().attributes().size();
      case LAZY -> at;
      case WHOLE, FIRST, SEEN -> everything(accepted.session());
    };
  }

  /** Reads what an application can. */
  private static int everything(Session session) {
    long sum =
        session.key().text().length()
            + session.subject().length()
            + session.version()
            + session.createdAt().toEpochMilli()
            + session.lastSeen().getEpochSecond()
            + session.idleTimeout().toSeconds()
            + session.absoluteEnd().toEpochMilli();
    for (Map.Entry<String, String> attribute : session.attributes().entrySet()) {
      sum += attribute.getKey().length() + attribute.getValue().length();
    }
    return (int) sum & Integer.MAX_VALUE;
  }

  /** Brings about what a slice is to find. */
  void prepare() {
    switch (manner) {
      case STATE, WHOLE, LAZY -> {}
      case FIRST -> sessions = anew.get();
      // A client sends its token in other bytes each time: to know it again takes a comparison.
      case SEEN -> copies.forEach(sessions::validate);
    }
  }

  private static Credential copy(Credential credential) {
    return new Credential(String.valueOf(credential.value().toCharArray()));
  }

  /** How many operations may follow upon {@link #prepare}. */
  int most() {
    return manner == Manner.FIRST ? pool.length : Integer.MAX_VALUE;
  }

  /** Whether tokens are as new to what reads them as the manner says; counted in a sample. */
  @SuppressWarnings("ReferenceEquality") // what is remembered is the very session
  GateOutcome newness(String arm) {
    List<Session> before = shown();
    List<Session> after = shown();
    long known =
        IntStream.range(0, before.size()).filter(i -> before.get(i) == after.get(i)).count();
    long expected = manner == Manner.SEEN ? before.size() : 0;
    return new GateOutcome(
        arm,
        "tokens are as new as its name says",
        known == expected,
        "%d of %d remembered".formatted(expected, before.size()),
        "%d of %d remembered".formatted(known, before.size()));
  }

  /** What a slice that shows each of a sample once is answered: what is remembered, the same. */
  private List<Session> shown() {
    prepare();
    return Stream.of(pool)
        .limit(SAMPLE)
        .map(credential -> sessions.validate(credential).acceptedOrThrow().session())
        .toList();
  }

  MovableClock clock() {
    return clock;
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
  public Credential[] pool() {
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
