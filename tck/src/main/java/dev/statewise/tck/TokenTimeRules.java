package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules T5: on which side of its end a token is, by the instant that is passed in. */
abstract class TokenTimeRules extends TokenRules {

  TokenTimeRules(TokenServiceTck kit) {
    super(kit);
  }

  @Test
  @DisplayName(
      "T5.1 a token MUST be dead at the very instant of its end, rounded down to the second")
  void deadAtItsEnd() {
    for (int millis : new int[] {0, 1, 500, 999}) {
      Session session = seenAt(Instant.parse("2026-03-01T12:00:00Z").plusMillis(millis));
      Credential token = issuer.issue(session);

      assertExpired(token, endOf(session), "accepted at its end, last seen at " + millis + " ms");
    }
  }

  @Test
  @DisplayName("T5.2 a token MUST be alive one millisecond before its end")
  void aliveBeforeItsEnd() {
    for (int millis : new int[] {0, 1, 500, 999}) {
      Session session = seenAt(Instant.parse("2026-03-01T12:00:00Z").plusMillis(millis));
      Credential token = issuer.issue(session);

      assertVerified(
          token, endOf(session).minusMillis(1), "refused early, last seen at " + millis + " ms");
    }
  }

  @Test
  @DisplayName("T5.3 an expired token MUST still tell which session it was")
  void expiredCarriesTheSession() {
    Session session = Sample.session();

    Session back = assertExpired(issuer.issue(session), session.absoluteEnd(), "long dead");

    Difference.assertSame(expected(session), back, "a logout with an expired token");
  }

  @Test
  @DisplayName("T5.4 a token MUST be dead at the absolute end of its session, however busy it is")
  void absoluteEnd() {
    Session session =
        Sample.of("alice")
            .idleTimeout(Duration.ofHours(1))
            .absoluteEnd(Sample.NOW.plusSeconds(90))
            .build();
    Credential token = issuer.issue(session);

    assertExpired(token, session.absoluteEnd(), "the session has ended");
    assertVerified(token, endOf(session).minusMillis(1), "the session has not ended");
  }

  @Test
  @DisplayName("T5.5 verify MUST judge by the instant it is given and by no clock")
  void noClock() {
    for (Instant birth :
        List.of(
            Instant.EPOCH,
            Instant.parse("2001-09-09T01:46:40Z"),
            Instant.parse("2099-12-31T23:59:59Z"))) {
      Session session = seenAt(birth);
      Credential token = issuer.issue(session);

      assertVerified(token, birth, "alive at " + birth);
      assertExpired(token, session.end(), "dead at " + session.end());
    }
  }

  @Test
  @DisplayName("T5.6 a service MUST answer the same about a token however often it is asked")
  void sameAnswer() {
    Session session = Sample.session();
    Credential token = issuer.issue(session);

    assertExpired(token, endOf(session), "dead at its end");
    assertVerified(token, Sample.NOW, "alive before, though asked after");
    assertExpired(token, endOf(session), "dead at its end, though found alive before");
    assertEquals(expected(session), assertVerified(token, Sample.NOW, "alive before"));
  }

  @Test
  @DisplayName("T5.7 a token MUST be alive at an instant before its session was last seen")
  void beforeLastSeen() {
    Session session = Sample.session();
    Credential token = issuer.issue(session);

    assertVerified(token, session.lastSeen().minusSeconds(600), "a node whose clock is behind");
  }

  @Test
  @DisplayName("T5.8 a token of a session that was seen later MUST live to the later end")
  void livesToTheLaterEnd() {
    Session session = Sample.session();
    issuer.issue(session);
    Session later = session.seenAt(session.lastSeen().plusSeconds(60));

    Credential renewed = issuer.issue(later);

    assertVerified(renewed, endOf(later).minusSeconds(1), "the renewal lives no longer");
  }

  private static Session seenAt(Instant instant) {
    return Sample.of("alice").createdAt(instant).build();
  }
}
