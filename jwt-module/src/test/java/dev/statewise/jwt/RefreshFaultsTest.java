package dev.statewise.jwt;

import static dev.statewise.jwt.RefreshWorld.NEXT;
import static dev.statewise.jwt.RefreshWorld.OLD;
import static dev.statewise.jwt.RefreshWorld.POLICY;
import static dev.statewise.jwt.RefreshWorld.STATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.jwt.FaultyStore.Fault;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.session.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Refresh tokens when something fails or is replaced")
class RefreshFaultsTest {

  private final RefreshWorld world = new RefreshWorld();
  private final FaultyStore store = new FaultyStore(world.families);
  private final RefreshTokens refresh = world.node(store, RefreshKeys.of("old", OLD), POLICY);
  private final FaultyList list = new FaultyList(world.list);
  private final RefreshTokens unsure = world.node(store, list, RefreshKeys.of("old", OLD), POLICY);

  @ParameterizedTest
  @EnumSource(names = {"REPLACE_IS_LOST", "REPLY_TO_REPLACE_IS_LOST"})
  @DisplayName("a token whose redemption was not answered MUST bring one successor when retried")
  void unansweredReplace(Fault fault) {
    Credential token = RefreshWorld.open(refresh).refresh();
    store.fault = fault;
    assertThat(refresh.redeem(token, STATE)).isInstanceOf(Redemption.Unavailable.class);
    store.fault = Fault.NONE;

    Credential successor = RefreshWorld.redeem(refresh, token).refresh();

    assertThat(RefreshWorld.redeem(refresh, token).refresh()).isEqualTo(successor);
    assertThat(RefreshWorld.redeem(refresh, successor).refresh()).isNotEqualTo(successor);
    assertThat(world.told).contains("unavailable").doesNotContain("reused");
  }

  @Test
  @DisplayName("a retry on a node with another key MUST bring what the first node would have sent")
  void retriedElsewhere() {
    RefreshTokens other =
        world.node(store, RefreshKeys.of("next", NEXT).withOther("old", OLD), POLICY);
    Credential token = RefreshWorld.open(refresh).refresh();
    store.fault = Fault.REPLY_TO_REPLACE_IS_LOST;
    refresh.redeem(token, STATE);
    store.fault = Fault.NONE;

    Credential elsewhere = RefreshWorld.redeem(other, token).refresh();

    assertThat(elsewhere).isEqualTo(RefreshWorld.redeem(refresh, token).refresh());
  }

  @Test
  @DisplayName("a node that loses the race MUST send the winner's successor, whatever its own key")
  void losesTheRace() {
    RefreshTokens loser =
        world.node(store, RefreshKeys.of("old", OLD).withOther("next", NEXT), POLICY);
    RefreshTokens winner =
        world.node(store, RefreshKeys.of("next", NEXT).withOther("old", OLD), POLICY);
    Credential token = RefreshWorld.open(loser).refresh();
    AtomicReference<Credential> won = new AtomicReference<>(token);
    store.beforeNextReplace(() -> won.set(RefreshWorld.redeem(winner, token).refresh()));

    Credential sent = RefreshWorld.redeem(loser, token).refresh();

    assertThat(sent).isEqualTo(won.get()).isNotEqualTo(token);
  }

  @Test
  @DisplayName("a store that does not answer MUST make every verb Unavailable and change nothing")
  void outage() {
    RefreshGrant grant = RefreshWorld.open(refresh);
    store.fault = Fault.NOTHING_ANSWERS;

    assertThat(refresh.open("alice", Map.of())).isInstanceOf(Redemption.Unavailable.class);
    assertThat(refresh.redeem(grant.refresh(), STATE)).isInstanceOf(Redemption.Unavailable.class);
    assertThat(refresh.end(grant.refresh())).isInstanceOf(Unavailable.class);
    assertThat(world.accepts(grant.access())).isTrue();

    assertThat(refresh.end(grant.access().session())).isInstanceOf(Unavailable.class);
    assertThat(world.accepts(grant.access())).as("its access tokens are ended at least").isFalse();
    store.fault = Fault.NONE;
    assertThat(refresh.end(grant.refresh())).isEqualTo(new Ending.Ended(true, Duration.ZERO));
  }

