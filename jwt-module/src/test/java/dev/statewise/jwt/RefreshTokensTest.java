package dev.statewise.jwt;

import static dev.statewise.jwt.RefreshWorld.POLICY;
import static dev.statewise.jwt.RefreshWorld.START;
import static dev.statewise.jwt.RefreshWorld.STATE;
import static dev.statewise.jwt.RefreshWorld.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Credential;
import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Refresh tokens")
class RefreshTokensTest {

  private static final Duration GRACE = POLICY.grace();

  private final RefreshWorld world = new RefreshWorld();

  @Test
  @DisplayName("a redemption MUST bring the next refresh token and an access token of the session")
  void redeems() {
    RefreshGrant first = world.open();
    world.advance(Duration.ofMinutes(10));
    assertThat(world.accepts(first.access())).as("the first, at its end").isFalse();

    RefreshGrant second = world.redeem(first.refresh());

    assertThat(second.refresh()).isNotEqualTo(first.refresh());
    Session session =
        world.sessions.validate(second.access().credential()).acceptedOrThrow().session();
    assertThat(session.key()).isEqualTo(first.access().session().key());
    assertThat(session.subject()).isEqualTo("alice");
    assertThat(session.createdAt()).isEqualTo(first.access().session().createdAt());
    assertThat(session.attributes()).isEqualTo(Map.of("role", "of alice"));
    assertThat(session.version()).isGreaterThan(first.access().session().version());
  }

  @Test
  @DisplayName("an access token MUST live for accessLife and MUST NOT be renewed by use")
  void accessTokenIsNotRenewed() {
    RefreshGrant first = world.open();
    RefreshGrant second = world.redeem(first.refresh());
    for (RefreshGrant grant : new RefreshGrant[] {first, second}) {
      Instant end = grant.access().session().end();
      assertThat(Duration.between(START, end))
          .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }
    while (world.accepts(second.access())) {
      Validation.Accepted accepted =
          world.sessions.validate(second.access().credential()).acceptedOrThrow();
      assertThat(accepted.renewal()).isEmpty();
      world.advance(Duration.ofSeconds(5));
    }
    assertThat(world.clock.instant())
        .isBeforeOrEqualTo(START.plus(POLICY.accessLife()).plusSeconds(5));
  }

  @Test
  @DisplayName("within the grace the token before MUST bring the same successor, again and again")
  void sameSuccessorWithinGrace() {
    RefreshGrant first = world.open();
    RefreshGrant second = world.redeem(first.refresh());

    for (Duration later : new Duration[] {Duration.ZERO, GRACE.minusMillis(1)}) {
      world.set(START.plus(later));
      RefreshGrant again = world.redeem(first.refresh());
      assertThat(again.refresh()).isEqualTo(second.refresh());
      assertThat(world.accepts(again.access())).isTrue();
    }
    assertThat(world.told).doesNotContain("reused");
    assertThat(world.redeem(second.refresh()).refresh()).isNotEqualTo(second.refresh());
  }

  @Test
  @DisplayName("at the end of the grace the token before MUST end the family and all its tokens")
  void reuseAfterGrace() {
    RefreshGrant first = world.open();
    RefreshGrant second = world.redeem(first.refresh());
    world.set(START.plus(GRACE));

    assertThat(world.present(first.refresh()))
        .isEqualTo(new Redemption.Reused(first.access().session().key()));

    assertThat(world.told).containsOnlyOnce("reused");
    assertThat(world.accepts(first.access())).isFalse();
    assertThat(world.accepts(second.access())).isFalse();
    assertThat(world.present(second.refresh())).isEqualTo(rejected(Rejection.UNKNOWN));
    assertThat(world.present(first.refresh())).isEqualTo(rejected(Rejection.UNKNOWN));
    assertThat(world.families.size()).isZero();
  }

  @Test
  @DisplayName("clocks that differ as far as they may MUST NOT make an honest retry a reuse")
  void graceAllowsForSkew() {
    RefreshPolicy skewed = POLICY.withClockSkew(Duration.ofSeconds(30));
    RefreshTokens node =
        world.node(world.families, RefreshKeys.of("old", RefreshWorld.OLD), skewed);
    RefreshGrant first = RefreshWorld.open(node);
    RefreshGrant second = RefreshWorld.redeem(node, first.refresh());

    world.set(START.plus(GRACE).plusSeconds(30).minusMillis(1));
    assertThat(RefreshWorld.redeem(node, first.refresh()).refresh()).isEqualTo(second.refresh());

    world.set(START.minusSeconds(30));
    assertThat(RefreshWorld.redeem(node, first.refresh()).refresh())
        .as("on a node that is behind")
        .isEqualTo(second.refresh());

    world.set(START.plus(GRACE).plusSeconds(30));
    assertThat(node.redeem(first.refresh(), STATE)).isInstanceOf(Redemption.Reused.class);
  }

