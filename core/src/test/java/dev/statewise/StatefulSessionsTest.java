package dev.statewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Grant;
import dev.statewise.session.OpenResult;
import dev.statewise.session.Rejection;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.session.TooLarge;
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import dev.statewise.spi.Overflow;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Sessions whose state is on the server")
class StatefulSessionsTest {

  private static final SessionPolicy POLICY =
      SessionPolicy.builder()
          .idleTimeout(Duration.ofMinutes(8))
          .absoluteLifetime(Duration.ofHours(1))
          .build();

  private final HandClock clock = new HandClock();
  private final RecordingListener listener = new RecordingListener();
  private final SwitchableStore store =
      new SwitchableStore(CaffeineSessionStore.builder().clock(clock).build());
  private final StatefulSessions sessions =
      StatefulSessions.over(store, POLICY).withClock(clock).withListener(listener);

  @Test
  @DisplayName("a session id MUST be 40 characters and its whole cookie line 60 bytes")
  void idIsShort() {
    Grant grant = open("alice");

    assertThat(grant.credential().value())
        .hasSize(40)
        .matches("[A-Za-z0-9_-]{15}\\.[A-Za-z0-9_-]{24}");
    assertThat("Cookie: __Host-id=" + grant.credential().value() + "\r\n").hasSize(60);
  }

  @Test
  @DisplayName("an opened session MUST be accepted, with its state and without anything to send")
  void opensAndValidates() {
    Grant grant = sessions.open("alice", Map.of("cart", "42")).grantOrThrow();

    Validation validation = sessions.validate(grant.credential());

    assertThat(validation).isEqualTo(new Validation.Accepted(grant.session(), Optional.empty()));
    assertThat(validation.accepted().orElseThrow().attribute("cart")).contains("42");
    assertThat(listener.told).containsExactly("opened " + grant.session().key());
  }

  @Test
  @DisplayName("a bad credential MUST be rejected without an exception and without a store call")
  void rejectsJunkWithoutAsking() {
    String id = open("alice").credential().value();
    store.calls.set(0);

    assertThat(reject(null)).isEqualTo(Rejection.MISSING);
    assertThat(reject(Credential.of(""))).isEqualTo(Rejection.MISSING);
    Stream.of(
            " ",
            "x".repeat(1 << 20),
            id + "=",
            " " + id,
            id.replace('.', ','),
            id.substring(1),
            id.substring(0, 39) + "\u0000",
            id.substring(0, 39) + "é",
            "../../../../etc/passwd.AAAAAAAAAAAAAAAAA",
            "{a}AAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA")
        .forEach(junk -> assertThat(reject(Credential.of(junk))).isEqualTo(Rejection.MALFORMED));
    assertThat(store.calls).hasValue(0);
  }

  @Test
  @DisplayName("a wrong secret MUST be UNKNOWN, and MUST end and change nothing")
  void wrongSecretIsUnknown() {
    Grant grant = open("alice");
    Credential forged = withOtherSecret(grant);

    assertThat(reject(forged)).isEqualTo(Rejection.UNKNOWN);
    assertThat(sessions.end(forged)).isEqualTo(new Ending.Ended(false, Duration.ZERO));

    assertThat(sessions.validate(grant.credential()).accepted()).contains(grant.session());
  }

  @Test
  @DisplayName("an id that was never issued MUST be UNKNOWN and create nothing")
  void strictIds() {
    assertThat(reject(Credential.of("AAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA")))
        .isEqualTo(Rejection.UNKNOWN);
  }

  @Test
  @DisplayName("a session MUST be alive a millisecond before its idle end and dead at it")
  void deadAtIdleEnd() {
    Grant grant = open("alice");

    clock.set(grant.session().end().minusMillis(1));
    store.down.add(SwitchableStore.Verb.TOUCH);
    assertThat(sessions.validate(grant.credential()).accepted()).isPresent();

    clock.set(grant.session().end());
    assertThat(reject(grant.credential())).isEqualTo(Rejection.EXPIRED);
  }

