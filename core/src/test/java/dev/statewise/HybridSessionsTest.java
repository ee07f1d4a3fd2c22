package dev.statewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.memory.InMemoryRevocationList;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Grant;
import dev.statewise.session.NotKept;
import dev.statewise.session.Rejection;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.session.TooLarge;
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ListTraits;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Sessions in tokens, with and without a revocation list")
class HybridSessionsTest {

  private static final SessionPolicy POLICY =
      SessionPolicy.builder()
          .idleTimeout(Duration.ofMinutes(8))
          .absoluteLifetime(Duration.ofHours(1))
          .build();

  private final HandClock clock = new HandClock();
  private final RememberedTokens tokens = new RememberedTokens();
  private final InMemoryRevocationList list = InMemoryRevocationList.create(clock);
  private final HybridSessions hybrid = HybridSessions.over(tokens, list, POLICY).withClock(clock);
  private final StatelessSessions stateless =
      StatelessSessions.over(tokens, POLICY).withClock(clock);

  @Test
  @DisplayName("an ended session MUST be refused, with every token it ever had")
  void endedStaysEnded() {
    Grant grant = open(hybrid);
    Grant saved =
        hybrid.save(grant.session().with("a", "1")).savedOrThrow().renewal().orElseThrow();

    assertThat(hybrid.end(grant.credential())).isEqualTo(new Ending.Ended(true, Duration.ZERO));

    assertThat(reject(hybrid, grant.credential())).isEqualTo(Rejection.REVOKED);
    assertThat(reject(hybrid, saved.credential())).isEqualTo(Rejection.REVOKED);
    assertThat(hybrid.save(saved.session())).isEqualTo(new SaveResult.Gone());
    assertThat(hybrid.rotate(saved.session())).isEqualTo(new SaveResult.Gone());
    assertThat(hybrid.end(grant.credential())).isEqualTo(new Ending.Ended(false, Duration.ZERO));
  }

  @Test
  @DisplayName("a refusal MUST outlast every token that a node may still mint")
  void refusalOutlastsTokens() {
    Grant grant = open(hybrid);
    hybrid.end(grant.credential());

    for (int minute = 0; minute < 60; minute++) {
      clock.advance(Duration.ofMinutes(1));
      hybrid.end(open(hybrid).credential());
      assertThat(hybrid.validate(grant.credential()).accepted()).isEmpty();
    }
  }

  @Test
  @DisplayName("a rotation MUST kill every token before it, a stolen one too")
  void rotationKillsOlder() {
    Grant grant = open(hybrid);
    Grant saved = hybrid.save(grant.session()).savedOrThrow().renewal().orElseThrow();

    SaveResult.Saved rotated = hybrid.rotate(saved.session()).savedOrThrow();

    assertThat(rotated.session().version()).isEqualTo(1L << 32);
    assertThat(reject(hybrid, grant.credential())).isEqualTo(Rejection.REVOKED);
    assertThat(reject(hybrid, saved.credential())).isEqualTo(Rejection.REVOKED);
    assertThat(hybrid.validate(rotated.renewal().orElseThrow().credential()).accepted())
        .contains(rotated.session());
    assertThat(hybrid.rotate(saved.session()))
        .as("the loser of two rotations at once")
        .isEqualTo(new SaveResult.Conflict(Optional.empty()));
  }

  @Test
  @DisplayName("a stolen token that a rotation has overtaken MUST NOT log its victim out")
  void overtakenTokenEndsNothing() {
    Grant stolen = open(hybrid);
    Grant current = hybrid.rotate(stolen.session()).savedOrThrow().renewal().orElseThrow();

    assertThat(hybrid.end(stolen.credential())).isEqualTo(new Ending.Ended(false, Duration.ZERO));

    assertThat(hybrid.validate(current.credential()).accepted()).isPresent();
  }

  @Test
  @DisplayName("an expired authentic token MUST still end the session, for a newer one may live")
  void expiredTokenEnds() {
    Grant old = open(hybrid);
    clock.advance(Duration.ofMinutes(7));
    Grant renewed = renewal(hybrid.validate(old.credential()));
    clock.advance(Duration.ofMinutes(2));

    assertThat(reject(hybrid, old.credential())).isEqualTo(Rejection.EXPIRED);
    assertThat(hybrid.end(old.credential())).isEqualTo(new Ending.Ended(true, Duration.ZERO));
    assertThat(reject(hybrid, renewed.credential())).isEqualTo(Rejection.REVOKED);
  }

