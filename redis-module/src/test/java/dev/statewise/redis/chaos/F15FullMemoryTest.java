package dev.statewise.redis.chaos;

import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.memory.InMemoryRevocationList;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreUnavailableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** F15: twice as much as there is room for, in memory. */
@Chaos
class F15FullMemoryTest {

  private static final int ROOM = Scale.of(10_000, 100_000);

  @Test
  @DisplayName("F15 a full store MUST refuse a session rather than drop a live one")
  void store() {
    CaffeineSessionStore store = CaffeineSessionStore.builder().maxSessions(ROOM).build();
    List<Session> created =
        samples().stream().filter(session -> isCreated(store, session)).toList();
    long lost = created.stream().filter(session -> store.find(session.key()).isEmpty()).count();

    Ledger.judge(
        Outcome.of("F15", "twice as many sessions as there is room for", "memory")
            .tried(2L * ROOM, "sessions")
            .lost(lost, "live sessions dropped")
            .target("0, and as many kept as there is room", lost == 0 && created.size() == ROOM)
            .note("%,d were refused as unavailable", 2L * ROOM - created.size()));
  }

  @Test
  @DisplayName("F15 a list of refusals MUST forget none, however many there are")
  void list() {
    InMemoryRevocationList list = InMemoryRevocationList.create();
    List<Session> refused = samples();
    refused.forEach(session -> list.refuseBelow(session.key(), 2, session.absoluteEnd()));

    Ledger.judge(
        Outcome.of("F15", "refusals without end", "memory")
            .tried(refused.size(), "refusals")
            .lost(
                refused.stream().filter(session -> !list.isRefused(session)).count(), "forgotten"));
  }

  @Test
  @DisplayName("F15 a bounded cache of refusals MUST be found to forget, or nothing was full")
  void naive() {
    Map<SessionKey, Long> bounded =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<SessionKey, Long> eldest) {
            return size() > ROOM;
          }
        };
    List<Session> refused = samples();
    refused.forEach(session -> bounded.put(session.key(), 2L));

    Ledger.naive(
        Outcome.of("F15", "refusals in a cache with a bound", "memory")
            .tried(refused.size(), "refusals")
            .lost(
                refused.stream().filter(session -> !bounded.containsKey(session.key())).count(),
                "forgotten"));
  }

  private static List<Session> samples() {
    return IntStream.range(0, 2 * ROOM).mapToObj(i -> Samples.of("user-" + i)).toList();
  }

  private static boolean isCreated(SessionStore store, Session session) {
    try {
      return store.create(session);
    } catch (StoreUnavailableException full) {
      return false;
    }
  }
}