  @Test
  @DisplayName("an older token MUST end nothing while its own grace runs, and bring nothing")
  void overtakenWithinGrace() {
    RefreshGrant first = world.open();
    Credential token = world.redeem(first.refresh()).refresh();
    for (int i = 0; i < 4; i++) {
      token = world.redeem(token).refresh();
    }
    world.set(START.plus(GRACE).minusMillis(1));

    assertThat(world.present(first.refresh())).isEqualTo(rejected(Rejection.UNKNOWN));

    assertThat(world.told).doesNotContain("reused");
    assertThat(world.redeem(token)).isNotNull();
  }

  @Test
  @DisplayName("an older token MUST be a reuse at the end of its own grace, not of a newer one's")
  void overtakenAfterGrace() {
    RefreshGrant first = world.open();
    Credential token = world.redeem(first.refresh()).refresh();
    for (int i = 1; i < 4; i++) {
      world.set(START.plus(GRACE.dividedBy(4).multipliedBy(i)));
      token = world.redeem(token).refresh();
    }
    world.set(START.plus(GRACE));

    assertThat(world.present(first.refresh())).isInstanceOf(Redemption.Reused.class);

    assertThat(world.present(token)).isEqualTo(rejected(Rejection.UNKNOWN));
  }

  @Test
  @DisplayName("an older token MUST be a reuse at once after more redemptions than are honest")
  void overtakenTooOften() {
    RefreshGrant first = world.open();
    Credential token = first.refresh();
    for (int i = 0; i < 6; i++) {
      token = world.redeem(token).refresh();
    }
    Session record = world.families.find(first.access().session().key()).orElseThrow();
    assertThat(record.stateBytes()).isLessThan(512);

    assertThat(world.present(first.refresh())).isInstanceOf(Redemption.Reused.class);
  }

  @Test
  @DisplayName("a token of long ago MUST be a reuse, also when the key that made it is gone")
  void longAgo() {
    RefreshGrant first = world.open();
    Credential current = first.refresh();
    RefreshTokens other =
        world.node(world.families, RefreshKeys.of("next", RefreshWorld.NEXT), POLICY);
    for (int i = 0; i < 500; i++) {
      world.advance(Duration.ofMinutes(10));
      current = RefreshWorld.redeem(other, current).refresh();
    }

    assertThat(other.redeem(first.refresh(), STATE)).isInstanceOf(Redemption.Reused.class);
    assertThat(other.redeem(current, STATE)).isEqualTo(rejected(Rejection.UNKNOWN));
  }

  @Test
  @DisplayName("a key with another secret MUST be UNKNOWN and MUST NOT end anything")
  void guess() {
    RefreshGrant first = world.open();
    String text = first.refresh().value();
    String key = text.substring(0, 18);

    Credential guessed = Credential.of(key + "A".repeat(48));
    Credential secondHalfRight = Credential.of(key + "A".repeat(24) + text.substring(42));
    assertThat(world.present(guessed)).isEqualTo(rejected(Rejection.UNKNOWN));
    assertThat(world.present(secondHalfRight)).isEqualTo(rejected(Rejection.UNKNOWN));
    world.refresh.end(guessed);

    assertThat(world.redeem(first.refresh())).isNotNull();
  }

  @Test
  @DisplayName("a guess at the next token by who holds an old one MUST be a reuse")
  void guessedSuccessor() {
    RefreshGrant first = world.open();
    String family = first.refresh().value().substring(0, 42);

    assertThat(world.present(Credential.of(family + "A".repeat(24))))
        .isInstanceOf(Redemption.Reused.class);
  }

  @Test
  @DisplayName("a family MUST be dead at its idle timeout, and alive a millisecond before")
  void idleTimeout() {
    RefreshGrant first = world.open();
    world.set(START.plus(POLICY.idleTimeout()).minusMillis(1));
    RefreshGrant second = world.redeem(first.refresh());

    world.advance(POLICY.idleTimeout());

    assertThat(world.present(second.refresh())).isEqualTo(rejected(Rejection.EXPIRED));
    assertThat(world.present(first.refresh())).as("no news").isEqualTo(rejected(Rejection.EXPIRED));
  }

