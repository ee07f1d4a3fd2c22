package dev.statewise.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.SubjectIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a copy may be served for, and what makes it go; without a server, by hand. */
@DisplayName("A copy")
class CopiesTest {

  private static final Duration STALENESS = Duration.ofSeconds(5);
  private static final Duration NANO = Duration.ofNanos(1);

  private final HeldStore source = new HeldStore();
  private final HandTicker ticker = new HandTicker();
  private Instant now = Samples.NOW;
  private NearCachedSessionStore near;

  @BeforeEach
  void serve() {
    near = serving(NearCachedSessionStore.DEFAULT_MAX_ENTRIES);
  }

  @Test
  @DisplayName("MUST be served up to its staleness after the read was sent, and not at it")
  void age() {
    Session session = copied(source.stored());
    source.inner.delete(session.key());

    ticker.advance(STALENESS.minus(NANO));
    assertEquals(Optional.of(session), near.find(session.key()), "a copy was not used");

    ticker.advance(NANO);
    assertEquals(Optional.empty(), near.find(session.key()), "a copy was used too long");
  }

  @Test
  @DisplayName("MUST be aged from when its read was sent, and not from when the answer came")
  void ageFromSending() {
    Session session = source.stored();
    source.afterRead = () -> ticker.advance(STALENESS.minus(NANO));
    near.find(session.key());
    source.afterRead = () -> {};
    source.inner.delete(session.key());

    ticker.advance(NANO);

    assertEquals(Optional.empty(), near.find(session.key()), "the time of the reply was left out");
  }

  @Test
  @DisplayName("MUST NOT be kept if its read took as long as its staleness")
  void slowRead() {
    Session session = source.stored();
    source.afterRead = () -> ticker.advance(STALENESS);

    assertEquals(Optional.of(session), near.find(session.key()), "what was read is an answer");

    near.find(session.key());
    assertEquals(2, source.reads.get(), "a copy was stale when it was made");
  }

  @Test
  @DisplayName("MUST NOT be served at its own end, for another node may have touched the session")
  void ownEnd() {
    Session session = copied(source.stored());
    Instant seen = session.lastSeen().plusSeconds(60);
    source.inner.touch(session.key(), seen);

    now = session.end().minusMillis(1);
    assertEquals(Optional.of(session), near.find(session.key()), "a copy was not used");

    now = session.end();
    assertEquals(
        Optional.of(session.seenAt(seen)),
        near.find(session.key()),
        "a session that is alive would be rejected as expired");
  }

  @Test
  @DisplayName("MUST show a touch through this handle, and MUST NOT be younger for it")
  void touch() {
    Session session = copied(source.stored());
    Instant seen = session.lastSeen().plusSeconds(60);
    ticker.advance(STALENESS.minus(NANO));

    assertTrue(near.touch(session.key(), seen));

    assertEquals(Optional.of(session.seenAt(seen)), near.find(session.key()), "the touch is lost");
    assertEquals(1, source.reads.get(), "the copy was dropped");
    ticker.advance(NANO);
    near.find(session.key());
    assertEquals(2, source.reads.get(), "a touch renewed the copy's age");
  }

  @Test
  @DisplayName("MUST NOT go back when a touch comes that is earlier")
  void earlierTouch() {
    Session session = copied(source.stored());

    assertTrue(near.touch(session.key(), session.lastSeen().minusSeconds(1)));

    assertEquals(Optional.of(session), near.find(session.key()), "a touch moved it back");
    assertEquals(1, source.reads.get(), "the copy was dropped");
  }

  @Test
  @DisplayName("MUST NOT be made by a touch")
  void touchMakesNone() {
    Session session = source.stored();

    assertTrue(near.touch(session.key(), session.lastSeen().plusSeconds(1)));

    assertEquals(0, near.copies().size(), "a touch made a copy of what it had not read");
  }

  @Test
  @DisplayName("MUST go when a touch finds that the session is gone")
  void touchOfNothing() {
    Session session = copied(source.stored());
    source.inner.delete(session.key());

    assertFalse(near.touch(session.key(), Samples.NOW));

    assertEquals(Optional.empty(), near.find(session.key()), "an ended session was accepted");
  }

  @Test
  @DisplayName("MUST go when a save through this handle is REPLACED, CONFLICT or GONE")
  void replace() {
    Session session = copied(source.stored());
    Session next = session.with("cart", "43").next(Samples.NOW);

    assertEquals(ReplaceResult.REPLACED, near.replace(next));
    assertEquals(Optional.of(next), near.find(session.key()), "a save through this handle");

    Session foreign = next.with("cart", "44").next(Samples.NOW);
    source.inner.replace(foreign);
    assertEquals(ReplaceResult.CONFLICT, near.replace(next));
    assertEquals(Optional.of(foreign), near.find(session.key()), "a conflict told of another");

    source.inner.delete(session.key());
    assertEquals(ReplaceResult.GONE, near.replace(foreign.next(Samples.NOW)));
    assertEquals(Optional.empty(), near.find(session.key()), "GONE told that it was ended");
  }

