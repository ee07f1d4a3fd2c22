package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.AUDIENCE;
import static dev.statewise.jwt.Forge.ISSUER;
import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.refused;
import static dev.statewise.jwt.Forge.session;
import static dev.statewise.session.Rejection.UNTRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.SessionPolicy;
import dev.statewise.StatelessSessions;
import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import dev.statewise.spi.Verification.Verified;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LiveKeyRingTest {

  private static final SigningKey OLD = SigningKey.generateHs256("old");
  private static final SigningKey NEXT = SigningKey.generateHs256("next");
  private static final SigningKey RSA = SigningKey.generateRs256("r".repeat(64));
  private static final SessionPolicy POLICY = SessionPolicy.defaults();
  private static final int SWAPS = 200;

  private final LiveKeyRing keys = LiveKeyRing.of(KeyRing.of(OLD));
  private final JwtTokenService service = JwtTokenService.following(keys, ISSUER, AUDIENCE);

  @Test
  @DisplayName("sessions MUST go on over a rotation without being built anew")
  void rotatesWhileItRuns() {
    StatelessSessions sessions = StatelessSessions.over(service, POLICY).withClock(() -> NOW);
    Credential before = sessions.open("alice", Map.of()).grantOrThrow().credential();

    keys.update(ring -> ring.withNext(NEXT));
    keys.update(ring -> ring.rotated(NOW, Duration.ZERO, POLICY));
    Credential after = sessions.open("alice", Map.of()).grantOrThrow().credential();

    assertThat(sessions.validate(before)).isInstanceOf(Validation.Accepted.class);
    assertThat(sessions.validate(after)).isInstanceOf(Validation.Accepted.class);
    assertThat(service(KeyRing.of(NEXT)).verify(after, NOW)).isInstanceOf(Verified.class);
  }

  @Test
  @DisplayName("a token of a removed key MUST be refused at once although it was seen before")
  void forgetsWhatItSaw() {
    keys.update(ring -> ring.withNext(NEXT));
    Credential token = service.issue(session(Map.of()));
    assertThat(service.verify(token, NOW)).isInstanceOf(Verified.class);

    keys.update(ring -> ring.without("old"));

    assertThat(service.verify(token, NOW)).isEqualTo(refused(UNTRUSTED));
  }

  @Test
  @DisplayName("a token of a removed key MUST be refused at once while threads race the change")
  void racesASwap() throws Exception {
    Credential token = service.issue(session(Map.of()));
    AtomicBoolean over = new AtomicBoolean();
    AtomicIntegerArray judged = new AtomicIntegerArray(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(threads.submit(() -> judge(token, judged, over)));
      }
      for (int i = 0; i < SWAPS; i++) {
        int has = i % 2;
        int before = judged.get(has);
        // Each time another ring, so that whoever has the same before and after had it all along.
        KeyRing ring = KeyRing.of(NEXT);
        keys.replace(has == 1 ? ring.withVerifying(OLD.verifying()) : ring);
        assertThat(service.verify(token, NOW) instanceof Verified).isEqualTo(has == 1);
        while (judged.get(has) == before && readers.stream().noneMatch(Future::isDone)) {
          LockSupport.parkNanos(1); // one of them needs this core
        }
      }
      over.set(true);
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
    assertThat(judged.get(0)).as("judged without the key").isGreaterThanOrEqualTo(SWAPS / 2);
    assertThat(judged.get(1)).as("judged with the key").isGreaterThanOrEqualTo(SWAPS / 2);
  }

  /** Counts how often the ring stayed the same during a verification: without the key, with it. */
  private void judge(Credential token, AtomicIntegerArray judged, AtomicBoolean over) {
    while (!over.get()) {
      KeyRing before = keys.ring();
      boolean accepted = service.verify(token, NOW) instanceof Verified;
      if (keys.ring() == before) {
        boolean has = before.find("old", NOW) != null;
        assertThat(accepted).isEqualTo(has);
        judged.incrementAndGet(has ? 1 : 0);
      }
    }
  }

  @Test
  @DisplayName("changes at once MUST all be made")
  void changesAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> changes = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        VerifyingKey key = SigningKey.generateHs256("k" + i).verifying();
        changes.add(threads.submit(() -> keys.update(ring -> ring.withVerifying(key))));
      }
      for (Future<?> change : changes) {
        change.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(keys.ring().members()).hasSize(41);
  }

  @Test
  @DisplayName("a change within a change MUST be refused, and not be lost in silence")
  void changeWithinAChange() {
    KeyRing before = keys.ring();

    assertThatThrownBy(
            () ->
                keys.update(
                    ring -> {
                      keys.update(inner -> inner.withNext(NEXT));
                      return ring;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one change after the other");
    assertThat(keys.ring()).isSameAs(before);
    keys.update(ring -> ring.withNext(NEXT));
    assertThat(keys.ring()).isNotSameAs(before);
  }

  @Test
  @DisplayName("a change that throws MUST leave the ring in use")
  void refusedChange() {
    KeyRing before = keys.ring();

    assertThatThrownBy(() -> keys.update(ring -> ring.rotated(NOW, Duration.ZERO, POLICY)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(keys.ring()).isSameAs(before);
  }

  @Test
  @DisplayName("services made of one that follows MUST follow as well")
  void copiesFollow() {
    List<JwtTokenService> copies =
        List.of(
            service.withMaxTokenBytes(4096),
            service.withVerifiedTokens(64),
            service.withRefusalListener(refusal -> {}));
    Credential token = service.issue(session(Map.of()));
    copies.forEach(copy -> assertThat(copy.verify(token, NOW)).isInstanceOf(Verified.class));

    keys.replace(KeyRing.of(NEXT));

    copies.forEach(copy -> assertThat(copy.verify(token, NOW)).isEqualTo(refused(UNTRUSTED)));
  }

  @Test
  @DisplayName("the sizes that are promised MUST stay over a rotation, and hold after it")
  void sizesStay() {
    SigningKey edwards = SigningKey.generateEd25519("k");
    LiveKeyRing changing = LiveKeyRing.of(KeyRing.of(edwards).withNext(RSA));
    JwtTokenService following = JwtTokenService.following(changing, ISSUER, AUDIENCE);
    int promised = following.maxStateBytes();
    Session largest = session("x".repeat(64), Map.of("a", "v".repeat(promised - 9)));
    assertThat(largest.stateBytes()).isEqualTo(promised);

    following.issue(largest);
    changing.update(ring -> ring.rotated(NOW, Duration.ZERO, POLICY));
    Credential token = following.issue(largest);

    assertThat(following.maxStateBytes()).isEqualTo(promised);
    assertThat(following.maxTokenBytes()).isEqualTo(JwtTokenService.MAX_TOKEN_BYTES);
    assertThat(token.value().length()).isBetween(8_000, JwtTokenService.MAX_TOKEN_BYTES);
  }

  @Test
  @DisplayName(
      "a ring that could not keep the promised sizes MUST be refused; the one before stays")
  void refusesLongerSignatures() {
    LiveKeyRing changing = LiveKeyRing.of(KeyRing.of(SigningKey.generateEd25519("e")));
    KeyRing before = changing.ring();

    assertThatThrownBy(() -> changing.replace(KeyRing.of(RSA)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("256 characters longer");
    assertThatThrownBy(() -> changing.update(ring -> ring.withNext(RSA)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(changing.ring()).isSameAs(before);
    changing.update(ring -> ring.withVerifying(RSA.verifying()));
    changing.replace(KeyRing.of(SigningKey.generateEs256("a-longer-name")));
  }

  @Test
  @DisplayName("to follow MUST cost a token that was seen before no allocation")
  void costsNothing() {
    Credential token = service.issue(session(Map.of()));
    for (int i = 0; i < 20_000; i++) {
      service.verify(token, NOW);
    }

    long bytes =
        Allocation.during(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                service.verify(token, NOW);
              }
            });

    assertThat(bytes).isLessThan(10_000);
  }

  @Test
  @DisplayName("a live ring MUST print no key")
  void prints() {
    assertThat(keys)
        .hasToString("LiveKeyRing[SigningKey[old HS256, redacted] signs, [old] verify]");
    assertThat(service.toString()).contains(ISSUER, AUDIENCE, keys.ring().toString());
  }

  private static JwtTokenService service(KeyRing ring) {
    return JwtTokenService.of(ring, ISSUER, AUDIENCE);
  }
}