  @Test
  @DisplayName("a logout that the list did not confirm MUST be done by the next, and only by that")
  void unconfirmedLogout() {
    RefreshGrant grant = RefreshWorld.open(unsure);
    for (FaultyList.Fault fault :
        List.of(
            FaultyList.Fault.NOTHING_ANSWERS,
            FaultyList.Fault.NOTHING_IS_CONFIRMED,
            FaultyList.Fault.NOTHING_IS_CONFIRMED)) {
      list.fault = fault;
      assertThat(unsure.end(grant.refresh()))
          .as("%s", fault)
          .isInstanceOfAny(Unavailable.class, Ending.Unconfirmed.class);
    }
    list.fault = FaultyList.Fault.NONE;

    assertThat(unsure.end(grant.refresh())).isEqualTo(new Ending.Ended(true, FaultyList.STALENESS));

    assertThat(world.accepts(grant.access())).isFalse();
    assertThat(world.families.size()).isZero();
  }

  @Test
  @DisplayName("a reuse that the list did not answer MUST be found again, and end every token")
  void unansweredReuse() {
    RefreshGrant first = RefreshWorld.open(unsure);
    RefreshGrant second = RefreshWorld.redeem(unsure, first.refresh());
    world.advance(POLICY.grace());
    list.fault = FaultyList.Fault.NOTHING_ANSWERS;
    assertThat(unsure.redeem(first.refresh(), STATE)).isInstanceOf(Redemption.Unavailable.class);
    list.fault = FaultyList.Fault.NONE;

    assertThat(unsure.redeem(first.refresh(), STATE)).isInstanceOf(Redemption.Reused.class);

    assertThat(world.accepts(second.access())).isFalse();
    assertThat(world.families.size()).isZero();
  }

  @Test
  @DisplayName("a reuse MUST delete the family when the list did not confirm: nobody asks again")
  void unconfirmedReuse() {
    RefreshGrant first = RefreshWorld.open(unsure);
    RefreshWorld.redeem(unsure, first.refresh());
    world.advance(POLICY.grace());
    list.fault = FaultyList.Fault.NOTHING_IS_CONFIRMED;

    assertThat(unsure.redeem(first.refresh(), STATE)).isInstanceOf(Redemption.Reused.class);

    assertThat(world.families.size()).isZero();
  }

  @Test
  @DisplayName("a family that was deleted during a redemption MUST NOT bring anything")
  void deletedMeanwhile() {
    Credential token = RefreshWorld.open(refresh).refresh();
    store.beforeNextReplace(() -> world.refresh.end(token));

    assertThat(refresh.redeem(token, STATE)).isEqualTo(RefreshWorld.rejected(Rejection.UNKNOWN));
  }

  @Test
  @DisplayName("the grace MUST begin when the successor is made, however long the state took")
  void slowState() {
    RefreshGrant first = RefreshWorld.open(refresh);
    Redemption slow =
        refresh.redeem(
            first.refresh(),
            (subject, session) -> {
              world.advance(POLICY.grace().plusSeconds(1));
              return Map.of();
            });
    Credential second = ((Redemption.Redeemed) slow).grant().refresh();
    world.advance(POLICY.grace().minusMillis(1));

    assertThat(RefreshWorld.redeem(refresh, first.refresh()).refresh()).isEqualTo(second);
    assertThat(world.families.find(first.access().session().key()).orElseThrow().lastSeen())
        .as("an ending meanwhile is kept for the idle timeout, counted from then")
        .isEqualTo(RefreshWorld.START);
  }

  @Test
  @DisplayName("one name for two secrets MUST be an outage, and MUST NOT end anything")
  void twoSecretsOfOneName() {
    RefreshTokens other = world.node(store, RefreshKeys.of("old", NEXT), POLICY);
    Credential first = RefreshWorld.open(refresh).refresh();
    Credential second = RefreshWorld.redeem(refresh, first).refresh();

    assertThat(other.redeem(first, STATE))
        .isInstanceOfSatisfying(
            Redemption.Unavailable.class,
            unavailable ->
                assertThat(unavailable.cause()).hasMessageContaining("another secret", "'old'"));

    assertThat(RefreshWorld.redeem(refresh, first).refresh()).isEqualTo(second);
    assertThat(RefreshWorld.redeem(other, second)).as("its own token needs no key").isNotNull();
  }

  @Test
  @DisplayName("a logout everywhere MUST be kept until no clock lets a family live, list stale too")
  void endAllIsKept() {
    Duration skew = Duration.ofSeconds(30);
    RefreshTokens skewed =
        world.node(store, list, RefreshKeys.of("old", OLD), POLICY.withClockSkew(skew));

    skewed.endAll("alice");

    assertThat(list.lastUntil)
        .isAfterOrEqualTo(
            list.floor("alice")
                .plus(POLICY.lifetime())
                .plus(FaultyList.STALENESS)
                .plus(skew.multipliedBy(2)));
  }

