package dev.statewise.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules S10: for how long the server beneath keeps a session, as the server itself says. */
abstract class KeepingRules extends StoreRules {

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final Instant LATER = Sample.NOW.plusSeconds(60);
  private static final Duration A_MOMENT = Duration.ofMillis(50);

  KeepingRules(SessionStoreTck kit) {
    super(kit);
  }

  @BeforeEach
  final void requireTheServersWord() {
    assumeTrue(
        kit.keptFor(namespace, Sample.session().key()).isPresent(),
        "keptFor() is not supplied, so when the server forgets is not known");
  }

  @Test
  @DisplayName("S10.1 the server MUST keep a created session at least until its end")
  void created() {
    Session idleFirst = Sample.session();
    Session absoluteFirst =
        Sample.of("alice").absoluteEnd(Sample.NOW.plus(Duration.ofMinutes(5))).build();

    assertKeptOnceCreated(idleFirst, "one that ends by being idle");
    assertKeptOnceCreated(absoluteFirst, "one that ends at its absolute end");
  }

  @Test
  @DisplayName("S10.2 the server MUST keep a session as long whatever the machine's clock says")
  void noClock() {
    for (Instant birth :
        List.of(
            Instant.EPOCH,
            Instant.parse("2001-09-09T01:46:40Z"),
            Instant.parse("2099-12-31T23:59:59.999Z"),
            LATEST.minus(Sample.LIFE))) {
      assertKeptOnceCreated(Sample.of("alice").createdAt(birth).build(), "created at " + birth);
    }
  }

  @Test
  @DisplayName("S10.3 the server MUST keep a session for its idle timeout, from 1 s to 36,500 days")
  void everyIdleTimeout() {
    for (Duration timeout :
        List.of(
            Duration.ofSeconds(1),
            Duration.ofDays(24).plusHours(20).plusMinutes(31).plusSeconds(24),
            Duration.ofDays(36_500))) {
      assertKeptOnceCreated(
          Sample.of("alice").idleTimeout(timeout).absoluteEnd(LATEST).build(),
          "idle timeout " + timeout);
    }
  }

  @Test
  @DisplayName("S10.4 the server MUST keep a replaced session at least until its new end")
  void replaced() {
    Session session = created(Sample.of("alice").idleTimeout(Duration.ofMinutes(1)).build());
    Session next = session.withIdleTimeout(Duration.ofHours(3)).next(LATER);

    TimeLeft.assertKept(
        rest(next), () -> replaced(store, next), () -> left(next), "a save that asked for longer");
  }

  @Test
  @DisplayName("S10.5 a touch MUST make the server keep the session anew, at least until its end")
  void touched() {
    Session session = Sample.session();
    assertKeptOnceCreated(session, "created");
    Duration atFirst = left(session);
    TimeLeft.awaitLess(atFirst.minus(A_MOMENT), () -> left(session));

    TimeLeft.assertKept(
        atFirst,
        () -> store.touch(session.key(), LATER),
        () -> left(session),
        "touched, and still running out as if nobody had been there");
  }

  @Test
  @DisplayName("S10.6 the server MUST NOT keep a session without an end")
  void hasAnEnd() {
    Session session = created(Sample.session());
    TimeLeft.assertHasAnEnd(left(session), "created");

    store.touch(session.key(), LATER);
    TimeLeft.assertHasAnEnd(left(session), "touched");

    replaced(store, session.next(LATER));
    TimeLeft.assertHasAnEnd(left(session), "replaced");
  }

  private void assertKeptOnceCreated(Session session, String why) {
    TimeLeft.assertKept(rest(session), () -> created(session), () -> left(session), why);
  }

  private Duration left(Session session) {
    return kit.keptFor(namespace, session.key()).orElseThrow();
  }

  private static Duration rest(Session session) {
    return Duration.between(session.lastSeen(), session.end());
  }
}
