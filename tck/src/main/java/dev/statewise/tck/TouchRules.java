package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules S4: touch moves lastSeen forward and does nothing else. */
abstract class TouchRules extends StoreRules {

  private static final Instant LATER = Sample.NOW.plusSeconds(60);

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  TouchRules(SessionStoreTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("S4.1 touch MUST move lastSeen to a later instant")
  void movesForward() {
    Session session = created(Sample.session());

    boolean there = store.touch(session.key(), LATER);

    assertTrue(there, "the session is there");
    assertEquals(Optional.of(LATER), lastSeen(session), "a busy session dies of idleness");
  }

  @Test
  @DisplayName("S4.2 touch MUST NOT move lastSeen back")
  void neverBack() {
    Session session = created(Sample.session());

    boolean there = store.touch(session.key(), session.lastSeen().minusMillis(1));

    assertTrue(there, "the session is there, if seen later already");
    assertEquals(
        Optional.of(session.lastSeen()), lastSeen(session), "a slow node shortened the session");
  }

  @Test
  @DisplayName("S4.3 touch MUST answer false if there is no session")
  void absent() {
    Session never = Sample.session();

    boolean there = store.touch(never.key(), LATER);

    assertFalse(there, "a session that was ended would be accepted");
  }

  @Test
  @DisplayName("S4.4 touch MUST NOT bring back a deleted session")
  void doesNotResurrect() {
    Session session = created(Sample.session());
    store.delete(session.key());

    store.touch(session.key(), LATER);

    assertGone(session, "the logout was undone");
    assertTrue(
        store.create(Sample.like(session).secretHash(Sample.freshHash()).build()),
        "the touch left a remnant under the key");
  }

  @Test
  @DisplayName("S4.5 touch MUST NOT move the version")
  void versionStays() {
    Session session = created(Sample.session());

    store.touch(session.key(), LATER);
    ReplaceResult result = store.replace(session.next(LATER));

    assertEquals(ReplaceResult.REPLACED, result, "a touch made another request's save conflict");
  }

  @Test
  @DisplayName("S4.6 touch MUST change nothing but lastSeen")
  void nothingElse() {
    Session session = created(Sample.of("alice").version(3).build());

    store.touch(session.key(), LATER);

    assertFound(Sample.like(session).lastSeen(LATER).build(), "a touch changed more than lastSeen");
  }

  @Test
  @DisplayName("S4.7 touch MUST cut the instant to milliseconds")
  void cutToMilliseconds() {
    Session session = created(Sample.session());

    store.touch(session.key(), LATER.plusNanos(999_999));

    assertEquals(Optional.of(LATER), lastSeen(session), "a session has milliseconds");
  }

  @Test
  @DisplayName("S4.8 touch MUST take an instant outside 1970 to 9999 as the nearest of these")
  void beyondTheRange() {
    Session session = created(Sample.session());

    boolean there = store.touch(session.key(), Instant.MIN);
    assertTrue(there, "the session is there");
    assertEquals(Optional.of(session.lastSeen()), lastSeen(session), "touch moved lastSeen back");

    store.touch(session.key(), Instant.MAX);
    assertEquals(Optional.of(LATEST), lastSeen(session), "what a session can have been seen at");
  }

  private Optional<Instant> lastSeen(Session session) {
    return store.find(session.key()).map(Session::lastSeen);
  }
}