  @Test
  @DisplayName("a family MUST be asked for at the source, past any copy")
  void atTheSource() {
    Credential first = RefreshWorld.open(refresh).refresh();
    Credential second = RefreshWorld.redeem(refresh, first).refresh();

    assertThat(RefreshWorld.redeem(refresh, second).refresh()).isNotEqualTo(second);
  }

  @Test
  @DisplayName("keys MUST rotate without a refusal, a former one known for the grace alone")
  void keysRotate() {
    RefreshTokens knows =
        world.node(store, RefreshKeys.of("old", OLD).withOther("next", NEXT), POLICY);
    RefreshTokens uses =
        world.node(store, RefreshKeys.of("next", NEXT).withOther("old", OLD), POLICY);
    RefreshTokens forgot = world.node(store, RefreshKeys.of("next", NEXT), POLICY);
    Credential first = RefreshWorld.open(refresh).refresh();

    Credential second = RefreshWorld.redeem(uses, first).refresh();
    assertThat(RefreshWorld.redeem(knows, first).refresh()).isEqualTo(second);
    Credential third = RefreshWorld.redeem(knows, second).refresh();
    assertThat(RefreshWorld.redeem(uses, second).refresh()).isEqualTo(third);

    assertThat(forgot.redeem(second, STATE))
        .as("within the grace")
        .isInstanceOfSatisfying(
            Redemption.Unavailable.class,
            unavailable -> assertThat(unavailable.cause()).hasMessageContaining("'old'"));
    assertThat(RefreshWorld.redeem(forgot, third)).as("its own token needs no key").isNotNull();
  }

  @Test
  @DisplayName("what is stored MUST hold no secret, and no half of one")
  void storesNoSecret() {
    Credential first = RefreshWorld.open(refresh).refresh();
    Credential second = RefreshWorld.redeem(refresh, first).refresh();

    Session record =
        world
            .families
            .find(RefreshToken.parse(first.value()).orElseThrow().session())
            .orElseThrow();

    String kept = record.attributes() + record.secretHash().toString() + record;
    for (Credential token : new Credential[] {first, second}) {
      assertThat(kept)
          .doesNotContain(token.value().substring(18, 42))
          .doesNotContain(token.value().substring(42));
    }
    assertThat(record.attributes()).containsOnlyKeys("family", "before", "rotated", "key");
    assertThat(record.stateBytes()).isLessThan(256);
  }

  @Test
  @DisplayName("a stolen server key MUST NOT be enough to make a token of a family")
  void keyAlone() {
    Credential token = RefreshWorld.open(refresh).refresh();
    RefreshToken honest = RefreshToken.parse(token.value()).orElseThrow();
    Hmac key = java.util.Objects.requireNonNull(RefreshKeys.of("old", OLD).find("old"));

    assertThat(honest.generation(1, key)).isEqualTo(honest);
    assertThat(
            new RefreshToken(honest.session(), "A".repeat(24), "A".repeat(24))
                .generation(1, key)
                .ofGeneration())
        .isNotEqualTo(honest.ofGeneration());
  }

  @Test
  @DisplayName("a wrong setting MUST be refused when it is made, with its value and the remedy")
  void settings() {
    assertThatThrownBy(() -> POLICY.withAccessLife(Duration.ofDays(7)))
        .hasMessageContaining("PT168H");
    assertThatThrownBy(() -> POLICY.withGrace(Duration.ofMinutes(6))).hasMessageContaining("PT6M");
    assertThatThrownBy(() -> POLICY.withGrace(Duration.ofMillis(-1))).hasMessageContaining("grace");
    assertThatThrownBy(() -> POLICY.withFamily(Duration.ofDays(8), Duration.ofDays(7)))
        .hasMessageContaining("PT192H");
    assertThatThrownBy(() -> POLICY.withClockSkew(Duration.ofMinutes(11)))
        .hasMessageContaining("PT11M");
    assertThatThrownBy(() -> POLICY.withAccessLife(Duration.ofMillis(1_500)))
        .hasMessageContaining("PT1.5S");
    assertThatThrownBy(() -> RefreshKeys.of("a b", OLD)).hasMessageContaining("kid");
    assertThatThrownBy(() -> RefreshKeys.of("a", new byte[31])).hasMessageContaining("31 bytes");
    assertThatThrownBy(() -> RefreshKeys.of("a", OLD).withOther("a", NEXT))
        .hasMessageContaining("'a'");
    assertThat(POLICY.withGrace(Duration.ZERO).grace()).isZero();
  }
}