  @Test
  @DisplayName(
      "a logout everywhere MUST end every session, and a login in the same millisecond MUST live")
  void endsAll() {
    Grant one = open(hybrid);
    Grant other = open(hybrid);
    Grant bob = hybrid.open("bob", Map.of()).grantOrThrow();

    assertThat(hybrid.endAll("alice")).isEqualTo(new Ending.Ended(true, Duration.ZERO));
    Grant again = open(hybrid);

    assertThat(reject(hybrid, one.credential())).isEqualTo(Rejection.REVOKED);
    assertThat(reject(hybrid, other.credential())).isEqualTo(Rejection.REVOKED);
    assertThat(hybrid.validate(again.credential()).accepted()).isPresent();
    assertThat(hybrid.validate(bob.credential()).accepted()).isPresent();
    assertThat(hybrid.save(one.session())).isEqualTo(new SaveResult.Gone());

    hybrid.endAll("alice");
    assertThat(reject(hybrid, again.credential())).isEqualTo(Rejection.REVOKED);
    assertThat(hybrid.validate(open(hybrid).credential()).accepted()).isPresent();
  }

  @Test
  @DisplayName("without the replay guard saves MUST NOT conflict; with it one of two MUST")
  void replayGuard() {
    Grant plain = open(hybrid);
    assertThat(hybrid.save(plain.session())).isInstanceOf(SaveResult.Saved.class);
    assertThat(hybrid.save(plain.session())).isInstanceOf(SaveResult.Saved.class);

    HybridSessions guarded = hybrid.withReplayGuard();
    Grant grant = open(guarded);
    assertThat(guarded.save(grant.session())).isInstanceOf(SaveResult.Saved.class);
    assertThat(guarded.save(grant.session())).isEqualTo(new SaveResult.Conflict(Optional.empty()));
    assertThat(reject(guarded, grant.credential())).isEqualTo(Rejection.REVOKED);
    assertThat(guarded.guarantees().detectsConflicts()).isTrue();
    assertThat(hybrid.guarantees().detectsConflicts()).isFalse();
  }

  @Test
  @DisplayName("a login MUST refuse the session before")
  void loginEndsBefore() {
    Grant visitor = hybrid.openAnonymous(Map.of("cart", "42")).grantOrThrow();

    Grant alice =
        hybrid.login(visitor.session(), "alice", visitor.session().attributes()).grantOrThrow();

    assertThat(reject(hybrid, visitor.credential())).isEqualTo(Rejection.REVOKED);
    assertThat(hybrid.validate(alice.credential()).accepted().orElseThrow().attribute("cart"))
        .contains("42");
  }

  @Test
  @DisplayName(
      "a list that does not answer MUST make every verb Unavailable, never accept or reject")
  void outage() {
    Grant grant = open(hybrid);
    HybridSessions down = HybridSessions.over(tokens, new DownList(), POLICY).withClock(clock);

    assertThat(down.validate(grant.credential())).isInstanceOf(Unavailable.class);
    assertThat(down.open("alice", Map.of())).isInstanceOf(Unavailable.class);
    assertThat(down.login(grant.session(), "alice", Map.of())).isInstanceOf(Unavailable.class);
    assertThat(down.save(grant.session())).isInstanceOf(Unavailable.class);
    assertThat(down.rotate(grant.session())).isInstanceOf(Unavailable.class);
    assertThat(down.end(grant.credential())).isInstanceOf(Unavailable.class);
    assertThat(down.end(grant.session())).isInstanceOf(Unavailable.class);
    assertThat(down.endAll("alice")).isInstanceOf(Unavailable.class);
    assertThat(reject(down, Credential.of("junk"))).isEqualTo(Rejection.MALFORMED);
  }

  @Test
  @DisplayName("ending again what replicas did not acknowledge MUST ask them again, until they do")
  void endsAgainUntilConfirmed() {
    LateReplicas late = new LateReplicas();
    HybridSessions replicated = HybridSessions.over(tokens, late, POLICY).withClock(clock);
    Credential credential = open(hybrid).credential();

    assertThat(replicated.end(credential)).isInstanceOf(Ending.Unconfirmed.class);
    assertThat(replicated.end(credential)).isInstanceOf(Ending.Unconfirmed.class);

    late.acknowledge = true;
    assertThat(replicated.end(credential)).isEqualTo(new Ending.Ended(false, LateReplicas.BEHIND));
  }

