package dev.statewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.memory.InMemoryRevocationList;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.NotKept;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.TokenTooLargeException;
import dev.statewise.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The renewal of a token")
class RenewalTest {

  private static final Duration LIFE = Duration.ofMinutes(12);
  private static final SessionPolicy POLICY =
      SessionPolicy.builder().idleTimeout(LIFE).absoluteLifetime(Duration.ofHours(1)).build();

  private final HandClock clock = new HandClock();
  private final RememberedTokens tokens = new RememberedTokens();
  private final StatelessSessions stateless =
      StatelessSessions.over(tokens, POLICY).withClock(clock);
  private final HybridSessions hybrid =
      HybridSessions.over(tokens, InMemoryRevocationList.create(clock), POLICY).withClock(clock);

  @Test
  @DisplayName("with no jitter it MUST be due at three quarters of the life, and not before")
  void withoutJitter() {
    Renewal renewal = new Renewal(session -> 0);
    Session session = open(stateless).session();

    assertThat(renewal.isDue(session, after(Duration.ofMinutes(9).minusMillis(1)))).isFalse();
    assertThat(renewal.isDue(session, after(Duration.ofMinutes(9)))).isTrue();
  }

  @Test
  @DisplayName("with the most jitter it MUST be due at two thirds of the life, and not before")
  void withMostJitter() {
    Renewal renewal = new Renewal(session -> 1);
    Session session = open(stateless).session();

    assertThat(renewal.isDue(session, after(Duration.ofMinutes(8).minusMillis(1)))).isFalse();
    assertThat(renewal.isDue(session, after(Duration.ofMinutes(8)))).isTrue();
  }

  @Test
  @DisplayName("tokens that were issued together MUST be due evenly over a twelfth of their life")
  void spread() {
    List<Long> due =
        IntStream.range(0, 10_000)
            .mapToObj(i -> Renewal.SPREAD.dueAt(open(stateless).session()))
            .map(instant -> Duration.between(HandClock.START, instant).toMillis())
            .toList();

    assertThat(due).allMatch(millis -> millis >= 480_000 && millis <= 540_000);
    for (int tenth = 0; tenth < 10; tenth++) {
      long from = 480_000 + tenth * 6_000L;
      assertThat(due)
          .filteredOn(millis -> millis > from && millis <= from + 6_000)
          .as("due in tenth %d", tenth)
          .hasSizeBetween(850, 1_150);
    }
  }

  @Test
  @DisplayName("a token that no longer fits MUST serve on, and be told of once a minute at most")
  void noLongerFits() {
    List<String> findings = new ArrayList<>();
    AtomicBoolean lowered = new AtomicBoolean();
    StatelessSessions sessions =
        StatelessSessions.over(new Lowered(tokens, lowered), POLICY)
            .withClock(clock)
            .withListener(
                new SessionListener() {
                  @Override
                  public void finding(String description) {
                    findings.add(description);
                  }
                });
    Grant grant = open(sessions);
    lowered.set(true);
    clock.advance(Duration.ofMinutes(10));

    for (int second = 0; second < 90; second++) {
      assertThat(sessions.validate(grant.credential()))
          .isEqualTo(new Validation.Accepted(grant.session(), Optional.empty()));
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(findings).hasSize(2).allMatch(finding -> finding.contains("no longer fits"));
  }

  /** Tokens whose limit is lowered, so that none fits. */
  private record Lowered(TokenService tokens, AtomicBoolean lowered) implements TokenService {
    @Override
    public Credential issue(Session session) {
      if (lowered.get()) {
        throw new TokenTooLargeException(session.stateBytes(), 0);
      }
      return tokens.issue(session);
    }

    @Override
    public Verification verify(Credential presented, Instant now) {
      return tokens.verify(presented, now);
    }

    @Override
    public int maxTokenBytes() {
      return tokens.maxTokenBytes();
    }

    @Override
    public int maxStateBytes() {
      return tokens.maxStateBytes();
    }
  }

  @Test
  @DisplayName("however often a token is presented, and to whichever node, it MUST be due at once")
  void sameForAll() {
    Grant grant = open(hybrid);
    Instant due = Renewal.SPREAD.dueAt(grant.session());
    HybridSessions other =
        HybridSessions.over(tokens, InMemoryRevocationList.create(clock), POLICY).withClock(clock);

    clock.set(due.minusMillis(1));
    for (int i = 0; i < 1_000; i++) {
      assertThat(renewal(hybrid, grant)).isEmpty();
      assertThat(renewal(other, grant)).isEmpty();
    }

    clock.set(due);
    assertThat(renewal(hybrid, grant)).isPresent();
    assertThat(renewal(other, grant)).isPresent();
  }

  @Test
  @DisplayName("a session's tokens MUST NOT all be early, or all be late")
  void anotherForEachToken() {
    Session session = open(stateless).session();

    long distinct =
        IntStream.range(0, 100)
            .mapToObj(i -> session.seenAt(HandClock.START.plusSeconds(i)))
            .map(one -> Duration.between(one.lastSeen(), Renewal.SPREAD.dueAt(one)))
            .distinct()
            .count();

    assertThat(distinct).isGreaterThan(90);
  }

  @Test
  @DisplayName("in the last quarter of its life each token MUST be renewed by any request")
  void neverTooLate() {
    for (Sessions sessions : new Sessions[] {stateless, hybrid}) {
      Grant grant = open(sessions);
      clock.set(grant.session().lastSeen().plus(Duration.ofMinutes(9)));
      assertThat(renewal(sessions, grant)).isPresent();
      clock.set(grant.session().end().minusSeconds(1));
      assertThat(renewal(sessions, grant)).isPresent();
    }
  }

  @Test
  @DisplayName("key, version, createdAt and absolute end MUST be copied, never computed again")
  void copies() {
    for (Sessions sessions : new Sessions[] {stateless, hybrid}) {
      Grant first = sessions.open("alice", Map.of("cart", "42")).grantOrThrow();
      Grant grant = first;
      for (int i = 0; i < 4; i++) {
        clock.advance(Duration.ofMinutes(10));
        grant = renewal(sessions, grant).orElseThrow();
      }

      assertThat(grant.session()).isEqualTo(first.session().seenAt(clock.instant()));
      assertThat(grant.session().absoluteEnd()).isEqualTo(first.session().absoluteEnd());
      assertThat(sessions.validate(grant.credential()).accepted()).contains(grant.session());
    }
  }

  @Test
  @DisplayName("a token that is as old as its session gets MUST NOT be renewed for nothing")
  void notForNothing() {
    Grant grant = open(hybrid);
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofMinutes(10));
      grant = renewal(hybrid, grant).orElseThrow();
    }
    assertThat(grant.session().end()).isEqualTo(grant.session().absoluteEnd());

