package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules S3: replace is a compare-and-set and never an upsert. */
abstract class ReplaceRules extends StoreRules {

  private static final Instant LATER = Sample.NOW.plusSeconds(60);
  private static final long BEYOND_DOUBLE = (1L << 53) + 1;

  ReplaceRules(SessionStoreTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("S3.1 replace MUST store the successor of the stored session")
  void successorIsStored() {
    Session session = created(Sample.session());
    Session next = session.with("cart", "43").next(LATER);

    ReplaceResult result = store.replace(next);

    assertEquals(ReplaceResult.REPLACED, result, "nobody else wrote");
    assertEquals(
        Optional.of("43"),
        store.find(session.key()).flatMap(found -> found.attribute("cart")),
        "a save was acknowledged and is not there");
  }

  @Test
  @DisplayName("S3.2 a deleted session MUST stay deleted when a request in flight saves it")
  void doesNotResurrectADeletedSession() {
    Session session = created(Sample.session());
    store.delete(session.key());

    ReplaceResult result = store.replace(session.with("cart", "43").next(LATER));

    assertEquals(ReplaceResult.GONE, result, "replace() must report that the session is gone");
    assertGone(session, "the logout was undone");
  }

  @Test
  @DisplayName("S3.3 replace MUST answer CONFLICT if the session has moved on")
  void movedOn() {
    Session session = created(Sample.session());
    replaced(store, session.with("cart", "43").next(LATER));

    ReplaceResult result = store.replace(session.with("theme", "light").next(LATER));

    assertEquals(ReplaceResult.CONFLICT, result, "the second save was made from an old state");
  }

  @Test
  @DisplayName("S3.4 replace MUST NOT write anything on a conflict")
  void conflictWritesNothing() {
    Session session = created(Sample.session());
    Session saved = replaced(store, session.with("cart", "43").next(LATER));

    store.replace(session.with("theme", "light").next(LATER.plusSeconds(9)));

    assertFound(saved, "a save that was refused was written all the same");
  }

  @Test
  @DisplayName("S3.5 replace MUST keep the later lastSeen of the two")
  void laterLastSeen() {
    Session session = created(Sample.session());
    store.touch(session.key(), LATER);

    replaced(store, session.next(Sample.NOW.plusSeconds(1)));

    assertEquals(
        Optional.of(LATER),
        store.find(session.key()).map(Session::lastSeen),
        "a slow save took back a touch, and the session dies too early");
  }

  @Test
  @DisplayName("S3.6 replace MUST store the secret hash of the successor")
  void rotates() {
    Session session = created(Sample.session());
    Session rotated = Sample.rotated(session, LATER);

    store.replace(rotated);

    assertEquals(
        Optional.of(rotated.secretHash()),
        store.find(session.key()).map(Session::secretHash),
        "a rotation left the old secret good");
  }

  @Test
  @DisplayName("S3.7 replace MUST refuse a version that is not the very next")
  void onlyTheVeryNext() {
    Session session = created(Sample.of("alice").version(5).build());

    for (long version : new long[] {1, 4, 5, 7, 6 + (1L << 32), Long.MAX_VALUE}) {
      ReplaceResult result = store.replace(Sample.like(session).version(version).build());

      assertEquals(ReplaceResult.CONFLICT, result, "version " + version + " does not follow 5");
    }
  }

  @Test
  @DisplayName("S3.8 replace MUST compare versions exactly up to the largest long")
  void largeVersions() {
    for (long version : new long[] {1L << 31, 1L << 32, BEYOND_DOUBLE, Long.MAX_VALUE - 1}) {
      Session session = created(Sample.of("alice").version(version).build());

      ReplaceResult stale = store.replace(Sample.like(session).version(version).build());
      Session next = replaced(store, session.next(LATER));

      assertEquals(ReplaceResult.CONFLICT, stale, version + " does not follow itself");
      assertFound(next, "the version was rounded");
    }
  }

  @Test
  @DisplayName("S3.9 replace MUST answer GONE for a session that never was")
  void neverWas() {
    Session never = Sample.session();

    ReplaceResult result = store.replace(never.next(LATER));

    assertEquals(ReplaceResult.GONE, result, "only create makes a session");
    assertGone(never, "replace() made a session");
  }

  @Test
  @DisplayName("S3.10 replace MUST take everything but lastSeen from the successor")
  void everythingElseIsTheSuccessors() {
    Session session = created(Sample.session());
    Session next =
        session
            .withAttributes(Map.of("theme", "light"))
            .withIdleTimeout(Duration.ofMinutes(7))
            .next(LATER);

    replaced(store, next);

    assertFound(next, "something of the old session was left");
  }

  @Test
  @DisplayName("S3.11 a second call with the same successor MUST be a CONFLICT")
  void sameSuccessorTwice() {
    Session session = created(Sample.session());
    Session next = replaced(store, session.next(LATER));

    ReplaceResult again = store.replace(next);

    assertEquals(ReplaceResult.CONFLICT, again, "two callers that made equal successors both won");
  }
}
