package dev.statewise.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.HandClock;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.SubjectIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The bounds of what is kept in memory")
class MemoryBoundsTest {

  private final HandClock clock = new HandClock();
  private final Random random = new Random(1);

  @Test
  @DisplayName("a full store MUST refuse to create, and lose no live session")
  void refusesWhenFull() {
    CaffeineSessionStore store =
        CaffeineSessionStore.builder().clock(clock).maxSessions(100).build();
    List<Session> live = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      live.add(created(store, "user" + i));
    }

    assertThatThrownBy(() -> created(store, "one more"))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("100 sessions");
    assertThat(live).allSatisfy(session -> assertThat(store.find(session.key())).isPresent());
  }

  @Test
  @DisplayName("a full store MUST make room by removing what has expired, and only that")
  void expiredMakeRoom() {
    CaffeineSessionStore store =
        CaffeineSessionStore.builder().clock(clock).maxSessions(100).build();
    for (int i = 0; i < 99; i++) {
      created(store, "user" + i);
    }
    clock.advance(Duration.ofSeconds(59));
    Session live = created(store, "late");
    clock.advance(Duration.ofSeconds(1));

    for (int i = 0; i < 99; i++) {
      created(store, "new" + i);
    }

    assertThat(store.size()).isEqualTo(100);
    assertThat(store.find(live.key())).isPresent();
    assertThat(store.subjects().orElseThrow().findAll("user1")).isEmpty();
    assertThat(store.indexedSubjects()).isEqualTo(100);
  }

  @Test
  @DisplayName("expired sessions MUST go little by little, without the store being full")
  void expiredGoInPassing() {
    CaffeineSessionStore store = CaffeineSessionStore.builder().clock(clock).build();
    for (int i = 0; i < 1000; i++) {
      created(store, i % 2 == 0 ? "" : "user" + i);
    }
    clock.advance(Duration.ofMinutes(1));

    for (int i = 0; i < 250; i++) {
      created(store, "new" + i);
    }

    assertThat(store.size()).isLessThan(500);
  }

  @Test
  @DisplayName(
      "an evicting store MUST drop the session that was seen longest ago, and stay in its bound")
  void evictsOldest() {
    CaffeineSessionStore store =
        CaffeineSessionStore.builder().clock(clock).maxSessions(10).evictingOldest().build();
    List<Session> created = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      created.add(created(store, i % 2 == 0 ? "alice" : ""));
    }
    clock.advance(Duration.ofSeconds(2));
    store.touch(created.get(0).key(), clock.instant());

    for (int i = 0; i < 5; i++) {
      created.add(created(store, "bob"));
    }

    assertThat(store.size()).isEqualTo(10);
    assertThat(created)
        .filteredOn(session -> store.find(session.key()).isEmpty())
        .isEqualTo(created.subList(1, 6));
    assertThat(store.subjects().orElseThrow().findAll("alice")).hasSize(3);
  }

  @Test
  @DisplayName("a full store MUST admit a session that frees its own place, and know its own again")
  void fullStoreAdmitsReplacement() {
    CaffeineSessionStore store = CaffeineSessionStore.builder().clock(clock).maxSessions(2).build();
    Session old = created(store, "alice");
    Session own = created(store, "bob");
    SubjectIndex index = store.subjects().orElseThrow();

    assertThat(store.create(own)).as("its own again").isTrue();
    assertThat(index.admit(session("alice"), 1, Overflow.END_OLDEST, Optional.empty()))
        .isEqualTo(new Admission.Admitted(List.of(old.key())));
    assertThatThrownBy(() -> index.admit(session("eve"), 1, Overflow.REFUSE, Optional.empty()))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @DisplayName("a clock that was set back MUST NOT keep a full store from looking for the expired")
  void clockSetBack() {
    CaffeineSessionStore store =
        CaffeineSessionStore.builder().clock(clock).maxSessions(50).build();
    clock.advance(Duration.ofHours(10));
    for (int i = 0; i < 50; i++) {
      created(store, "user" + i);
    }
    assertThatThrownBy(() -> created(store, "full")).isInstanceOf(StoreUnavailableException.class);
    clock.set(HandClock.START);
    store.delete(keyOf(store, "user0"));
    created(store, "short");
    clock.advance(Duration.ofMinutes(2));

    created(store, "in its place");
  }

  @Test
  @DisplayName("a revocation list MUST drop what has served its time and never a live refusal")
  void listIsBoundedByExpiry() {
    InMemoryRevocationList list = InMemoryRevocationList.create(clock);
    Session refused = session("alice");
    list.refuseBelow(refused.key(), Long.MAX_VALUE, clock.instant().plusSeconds(3600));

    for (int i = 0; i < 10_000; i++) {
      clock.advance(Duration.ofMillis(100));
      list.refuseBelow(session("bob").key(), 2, clock.instant().plusSeconds(10));
    }

    assertThat(list.isRefused(refused)).isTrue();
    assertThat(list.size()).isLessThan(1000);
  }

  @Test
  @DisplayName("a setting below one MUST be refused")
  void refusesSettings() {
    assertThatThrownBy(() -> CaffeineSessionStore.builder().maxSessions(0))
        .hasMessageContaining("maxSessions (0)");
    assertThatThrownBy(() -> CaffeineSessionStore.builder().maxStateBytes(-1))
        .hasMessageContaining("maxStateBytes (-1)");
  }

  private static SessionKey keyOf(CaffeineSessionStore store, String subject) {
    return store.subjects().orElseThrow().findAll(subject).get(0).key();
  }

  private Session created(CaffeineSessionStore store, String subject) {
    Session session = session(subject);
    assertThat(store.create(session)).isTrue();
    return session;
  }

  private Session session(String subject) {
    byte[] hash = new byte[32];
    random.nextBytes(hash);
    return Session.restore(
        SessionKey.draw(subject, random),
        subject,
        SecretHash.of(hash),
        1,
        clock.instant(),
        clock.instant(),
        Duration.ofMinutes(1),
        clock.instant().plusSeconds(3600),
        Map.of());
  }
}
