package dev.statewise.jwt;

import static dev.statewise.jwt.RefreshWorld.POLICY;
import static dev.statewise.jwt.RefreshWorld.START;
import static dev.statewise.jwt.RefreshWorld.STATE;
import static dev.statewise.jwt.RefreshWorld.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.HybridSessions;
import dev.statewise.session.Ending;
import dev.statewise.session.Grant;
import dev.statewise.session.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The end of a family of refresh tokens")
class RefreshEndingsTest {

  private final RefreshWorld world = new RefreshWorld();

  @Test
  @DisplayName("a logout with the refresh token MUST end the family and its access tokens")
  void endByRefreshToken() {
    RefreshGrant first = world.open();
    RefreshGrant second = world.redeem(first.refresh());

    assertThat(world.refresh.end(second.refresh()))
        .isEqualTo(new Ending.Ended(true, Duration.ZERO));

    assertEnded(first);
    assertEnded(second);
    assertThat(world.told).containsOnlyOnce("ended");
    assertThat(world.refresh.end(second.refresh()))
        .as("a second time")
        .isEqualTo(new Ending.Ended(false, Duration.ZERO));
  }

  @Test
  @DisplayName("a logout with a replaced or expired refresh token MUST end the family")
  void endByOldToken() {
    RefreshGrant first = world.open();
    RefreshGrant third = world.redeem(world.redeem(first.refresh()).refresh());
    assertThat(world.refresh.end(first.refresh())).isEqualTo(new Ending.Ended(true, Duration.ZERO));
    assertEnded(third);

    RefreshGrant other = world.open();
    world.advance(POLICY.idleTimeout());
    assertThat(world.refresh.end(other.refresh())).isEqualTo(new Ending.Ended(true, Duration.ZERO));
  }

  @Test
  @DisplayName("a logout with the access token's session MUST end the family, and for good")
  void endBySession() {
    RefreshGrant grant = world.open();

    world.refresh.end(grant.access().session());

    assertEnded(grant);
    world.advance(Duration.ofDays(1));
    world.refresh.end(world.open().refresh()); // lets the list forget
    assertThat(world.present(grant.refresh())).isEqualTo(rejected(Rejection.UNKNOWN));
  }