  @Test
  @DisplayName("a session MUST die at its absolute end however busy it is")
  void deadAtAbsoluteEnd() {
    Grant grant = open("alice");
    while (clock.instant().plusSeconds(60).isBefore(grant.session().absoluteEnd())) {
      clock.advance(Duration.ofSeconds(60));
      assertThat(sessions.validate(grant.credential()).accepted()).isPresent();
    }

    clock.set(grant.session().absoluteEnd());

    assertThat(reject(grant.credential())).isEqualTo(Rejection.EXPIRED);
  }

  @Test
  @DisplayName("a validation MUST touch only when more than touchAfter has passed")
  void touchesAreThinned() {
    Grant grant = open("alice");
    store.calls.set(0);

    clock.advance(POLICY.touchAfter());
    sessions.validate(grant.credential());
    assertThat(store.calls).as("find alone").hasValue(1);

    clock.advance(Duration.ofMillis(1));
    Session seen = sessions.validate(grant.credential()).accepted().orElseThrow();
    assertThat(store.calls).as("find, find, touch").hasValue(3);
    assertThat(seen.lastSeen()).isEqualTo(clock.instant());
    assertThat(seen.version()).isEqualTo(1);
  }

  @Test
  @DisplayName("a session with a shorter idle timeout than the policy's MUST be touched in time")
  void shortIdleIsTouchedInTime() {
    Grant grant = open("alice");
    sessions.save(grant.session().withIdleTimeout(Duration.ofSeconds(40))).savedOrThrow();

    for (int i = 0; i < 20; i++) {
      clock.advance(Duration.ofSeconds(30));
      assertThat(sessions.validate(grant.credential()).accepted()).isPresent();
    }
  }