    clock.set(grant.session().end().minusMillis(1_001));

    assertThat(hybrid.validate(grant.credential()).accepted()).isPresent();
    assertThat(renewal(hybrid, grant)).isEmpty();
  }

  @Test
  @DisplayName("the guarantees MUST say how much shorter the idle timeout of tokens may be")
  void idlePrecision() {
    Duration precision = Duration.ofMinutes(9).plusSeconds(1);
    SessionPolicy roomy =
        SessionPolicy.builder().idleTimeout(LIFE).maxIdleTimeout(Duration.ofMinutes(40)).build();

    assertThat(stateless.guarantees().idlePrecision()).isEqualTo(precision);
    assertThat(hybrid.guarantees().idlePrecision()).isEqualTo(precision);
    assertThat(StatelessSessions.over(tokens, roomy).guarantees().idlePrecision())
        .as("of a session with the longest idle timeout there may be")
        .isEqualTo(Duration.ofMinutes(30).plusSeconds(1));
    hybrid.guarantees().require(Requirement.idlePreciseTo(precision));
    assertThatThrownBy(
            () -> hybrid.guarantees().require(Requirement.idlePreciseTo(Duration.ofMinutes(2))))
        .isInstanceOf(UnmetRequirementException.class)
        .hasMessageContaining("PT2M")
        .hasMessageContaining("StatefulSessions");
  }

  @Test
  @DisplayName("without a list it MUST outlive an ending, to the bound that the guarantees state")
  void withoutAList() {
    Grant grant = open(stateless);
    Instant opened = clock.instant();
    assertThat(stateless.end(grant.credential())).isInstanceOf(NotKept.class);

    Instant lastAccepted = opened;
    for (int minute = 0; minute < 90; minute++) {
      clock.advance(Duration.ofMinutes(1));
      if (stateless.validate(grant.credential()) instanceof Validation.Accepted accepted) {
        lastAccepted = clock.instant();
        grant = accepted.renewal().orElse(grant);
      }
    }

    assertThat(Duration.between(opened, lastAccepted)).isEqualTo(Duration.ofMinutes(59));
    assertThat(stateless.guarantees().endsWithin()).isEqualTo(Duration.ofHours(1));
  }

  private static Optional<Grant> renewal(Sessions sessions, Grant grant) {
    return sessions.validate(grant.credential()).acceptedOrThrow().renewal();
  }

  private static Grant open(Sessions sessions) {
    return sessions.open("alice", Map.of()).grantOrThrow();
  }

  private static Instant after(Duration life) {
    return HandClock.START.plus(life);
  }
}