  @Test
  @DisplayName("a family MUST be dead at its lifetime however often it was refreshed")
  void lifetime() {
    Credential token = world.open().refresh();
    for (int day = 1; day < 30; day++) {
      world.set(START.plus(Duration.ofDays(day)));
      token = world.redeem(token).refresh();
    }
    world.set(START.plus(POLICY.lifetime()).minusMillis(1));
    RefreshGrant last = world.redeem(token);
    assertThat(last.access().session().end())
        .as("no access token beyond it")
        .isBeforeOrEqualTo(START.plus(POLICY.lifetime()));

    world.set(START.plus(POLICY.lifetime()));

    assertThat(world.present(last.refresh())).isEqualTo(rejected(Rejection.EXPIRED));
  }

  @Test
  @DisplayName("a tighter policy MUST hold at once for families from before")
  void tighterPolicy() {
    RefreshGrant first = world.open();
    RefreshTokens tighter =
        world.node(
            world.families,
            RefreshKeys.of("old", RefreshWorld.OLD),
            POLICY.withFamily(Duration.ofHours(1), Duration.ofDays(1)));
    world.advance(Duration.ofHours(1));

    assertThat(tighter.redeem(first.refresh(), STATE)).isEqualTo(rejected(Rejection.EXPIRED));
    RefreshGrant second = world.redeem(first.refresh());

    RefreshTokens shorter =
        world.node(
            world.families,
            RefreshKeys.of("old", RefreshWorld.OLD),
            POLICY.withFamily(Duration.ofDays(2), Duration.ofDays(2)));
    world.set(START.plus(Duration.ofDays(1)));
    RefreshGrant third = world.redeem(second.refresh());
    world.set(START.plus(Duration.ofDays(2)));
    assertThat(shorter.redeem(third.refresh(), STATE))
        .as("as old as it may be now, though seen a day ago")
        .isEqualTo(rejected(Rejection.EXPIRED));
  }

  @Test
  @DisplayName("of threads that present one token at once all MUST get the same one successor")
  void race() throws InterruptedException {
    Credential token = world.open().refresh();
    for (int round = 0; round < 50; round++) {
      Credential presented = token;
      Set<Credential> successors = java.util.Collections.synchronizedSet(new HashSet<>());
      CountDownLatch go = new CountDownLatch(1);
      Thread[] threads =
          IntStream.range(0, 16)
              .mapToObj(
                  i ->
                      new Thread(
                          () -> {
                            await(go);
                            successors.add(world.redeem(presented).refresh());
                          }))
              .toArray(Thread[]::new);
      for (Thread thread : threads) {
        thread.start();
      }
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(successors).hasSize(1);
      token = successors.iterator().next();
    }
  }

  @Test
  @DisplayName("a session that was rotated meanwhile MUST be refreshed above its floor")
  void rotatedSession() {
    RefreshGrant first = world.open();
    Session session = first.access().session();
    for (int i = 0; i < 5; i++) {
      session = world.sessions.rotate(session).savedOrThrow().session();
    }
    assertThat(world.accepts(first.access())).as("the token before the rotations").isFalse();

    RefreshGrant second = world.redeem(first.refresh());

    assertThat(world.accepts(second.access())).isTrue();
  }

  @Test
  @DisplayName("a state that fails or does not fit MUST NOT use the token up")
  void stateFails() {
    RefreshGrant first = world.open();

    assertThatThrownBy(
            () ->
                world.refresh.redeem(
                    first.refresh(),
                    (subject, session) -> {
                      throw new IllegalStateException("the directory is down");
                    }))
        .hasMessage("the directory is down");
    assertThat(
            world.refresh.redeem(
                first.refresh(), (subject, session) -> Map.of("x", "x".repeat(20_000))))
        .isInstanceOf(Redemption.TooLarge.class);

    world.advance(GRACE.multipliedBy(2));
    assertThat(world.redeem(first.refresh())).isNotNull();
  }

  @Test
  @DisplayName("what is no family of ours MUST be UNKNOWN, and told as a finding")
  void foreignRecord() {
    RefreshGrant first = world.open();
    Session record = world.families.find(first.access().session().key()).orElseThrow();
    world.families.replace(record.withAttributes(Map.of("cart", "42")).next(START));

    assertThat(world.present(first.refresh())).isEqualTo(rejected(Rejection.UNKNOWN));
    assertThat(world.told).contains("finding");
  }

  @Test
  @DisplayName("a listener that throws MUST NOT keep a family alive")
  void throwingListener() {
    RefreshGrant first = world.open();
    RefreshTokens told =
        world.refresh.withListener(
            new dev.statewise.SessionListener() {
              @Override
              public void reused(dev.statewise.session.SessionKey session) {
                throw new StackOverflowError();
              }
            });
    RefreshWorld.redeem(told, RefreshWorld.redeem(told, first.refresh()).refresh());
    world.advance(GRACE);

    assertThat(told.redeem(first.refresh(), STATE)).isInstanceOf(Redemption.Reused.class);
    assertThat(world.families.size()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