  @Test
  @DisplayName("ending a refused session MUST NOT promise sooner than the other nodes may know")
  void endingARefusedSession() {
    LateReplicas late = new LateReplicas();
    HybridSessions behind = HybridSessions.over(tokens, late, POLICY).withClock(clock);
    Grant stolen = open(hybrid);
    late.refuseBelow(stolen.session().key(), 2, Instant.MAX);

    assertThat(behind.end(stolen.credential()))
        .isEqualTo(new Ending.Ended(false, LateReplicas.BEHIND));
    assertThat(late.refused(stolen.session().key())).isEqualTo(2);
  }

  @Test
  @DisplayName("an unconfirmed refusal MUST be reported, and MUST NOT hand out a rotated token")
  void unconfirmed() {
    Grant grant = open(hybrid);
    HybridSessions unsure =
        HybridSessions.over(tokens, new UnconfirmedList(), POLICY).withClock(clock);

    assertThat(unsure.end(grant.credential())).isInstanceOf(Ending.Unconfirmed.class);
    assertThat(unsure.rotate(grant.session())).isInstanceOf(Unavailable.class);
  }

  @Test
  @DisplayName("a token from before the policy was tightened MUST NOT outlive its refusal")
  void tighterPolicyHoldsAtOnce() {
    SessionPolicy longer =
        SessionPolicy.builder()
            .idleTimeout(Duration.ofMinutes(50))
            .absoluteLifetime(Duration.ofHours(1))
            .build();
    Grant grant = open(HybridSessions.over(tokens, list, longer).withClock(clock));
    hybrid.end(grant.credential());

    while (clock.instant().isBefore(grant.session().end())) {
      assertThat(hybrid.validate(grant.credential()).accepted()).isEmpty();
      clock.advance(Duration.ofSeconds(30));
      hybrid.end(open(hybrid).credential());
    }
  }

  @Test
  @DisplayName("an expired session MUST NOT be saved by lengthening its idle timeout first")
  void lengtheningDoesNotRevive() {
    SessionPolicy roomy =
        SessionPolicy.builder()
            .idleTimeout(Duration.ofMinutes(8))
            .maxIdleTimeout(Duration.ofMinutes(30))
            .build();
    Sessions[] all = {
      HybridSessions.over(tokens, list, roomy).withClock(clock),
      HybridSessions.over(tokens, list, roomy).withClock(clock).withReplayGuard(),
      StatelessSessions.over(tokens, roomy).withClock(clock)
    };
    for (Sessions sessions : all) {
      Session session = open(sessions).session();
      clock.set(session.end());
      Session longer = session.withIdleTimeout(Duration.ofMinutes(30));

      assertThat(sessions.save(longer)).isEqualTo(new SaveResult.Gone());
      assertThat(sessions.rotate(longer)).isEqualTo(new SaveResult.Gone());
      assertThat(sessions.update(session, s -> s.withIdleTimeout(Duration.ofMinutes(30))))
          .isEqualTo(new SaveResult.Gone());
    }
  }

  @Test
  @DisplayName(
      "with the replay guard a rotation of superseded state MUST be a conflict and kill nothing")
  void guardedRotationOfOldState() {
    HybridSessions guarded = hybrid.withReplayGuard();
    Grant old = guarded.open("alice", Map.of("role", "admin")).grantOrThrow();
    Grant saved =
        guarded.save(old.session().with("role", "user")).savedOrThrow().renewal().orElseThrow();

    assertThat(guarded.rotate(old.session())).isEqualTo(new SaveResult.Conflict(Optional.empty()));

    assertThat(guarded.validate(saved.credential()).accepted()).contains(saved.session());
    assertThat(guarded.rotate(saved.session())).isInstanceOf(SaveResult.Saved.class);
  }