  @Test
  @DisplayName("MUST go when the session is deleted, before and after")
  void delete() {
    Session session = copied(source.stored());
    source.beforeWrite =
        () -> {
          assertEquals(0, near.copies().size(), "a copy is served while its session is ended");
          near.find(session.key());
        };

    assertTrue(near.delete(session.key()));

    assertEquals(Optional.empty(), near.find(session.key()), "an ended session was refilled");
  }

  @Test
  @DisplayName("MUST go when another session is created under its key")
  void create() {
    Session session = copied(source.stored());
    source.inner.delete(session.key());
    Session other = session.withAttributes(Map.of());

    assertTrue(near.create(other));

    assertEquals(Optional.of(other), near.find(session.key()), "the old one was served");
  }

  @Test
  @DisplayName("MUST go when findCurrent sees another version, or nothing; and stay if it does not")
  void findCurrent() {
    Session session = copied(source.stored());
    assertEquals(Optional.of(session), near.findCurrent(session.key()));
    assertEquals(1, near.copies().size(), "nothing had changed");

    Session rotated = session.next(Samples.NOW);
    source.inner.replace(rotated);
    assertEquals(Optional.of(rotated), near.findCurrent(session.key()), "it goes past the copy");
    assertEquals(Optional.of(rotated), near.find(session.key()), "the old copy was served on");

    source.inner.delete(session.key());
    assertEquals(Optional.empty(), near.findCurrent(session.key()), "it goes past the copy");
    assertEquals(Optional.empty(), near.find(session.key()), "the old copy was served on");
  }

  @Test
  @DisplayName("MUST NOT be made of absence")
  void absence() {
    SessionKey key = Samples.session().key();

    near.find(key);
    near.find(key);

    assertEquals(2, source.reads.get(), "a session opened meanwhile would not be found");
    assertEquals(0, near.copies().size(), "absence was kept");
  }

  @Test
  @DisplayName("MUST NOT be one too many")
  void bounded() {
    NearCachedSessionStore small = serving(100);

    for (int i = 0; i < 2_000; i++) {
      small.find(source.stored().key());
    }

    assertTrue(small.copies().size() <= 100, "there are " + small.copies().size() + " copies");
  }

  @Test
  @DisplayName("MUST NOT be served while changes are not heard of, nor afterwards")
  void bypass() {
    Session session = copied(source.stored());
    near.copies().bypass();
    source.inner.delete(session.key());

    assertEquals(Optional.empty(), near.find(session.key()), "a change was missed");

    near.copies().serve();
    assertEquals(Optional.empty(), near.find(session.key()), "a change was missed");
  }

  @Test
  @DisplayName("MUST go when all sessions of its subject are deleted, and others' MUST stay")
  void deleteAll() {
    Session one = copied(source.stored());
    Session two = copied(source.stored());
    Session other = copied(source.stored(Samples.createdAt("bob", Samples.NOW)));

    assertEquals(2, subjects().deleteAll("ann"));

    assertEquals(Optional.empty(), near.find(one.key()), "it was ended");
    assertEquals(Optional.empty(), near.find(two.key()), "it was ended");
    assertEquals(1, near.copies().size(), "the copy of another subject was dropped");
    assertEquals(Optional.of(other), near.find(other.key()));
  }

  @Test
  @DisplayName("MUST go when an admission ends its session")
  void admit() {
    Session before = copied(source.stored());
    Session oldest = copied(source.stored());

    Admission admission =
        subjects().admit(Samples.session(), 1, Overflow.END_OLDEST, Optional.of(before.key()));

    assertTrue(admission instanceof Admission.Admitted, admission.toString());
    assertEquals(Optional.empty(), near.find(before.key()), "a login superseded it");
    assertEquals(Optional.empty(), near.find(oldest.key()), "it was ended to make room");
  }

  @Test
  @DisplayName("MUST go when an admission that may have ended its session gives no answer")
  void admitWithoutAnswer() {
    Session session = copied(source.stored());
    SubjectIndex lossy =
        new NearSubjects(new LossyIndex(source.inner.subjects().orElseThrow()), near.copies());

    assertThrows(
        StoreUnavailableException.class,
        () -> lossy.admit(Samples.session(), 1, Overflow.END_OLDEST, Optional.empty()));

    assertEquals(Optional.empty(), near.find(session.key()), "it was ended to make room");
  }

  @Test
  @DisplayName("MUST show in the traits: stale, and without a round trip")
  void traits() {
    assertEquals(STALENESS, near.traits().staleness());
    assertEquals(0, near.traits().findRoundTrips());
    assertEquals(source.traits().maxStateBytes(), near.traits().maxStateBytes());
  }

  private SubjectIndex subjects() {
    return near.subjects().orElseThrow();
  }

  private Session copied(Session session) {
    assertEquals(Optional.of(session), near.find(session.key()));
    return session;
  }

  private NearCachedSessionStore serving(int maxEntries) {
    return HeldNear.over(source, ticker, () -> now, STALENESS, maxEntries);
  }
}