  @Test
  @DisplayName("an ending through an old access token MUST outlast the newest one")
  void endByOldSession() {
    for (boolean atTheFrontDoor : new boolean[] {false, true}) {
      RefreshGrant old = world.open();
      world.advance(Duration.ofMinutes(9));
      RefreshGrant newest = world.redeem(old.refresh());

      if (atTheFrontDoor) {
        world.sessions.end(old.access().credential());
      } else {
        world.refresh.end(old.access().session());
      }

      for (int minute = 0; minute < 10; minute++) {
        // Lets the list forget what it may.
        world.sessions.end(world.sessions.open("bob", Map.of()).grantOrThrow().session());
        assertThat(world.accepts(newest.access())).as("minute %d", minute).isFalse();
        world.advance(Duration.ofMinutes(1));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("whatever ends a session at the front door MUST end its family, and for good")
  void frontDoor(FrontDoor ending) {
    RefreshGrant grant = world.open();
    ending.end(world.sessions, grant.access());

    // A family that is never refreshed may idle so long, and the list may forget in between.
    for (int hour = 1; hour < POLICY.idleTimeout().toHours(); hour++) {
      world.set(START.plus(Duration.ofHours(hour)));
      world.sessions.end(world.sessions.open("bob", Map.of()).grantOrThrow().session());
      world.sessions.endAll("bob");
    }
    world.set(START.plus(POLICY.idleTimeout()).minusMillis(1));
    assertThat(world.present(grant.refresh())).isEqualTo(rejected(Rejection.REVOKED));
    assertThat(world.families.size()).isZero();
  }

  @Test
  @DisplayName("refusals that are kept longer MUST NOT make anything else longer")
  void refusalsAlone() {
    assertThat(POLICY.access().refusalLife()).isEqualTo(POLICY.idleTimeout());
    assertThat(POLICY.access().maxIdleTimeout()).isEqualTo(POLICY.accessLife());
    assertThat(world.sessions.guarantees().idlePrecision())
        .isLessThanOrEqualTo(POLICY.accessLife());
  }

  @Test
  @DisplayName("a session that the list refuses MUST be REVOKED, and its family ended with it")
  void refusedSession() {
    RefreshGrant grant = world.open();
    world.sessions.end(grant.access().session());

    assertThat(world.present(grant.refresh())).isEqualTo(rejected(Rejection.REVOKED));

    assertThat(world.families.size()).isZero();
  }

  @Test
  @DisplayName("a family created before the floor of its subject or of all MUST be REVOKED")
  void refusedByFloor() {
    RefreshGrant alice = world.open();
    world.advance(Duration.ofMillis(1));
    Instant far = START.plus(Duration.ofDays(60));
    world.list.refuseCreatedBefore("alice", world.clock.instant(), far);
    RefreshGrant later = world.open();
    assertThat(world.present(alice.refresh())).isEqualTo(rejected(Rejection.REVOKED));
    RefreshGrant next = world.redeem(later.refresh());

    world.advance(Duration.ofMillis(1));
    world.list.refuseAllCreatedBefore(world.clock.instant(), far);

    assertThat(world.present(next.refresh())).isEqualTo(rejected(Rejection.REVOKED));
    assertThat(world.families.size()).isZero();
  }

  @Test
  @DisplayName("a logout everywhere MUST end all families of the subject and nobody else's")
  void endAll() {
    RefreshGrant one = world.open();
    RefreshGrant other = world.open();
    RefreshGrant bob = ((RefreshOpening.Opened) world.refresh.open("bob", Map.of())).grant();

    assertThat(world.refresh.endAll("alice")).isEqualTo(new Ending.Ended(true, Duration.ZERO));
    RefreshGrant again = world.open();

    assertEnded(one);
    assertEnded(other);
    assertThat(world.accepts(bob.access())).isTrue();
    assertThat(world.redeem(bob.refresh())).isNotNull();
    assertThat(world.redeem(again.refresh())).as("a login right after").isNotNull();
    assertThatThrownBy(() -> world.refresh.endAll(" ")).hasMessageContaining("blank");
  }

  @Test
  @DisplayName("a logout everywhere MUST hold for as long as a family can live, index or none")
  void endAllWithoutAnIndex() {
    FaultyStore bare = new FaultyStore(world.families);
    RefreshTokens refresh = world.node(bare, RefreshKeys.of("old", RefreshWorld.OLD), POLICY);
    RefreshGrant grant = RefreshWorld.open(refresh);

    assertThat(refresh.endAll("alice")).isEqualTo(new Ending.Ended(true, Duration.ZERO));

    for (int day = 1; day < 7; day++) {
      world.set(START.plus(Duration.ofDays(day)));
      refresh.endAll("bob"); // lets the list forget what it may
    }
    assertThat(world.families.find(grant.access().session().key())).as("still there").isPresent();
    assertThat(refresh.redeem(grant.refresh(), STATE)).isEqualTo(rejected(Rejection.REVOKED));
  }

  @Test
  @DisplayName("open MUST refuse a blank subject")
  void blankSubject() {
    assertThatThrownBy(() -> world.refresh.open("", Map.of())).hasMessageContaining("blank");
    assertThat(world.refresh.open("alice", Map.of("x", "x".repeat(20_000))))
        .isInstanceOf(Redemption.TooLarge.class);
    assertThat(world.families.size()).isZero();
  }

  /** What an application calls that knows of no refresh tokens. */
  private enum FrontDoor {
    END_SESSION,
    END_TOKEN,
    END_ALL,
    LOGIN;

    void end(HybridSessions sessions, Grant access) {
      switch (this) {
        case END_SESSION -> sessions.end(access.session());
        case END_TOKEN -> sessions.end(access.credential());
        case END_ALL -> sessions.endAll("alice");
        case LOGIN -> sessions.login(access.session(), "alice", Map.of());
      }
    }
  }

  private void assertEnded(RefreshGrant grant) {
    assertThat(world.accepts(grant.access())).isFalse();
    assertThat(world.present(grant.refresh())).isEqualTo(rejected(Rejection.UNKNOWN));
  }
}