  @Test
  @DisplayName(
      "a session that was overtaken, however far, MUST be a conflict; Gone is for the ended")
  void overtakenIsNotGone() {
    HybridSessions guarded = hybrid.withReplayGuard();
    Grant old = open(guarded);
    Session current = old.session();
    for (int i = 0; i < 3; i++) {
      current = guarded.save(current).savedOrThrow().session();
      assertThat(guarded.save(old.session())).isEqualTo(new SaveResult.Conflict(Optional.empty()));
    }
    current = guarded.rotate(current).savedOrThrow().session();
    current = guarded.rotate(current).savedOrThrow().session();

    assertThat(guarded.rotate(old.session())).isEqualTo(new SaveResult.Conflict(Optional.empty()));
    assertThat(hybrid.save(old.session())).isEqualTo(new SaveResult.Conflict(Optional.empty()));
    hybrid.end(current);
    assertThat(guarded.rotate(old.session())).isEqualTo(new SaveResult.Gone());
    assertThat(guarded.save(current)).isEqualTo(new SaveResult.Gone());
    assertThat(hybrid.save(old.session())).isEqualTo(new SaveResult.Gone());
  }

  @Test
  @DisplayName("a rotation MUST NOT take an idle timeout above the policy's")
  void rotationKeepsPolicy() {
    Grant grant = open(hybrid);
    Session longer = grant.session().withIdleTimeout(Duration.ofMinutes(9));

    assertThatThrownBy(() -> hybrid.rotate(longer)).hasMessageContaining("PT9M");
    assertThatThrownBy(() -> stateless.rotate(longer)).hasMessageContaining("PT9M");
  }

  @Test
  @DisplayName(
      "where every session is refused for years, opening MUST be Unavailable, not an exception")
  void refusedForYears() {
    list.refuseAllCreatedBefore(Instant.MAX, Instant.MAX);

    assertThat(hybrid.open("alice", Map.of())).isInstanceOf(Unavailable.class);
    assertThat(hybrid.openAnonymous(Map.of())).isInstanceOf(Unavailable.class);
  }

  @Test
  @DisplayName("a policy with a shorter lifetime MUST hold at once")
  void shorterLifetimeHoldsAtOnce() {
    SessionPolicy long30 =
        SessionPolicy.builder()
            .idleTimeout(Duration.ofMinutes(8))
            .absoluteLifetime(Duration.ofDays(30))
            .build();
    StatelessSessions before = StatelessSessions.over(tokens, long30).withClock(clock);
    Credential credential = open(before).credential();
    for (int i = 0; i < 15; i++) {
      clock.advance(Duration.ofMinutes(6));
      credential = renewal(before.validate(credential)).credential();
    }

    assertThat(reject(stateless, credential)).isEqualTo(Rejection.EXPIRED);
  }

  @Test
  @DisplayName("stateless: an ending MUST be NotKept for the rest of the token's life")
  void statelessEndsNothing() {
    Grant grant = open(stateless);
    clock.advance(Duration.ofSeconds(30));

    Ending ending = stateless.end(grant.credential());

    assertThat(((NotKept) ending).refusedWithin()).isEqualTo(Duration.ofSeconds(7 * 60 + 30));
    assertThat(stateless.end(grant.session())).isEqualTo(ending);
    assertThat(stateless.end(grant.session().withIdleTimeout(Duration.ofSeconds(1))))
        .as("a change that was not saved")
        .isEqualTo(ending);
    assertThat(((NotKept) stateless.endAll("alice")).refusedWithin())
        .isEqualTo(POLICY.absoluteLifetime());
    assertThat(stateless.list("alice")).isInstanceOf(NotKept.class);
    assertThat(stateless.validate(grant.credential()).accepted()).isPresent();
  }

  @Test
  @DisplayName("stateless: every save MUST send a new token, and none MUST conflict")
  void statelessSaves() {
    Grant grant = open(stateless);

    SaveResult.Saved saved = stateless.save(grant.session().with("a", "1")).savedOrThrow();
    SaveResult.Saved again =
        stateless.update(grant.session(), s -> s.with("b", "2")).savedOrThrow();

    assertThat(saved.session().version()).isEqualTo(2);
    assertThat(saved.renewal().orElseThrow().session()).isEqualTo(saved.session());
    assertThat(again.session().attributes()).isEqualTo(Map.of("b", "2"));
    assertThat(stateless.guarantees().refusesOldState()).isFalse();
  }

  @Test
  @DisplayName(
      "in tokens a session MUST be dead at its end, and neither saved nor rotated after it")
  void expired() {
    Grant grant = open(stateless);
    clock.set(grant.session().end());

    assertThat(reject(stateless, grant.credential())).isEqualTo(Rejection.EXPIRED);
    assertThat(stateless.save(grant.session())).isEqualTo(new SaveResult.Gone());
    assertThat(hybrid.save(grant.session())).isEqualTo(new SaveResult.Gone());
    assertThat(hybrid.rotate(grant.session())).isEqualTo(new SaveResult.Gone());
  }

