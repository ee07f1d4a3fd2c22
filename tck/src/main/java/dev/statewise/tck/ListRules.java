package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.RevocationList;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;

/** What the rules of a revocation list begin with: a handle on a list that refuses nothing. */
abstract class ListRules extends Handles<RevocationList> {

  static final Instant NOW = Sample.NOW;
  static final Instant UNTIL = NOW.plus(Duration.ofHours(1));
  static final Duration MILLI = Duration.ofMillis(1);

  private static final long PAUSE_NANOS = 100_000;

  final RevocationListTck kit;
  final HandClock clock;
  RevocationList list;

  ListRules(RevocationListTck kit) {
    this(kit, new HandClock(NOW));
  }

  @SuppressWarnings("NullAway.Init") // JUnit opens the list before each rule
  private ListRules(RevocationListTck kit, HandClock clock) {
    super(namespace -> kit.open(namespace, clock));
    this.kit = kit;
    this.clock = clock;
  }

  @BeforeEach
  final void openList() {
    list = open();
  }

  static SessionKey key() {
    return SessionKey.draw("alice", ThreadLocalRandom.current());
  }

  /** A token's session, of alice. */
  static Session token(SessionKey key, long version) {
    return sample("alice").key(key).version(version).build();
  }

  /** A token's session, created at an instant. */
  static Session token(String subject, Instant createdAt) {
    return sample(subject).createdAt(createdAt).build();
  }

  private static Sample sample(String subject) {
    return Sample.of(subject).secretHash(SecretHash.NONE);
  }

  final void assertRefused(Session session, String message) {
    assertTrue(list.isRefused(session), message);
  }

  /**
   * That what another handle refused is refused by {@code asked}: at once, or when the staleness
   * that it states has passed since now.
   */
  static void assertRefusedInTime(RevocationList asked, Session session, String message) {
    long staleness = asked.traits().staleness().toNanos();
    long acknowledged = System.nanoTime();
    boolean refused;
    boolean late;
    do {
      late = staleness == 0 || System.nanoTime() - acknowledged > staleness;
      refused = asked.isRefused(session);
      LockSupport.parkNanos(refused ? 0 : PAUSE_NANOS);
    } while (!refused && !late);
    assertTrue(refused, message);
  }

  final void assertGood(Session session, String message) {
    assertFalse(list.isRefused(session), message);
  }
}
