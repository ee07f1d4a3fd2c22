package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statewise.session.Session;
import dev.statewise.spi.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules S2: what find does, and that no clock has a say in it. */
abstract class FindRules extends StoreRules {

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  FindRules(SessionStoreTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("S2.1 find MUST be empty for a key under which nothing was created")
  void unknownKey() {
    created(Sample.session());
    Session never = Sample.session();

    Optional<Session> found = store.find(never.key());

    assertEquals(Optional.empty(), found, "a session was found that nobody created");
  }

  @Test
  @DisplayName("S2.2 a session that is found MUST equal the one that was stored in every part")
  void everyPart() {
    Session session =
        created(
            Sample.of("alice")
                .createdAt(Instant.parse("2026-03-01T00:00:00.001Z"))
                .lastSeen(Instant.parse("2026-03-01T00:00:00.999Z"))
                .absoluteEnd(Instant.parse("2026-03-01T09:59:59.501Z"))
                .idleTimeout(Duration.ofSeconds(1_799))
                .build());

    Session found = store.find(session.key()).orElseThrow();

    Difference.assertSame(session, found, "what was found is not what was stored");
  }

  @Test
  @DisplayName("S2.3 find MUST NOT change the session")
  void findingIsNotTouching() {
    Session session = created(Sample.session());

    store.find(session.key());
    store.findCurrent(session.key());

    assertFound(session, "reading is not activity");
  }

  @Test
  @DisplayName("S2.4 findCurrent MUST see every write that was acknowledged")
  void findCurrentSeesEveryWrite() {
    Session session = created(Sample.session());
    SessionStore other = open();
    other.find(session.key());

    Session saved = replaced(store, session.next(session.lastSeen().plusSeconds(1)));

    assertEquals(
        Optional.of(saved), other.findCurrent(session.key()), "findCurrent() answered from a copy");
  }

  @Test
  @DisplayName("S2.5 a session MUST be kept whatever the machine's clock says")
  void noClock() {
    List<Instant> births =
        List.of(
            Instant.EPOCH,
            Instant.parse("2001-09-09T01:46:40Z"),
            Instant.parse("2099-12-31T23:59:59.999Z"),
            LATEST.minus(Sample.LIFE));

    for (Instant birth : births) {
      Session session = created(Sample.of("alice").createdAt(birth).build());

      assertFound(session, "a live session created at " + birth + " was lost");
    }
  }

  @Test
  @DisplayName("S2.6 a session MUST be kept whatever its idle timeout, from 1 s to 36,500 days")
  void everyIdleTimeout() {
    List<Duration> timeouts =
        List.of(
            Duration.ofSeconds(1),
            Duration.ofDays(24).plusHours(20).plusMinutes(31).plusSeconds(24),
            Duration.ofDays(36_500));

    for (Duration timeout : timeouts) {
      Session session =
          created(Sample.of("alice").idleTimeout(timeout).absoluteEnd(LATEST).build());

      assertFound(session, "a live session with the idle timeout " + timeout + " was lost");
    }
  }

  @Test
  @DisplayName("S2.7 a session MUST be kept if it was last seen before it was created")
  void seenBeforeCreated() {
    Session session = created(Sample.of("alice").lastSeen(Sample.NOW.minusSeconds(5)).build());

    assertFound(session, "the clocks of two nodes differ, and a live session was lost");
  }
}