  @Test
  @DisplayName("in tokens what does not fit MUST be TooLarge")
  void tooLarge() {
    Map<String, String> large = Map.of("x", "x".repeat(5000));
    Grant grant = open(hybrid);

    assertThat(stateless.open("alice", large)).isInstanceOf(TooLarge.class);
    assertThat(hybrid.open("alice", large)).isInstanceOf(TooLarge.class);
    assertThat(hybrid.save(grant.session().withAttributes(large))).isInstanceOf(TooLarge.class);
    assertThat(hybrid.withReplayGuard().save(grant.session().withAttributes(large)))
        .isInstanceOf(TooLarge.class);
    assertThat(hybrid.validate(grant.credential()).accepted()).as("not refused").isPresent();
  }

  @Test
  @DisplayName("in tokens a policy with a limit MUST be refused at construction")
  void refusesLimit() {
    SessionPolicy limited = SessionPolicy.builder().limit(5, Overflow.REFUSE).build();

    assertThatThrownBy(() -> StatelessSessions.over(tokens, limited))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 a subject");
    assertThatThrownBy(() -> HybridSessions.over(tokens, list, limited))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("in tokens null and junk MUST be rejected without an exception")
  void junk() {
    for (Sessions sessions : new Sessions[] {hybrid, stateless}) {
      assertThat(reject(sessions, null)).isEqualTo(Rejection.MISSING);
      assertThat(reject(sessions, Credential.of(""))).isEqualTo(Rejection.MISSING);
      assertThat(reject(sessions, Credential.of("x".repeat(1 << 20))))
          .isEqualTo(Rejection.MALFORMED);
      assertThat(sessions.end((Credential) null)).isEqualTo(new Ending.Ended(false, Duration.ZERO));
    }
  }

  private static Grant open(Sessions sessions) {
    return sessions.open("alice", Map.of()).grantOrThrow();
  }

  private static Grant renewal(Validation validation) {
    return ((Validation.Accepted) validation).renewal().orElseThrow();
  }

  private static Rejection reject(
      Sessions sessions, @org.jspecify.annotations.Nullable Credential credential) {
    return ((Validation.Rejected) sessions.validate(credential)).reason();
  }

  /** A list that never answers. */
  private static class DownList implements RevocationList {
    @Override
    public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
      throw down();
    }

    @Override
    public Acknowledgement refuseCreatedBefore(String subject, Instant before, Instant until) {
      throw down();
    }

    @Override
    public Acknowledgement refuseAllCreatedBefore(Instant createdBefore, Instant until) {
      throw down();
    }

    @Override
    public Instant floor(String subject) {
      throw down();
    }

    @Override
    public boolean isRefused(Session session) {
      throw down();
    }

    @Override
    public ListTraits traits() {
      return ListTraits.sharedByNodes();
    }

    @Override
    public void close() {}

    private static StoreUnavailableException down() {
      return new StoreUnavailableException("ANY", "a test", Duration.ofMillis(1), null);
    }
  }

  /** A list whose replicas do not acknowledge. */
  private static final class UnconfirmedList extends DownList {
    @Override
    public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
      return Acknowledgement.UNCONFIRMED;
    }

    @Override
    public boolean isRefused(Session session) {
      return false;
    }
  }

  /** A list that refuses at once, and whose replicas acknowledge when they are told to. */
  private static final class LateReplicas extends DownList {
    static final Duration BEHIND = Duration.ofSeconds(1);
    private final Map<SessionKey, Long> floors = new HashMap<>();
    private boolean acknowledge;

    long refused(SessionKey session) {
      return floors.getOrDefault(session, 0L);
    }

    @Override
    public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
      boolean raised = refused(session) < version;
      floors.merge(session, version, Math::max);
      if (!acknowledge) {
        return Acknowledgement.UNCONFIRMED;
      }
      return raised ? Acknowledgement.RAISED : Acknowledgement.ALREADY;
    }

    @Override
    public boolean isRefused(Session session) {
      return session.version() < refused(session.key());
    }

    @Override
    public ListTraits traits() {
      return ListTraits.sharedByNodes().withKeepsAcknowledged(true).withStaleness(BEHIND);
    }
  }
}