  @Test
  @DisplayName("a tighter policy MUST hold at once, and its sessions MUST still be saved")
  void tighterPolicyHoldsAtOnce() {
    Grant grant = open("alice");
    SessionPolicy tighter = SessionPolicy.builder().idleTimeout(Duration.ofMinutes(2)).build();
    Sessions today = StatefulSessions.over(store, tighter).withClock(clock);

    clock.advance(Duration.ofMinutes(1));
    Session session = today.validate(grant.credential()).accepted().orElseThrow();
    assertThat(session.idleTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(today.save(session)).isInstanceOf(SaveResult.Saved.class);
    clock.advance(Duration.ofMinutes(2));

    assertThat(today.validate(grant.credential()))
        .isEqualTo(new Validation.Rejected(Rejection.EXPIRED));
  }

  @Test
  @DisplayName("a touch that gets no answer MUST be reported and the session accepted")
  void unansweredTouchIsAccepted() {
    Grant grant = open("alice");
    store.down.add(SwitchableStore.Verb.TOUCH);
    clock.advance(Duration.ofMinutes(5));

    assertThat(sessions.validate(grant.credential()).accepted()).isPresent();
    assertThat(listener.told).contains("unavailable session store");
  }

  @Test
  @DisplayName(
      "an outage MUST be Unavailable in every verb, never a rejection and never an exception")
  void outageIsItsOwnCase() {
    Grant grant = open("alice");
    store.down.addAll(java.util.EnumSet.allOf(SwitchableStore.Verb.class));

    assertThat(sessions.open("bob", Map.of())).isInstanceOf(Unavailable.class);
    assertThat(sessions.openAnonymous(Map.of())).isInstanceOf(Unavailable.class);
    assertThat(sessions.login(grant.session(), "alice", Map.of())).isInstanceOf(Unavailable.class);
    assertThat(sessions.validate(grant.credential())).isInstanceOf(Unavailable.class);
    assertThat(sessions.save(grant.session())).isInstanceOf(Unavailable.class);
    assertThat(sessions.rotate(grant.session())).isInstanceOf(Unavailable.class);
    assertThat(sessions.update(grant.session(), s -> s)).isInstanceOf(Unavailable.class);
    assertThat(sessions.end(grant.credential())).isInstanceOf(Unavailable.class);
    assertThat(sessions.end(grant.session())).isInstanceOf(Unavailable.class);
  }

  @Test
  @DisplayName("a save MUST move the version by one, stamp lastSeen and send nothing")
  void saves() {
    Grant grant = open("alice");
    clock.advance(Duration.ofSeconds(5));

    SaveResult result = sessions.save(grant.session().with("cart", "42"));

    SaveResult.Saved saved = result.savedOrThrow();
    assertThat(saved.session()).isEqualTo(grant.session().with("cart", "42").next(clock.instant()));
    assertThat(saved.renewal()).isEmpty();
    assertThat(sessions.validate(grant.credential()).accepted()).contains(saved.session());
  }

  @Test
  @DisplayName("of two saves from one version the second MUST be a conflict that shows the first")
  void conflictShowsCurrent() {
    Grant grant = open("alice");
    Session first = sessions.save(grant.session().with("a", "1")).savedOrThrow().session();

    SaveResult second = sessions.save(grant.session().with("b", "2"));

    assertThat(second).isEqualTo(new SaveResult.Conflict(Optional.of(first)));
  }

  @Test
  @DisplayName("an update MUST apply its change to what others saved meanwhile")
  void updateReappliesOnConflict() {
    Grant grant = open("alice");
    sessions.save(grant.session().with("a", "1")).savedOrThrow();

    Session updated =
        sessions.update(grant.session(), s -> s.with("b", "2")).savedOrThrow().session();

    assertThat(updated.attributes()).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(updated.version()).isEqualTo(3);
  }

  @Test
  @DisplayName("an update whose function returns another session MUST be refused")
  void updateRefusesAnotherSession() {
    Grant alice = open("alice");
    Grant bob = open("bob");

    assertThatThrownBy(() -> sessions.update(alice.session(), s -> bob.session()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a changed form of it");
  }

  @Test
  @DisplayName("parallel updates of one session MUST lose nothing")
  void parallelUpdatesLoseNothing() throws Exception {
    Grant grant = open("alice");
    int writers = 4;
    int each = 250;
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    CyclicBarrier start = new CyclicBarrier(writers);

    Future<?>[] done = new Future<?>[writers];
    for (int w = 0; w < writers; w++) {
      done[w] =
          pool.submit(
              () -> {
                start.await();
                for (int i = 0; i < each; i++) {
                  count(grant.session());
                }
                return null;
              });
    }
    for (Future<?> future : done) {
      future.get();
    }
    pool.shutdown();

    Session counted = sessions.validate(grant.credential()).accepted().orElseThrow();
    assertThat(counted.attribute("n")).contains(Integer.toString(writers * each));
  }

  @Test
  @DisplayName("a save after the end MUST be GONE and bring nothing back")
  void saveAfterEndIsGone() {
    Grant grant = open("alice");
    sessions.end(grant.credential()).endedOrThrow();

    assertThat(sessions.save(grant.session().with("cart", "42"))).isEqualTo(new SaveResult.Gone());
    assertThat(sessions.rotate(grant.session())).isEqualTo(new SaveResult.Gone());
    assertThat(reject(grant.credential())).isEqualTo(Rejection.UNKNOWN);
  }

  @Test
  @DisplayName("a save MUST NOT revive a session that has expired")
  void saveDoesNotReviveExpired() {
    Grant grant = open("alice");
    clock.set(grant.session().end());

    assertThat(sessions.save(grant.session())).isEqualTo(new SaveResult.Gone());
    assertThat(reject(grant.credential())).isEqualTo(Rejection.EXPIRED);
  }

  @Test
  @DisplayName("a session that has expired MUST NOT be saved by lengthening its idle timeout first")
  void lengtheningDoesNotRevive() {
    Sessions roomy =
        StatefulSessions.over(
                store,
                SessionPolicy.builder()
                    .idleTimeout(Duration.ofMinutes(8))
                    .maxIdleTimeout(Duration.ofMinutes(30))
                    .build())
            .withClock(clock);
    Grant grant = roomy.open("alice", Map.of()).grantOrThrow();
    clock.set(grant.session().end());
    Session longer = grant.session().withIdleTimeout(Duration.ofMinutes(30));

    assertThat(roomy.save(longer)).isEqualTo(new SaveResult.Gone());
    assertThat(roomy.rotate(longer)).isEqualTo(new SaveResult.Gone());
    assertThat(roomy.validate(grant.credential()))
        .isEqualTo(new Validation.Rejected(Rejection.EXPIRED));
  }

  @Test
  @DisplayName(
      "an update MUST save the changed form of what was read, not an equal session of the caller's")
  void updateTrustsNoCopy() {
    Sessions roomy =
        StatefulSessions.over(
                store,
                SessionPolicy.builder()
                    .idleTimeout(Duration.ofMinutes(8))
                    .maxIdleTimeout(Duration.ofMinutes(30))
                    .build())
            .withClock(clock);
    Session read = roomy.open("alice", Map.of()).grantOrThrow().session();
    clock.set(read.end());

    SaveResult result =
        roomy.update(
            read,
            s ->
                Session.restore(
                    s.key(),
                    s.subject(),
                    s.secretHash(),
                    s.version(),
                    s.createdAt(),
                    s.lastSeen(),
                    Duration.ofMinutes(30),
                    s.absoluteEnd(),
                    s.attributes()));

    assertThat(result).isEqualTo(new SaveResult.Gone());
  }

  @Test
  @DisplayName("a save by a long request MUST succeed while others keep the session alive")
  void longRequestSaves() {
    Grant grant = open("alice");
    clock.advance(Duration.ofMinutes(7));
    sessions.validate(grant.credential());
    clock.advance(Duration.ofMinutes(7));

    assertThat(grant.session().isExpiredAt(clock.instant())).isTrue();
    assertThat(sessions.save(grant.session())).isInstanceOf(SaveResult.Saved.class);
  }

  @Test
  @DisplayName("a rotation MUST keep the key, give a new secret and kill the old one")
  void rotates() {
    Grant grant = open("alice");

    SaveResult.Saved rotated = sessions.rotate(grant.session()).savedOrThrow();

    Credential renewed = rotated.renewal().orElseThrow().credential();
    assertThat(rotated.session().key()).isEqualTo(grant.session().key());
    assertThat(reject(grant.credential())).isEqualTo(Rejection.UNKNOWN);
    assertThat(sessions.validate(renewed).accepted()).contains(rotated.session());
  }

  @Test
  @DisplayName("of two rotations at once one MUST be a conflict")
  void oneRotationWins() {
    Grant grant = open("alice");

    SaveResult first = sessions.rotate(grant.session());
    SaveResult second = sessions.rotate(grant.session());

    assertThat(first).isInstanceOf(SaveResult.Saved.class);
    assertThat(second).isInstanceOf(SaveResult.Conflict.class);
  }

  @Test
  @DisplayName("a logout MUST end the session whichever secret was current when it was read")
  void endAfterRotation() {
    Grant grant = open("alice");
    SaveResult.Saved rotated = sessions.rotate(grant.session()).savedOrThrow();

    assertThat(sessions.end(grant.session())).isEqualTo(new Ending.Ended(true, Duration.ZERO));

    assertThat(reject(rotated.renewal().orElseThrow().credential())).isEqualTo(Rejection.UNKNOWN);
  }

  @Test
  @DisplayName("a logout MUST NOT be refused for the session being expired")
  void endsExpired() {
    Grant grant = open("alice");
    clock.set(grant.session().absoluteEnd());

    assertThat(sessions.end(grant.credential())).isEqualTo(new Ending.Ended(true, Duration.ZERO));
    assertThat(sessions.end(grant.credential())).isEqualTo(new Ending.Ended(false, Duration.ZERO));
  }

  @Test
  @DisplayName("a login MUST give a new key and secret and end the session before")
  void loginReplaces() {
    Grant visitor = sessions.openAnonymous(Map.of("cart", "42")).grantOrThrow();
    clock.advance(Duration.ofMinutes(1));

    Grant alice =
        sessions.login(visitor.session(), "alice", visitor.session().attributes()).grantOrThrow();

    assertThat(alice.session().key()).isNotEqualTo(visitor.session().key());
    assertThat(alice.session().createdAt()).isEqualTo(clock.instant());
    assertThat(alice.session().attribute("cart")).contains("42");
    assertThat(reject(visitor.credential())).isEqualTo(Rejection.UNKNOWN);
  }

  @Test
  @DisplayName("a login whose ending of the session before gets no answer MUST be Unavailable")
  void loginWithoutEnding() {
    Grant visitor = sessions.openAnonymous(Map.of()).grantOrThrow();
    store.down.add(SwitchableStore.Verb.DELETE);

    assertThat(sessions.login(visitor.session(), "alice", Map.of()))
        .isInstanceOf(Unavailable.class);
    assertThat(listener.told)
        .as("an opening that was taken back")
        .containsExactly(
            "opened " + visitor.session().key(),
            "unavailable session store",
            "unavailable session store");
  }

  @Test
  @DisplayName("what does not fit MUST be TooLarge before any store call")
  void tooLarge() {
    CaffeineSessionStore small = CaffeineSessionStore.builder().maxStateBytes(100).build();
    SwitchableStore counted = new SwitchableStore(small);
    Sessions limited = StatefulSessions.over(counted, POLICY).withClock(clock);
    Map<String, String> fits = Map.of("name", "x".repeat(100 - 8 - 4));
    Map<String, String> larger = Map.of("name", "x".repeat(100 - 8 - 4 + 1));

    assertThat(limited.open("alice", larger)).isEqualTo(new TooLarge(101, 100));
    assertThat(counted.calls).hasValue(0);
    Session session = limited.open("alice", fits).grantOrThrow().session();
    assertThat(limited.save(session.withAttributes(larger))).isEqualTo(new TooLarge(101, 100));
    assertThat(counted.calls).hasValue(1);
  }

  @Test
  @DisplayName("a blank subject and an idle timeout above the policy's MUST be refused")
  void refusesWrongCalls() {
    Grant grant = open("alice");

    assertThatThrownBy(() -> sessions.open(" ", Map.of())).hasMessageContaining("blank");
    assertThatThrownBy(() -> sessions.login(grant.session(), "", Map.of()))
        .hasMessageContaining("blank");
    assertThatThrownBy(() -> sessions.endAll("\t")).hasMessageContaining("blank");
    assertThatThrownBy(() -> sessions.list("")).hasMessageContaining("blank");
    assertThatThrownBy(() -> sessions.save(grant.session().withIdleTimeout(Duration.ofMinutes(9))))
        .hasMessageContaining("PT9M")
        .hasMessageContaining("PT8M");
  }

  @Test
  @DisplayName(
      "a store without a subject index MUST say so and MUST NOT take a policy with a limit")
  void withoutIndex() {
    SessionPolicy limited = SessionPolicy.builder().limit(3, Overflow.REFUSE).build();

    assertThat(sessions.endAll("alice")).isInstanceOf(dev.statewise.session.NotKept.class);
    assertThat(sessions.list("alice")).isInstanceOf(dev.statewise.session.NotKept.class);
    assertThat(sessions.guarantees().listsBySubject()).isFalse();
    assertThatThrownBy(() -> StatefulSessions.over(store, limited))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 a subject");
  }

  @Test
  @DisplayName("a store with a subject index MUST list, limit and end all sessions of a subject")
  void withIndex() {
    SessionPolicy two = SessionPolicy.builder().limit(2, Overflow.REFUSE).build();
    Sessions indexed = StatefulSessions.over(CaffeineSessionStore.create(), two).withClock(clock);
    Grant one = indexed.open("alice", Map.of()).grantOrThrow();
    Grant other = indexed.open("alice", Map.of()).grantOrThrow();
    indexed.open("bob", Map.of()).grantOrThrow();

    assertThat(indexed.open("alice", Map.of())).isEqualTo(new OpenResult.LimitReached(2));
    assertThat(indexed.login(one.session(), "alice", Map.of()))
        .as("a login in place of a counted session")
        .isInstanceOf(OpenResult.Opened.class);
    assertThat(indexed.list("alice").sessionsOrThrow()).hasSize(2);
    assertThat(indexed.endAll("alice")).isEqualTo(new Ending.Ended(true, Duration.ZERO));
    assertThat(indexed.validate(other.credential()))
        .isEqualTo(new Validation.Rejected(Rejection.UNKNOWN));
    assertThat(indexed.list("alice").sessionsOrThrow()).isEmpty();
    assertThat(indexed.list("bob").sessionsOrThrow()).hasSize(1);
  }

  @Test
  @DisplayName(
      "at the limit with END_OLDEST the oldest session MUST be ended and the listener told")
  void endsOldest() {
    SessionPolicy one = SessionPolicy.builder().limit(1, Overflow.END_OLDEST).build();
    Sessions indexed =
        StatefulSessions.over(CaffeineSessionStore.create(), one)
            .withClock(clock)
            .withListener(listener);
    Grant old = indexed.open("alice", Map.of()).grantOrThrow();
    clock.advance(Duration.ofSeconds(1));

    indexed.open("alice", Map.of()).grantOrThrow();

    assertThat(indexed.validate(old.credential()).accepted()).isEmpty();
    assertThat(listener.told).contains("ended " + old.session().key());
  }

  @Test
  @DisplayName("a listener that throws, even an Error, MUST change nothing")
  void listenerChangesNothing() {
    Sessions hostile =
        StatefulSessions.over(store, POLICY)
            .withListener(
                new SessionListener() {
                  @Override
                  public void opened(Session session) {
                    throw new Error("opened");
                  }

                  @Override
                  public void ended(dev.statewise.session.SessionKey session) {
                    throw StatefulSessionsTest.<RuntimeException>sneaky(new Exception("checked"));
                  }
                });

    Grant grant = hostile.open("alice", Map.of()).grantOrThrow();
    assertThat(hostile.login(grant.session(), "alice", Map.of()))
        .isInstanceOf(OpenResult.Opened.class);
    assertThat(hostile.validate(grant.credential()).accepted()).isEmpty();
    Grant other = hostile.open("alice", Map.of()).grantOrThrow();
    assertThat(hostile.end(other.credential())).isEqualTo(new Ending.Ended(true, Duration.ZERO));
    assertThat(hostile.validate(other.credential()).accepted()).isEmpty();
  }

  private void count(Session read) {
    SaveResult result;
    do {
      result =
          sessions.update(
              read,
              s ->
                  s.with(
                      "n", Integer.toString(Integer.parseInt(s.attribute("n").orElse("0")) + 1)));
    } while (result instanceof SaveResult.Conflict);
    result.savedOrThrow();
  }

  private Grant open(String subject) {
    return sessions.open(subject, Map.of()).grantOrThrow();
  }

  private Rejection reject(@org.jspecify.annotations.Nullable Credential credential) {
    return ((Validation.Rejected) sessions.validate(credential)).reason();
  }

  private static Credential withOtherSecret(Grant grant) {
    String id = grant.credential().value();
    char last = id.charAt(39);
    return Credential.of(id.substring(0, 39) + (last == 'A' ? 'B' : 'A'));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Kotlin and Lombok do
  private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
