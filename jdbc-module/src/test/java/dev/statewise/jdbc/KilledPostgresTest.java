package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.embedded.PostgresServer;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** PostgreSQL is killed, all of it at once, while sessions are written. */
@DisplayName("kill -9 of PostgreSQL")
class KilledPostgresTest {

  private static final boolean FULL = Integer.getInteger("statewise.races", 200) >= 10_000;
  private static final int WRITES = FULL ? 20_000 : 1_000;
  private static final int KILLS = FULL ? 20 : 3;
  private static final int WRITERS = 4;

  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final String namespace = On.newNamespace();

  @Test
  @DisplayName("MUST leave no half state and lose no acknowledged write")
  void killed() {
    Servers.requirePostgres();
    try (PostgresServer server = PostgresServer.start("fsync=on", "synchronous_commit=on");
        TestDatabase database =
            TestDatabase.with(server.jdbcUrl(), pool -> pool.setConnectionTimeout(250));
        JdbcSessionStore store = database.open(namespace)) {
      List<Callable<List<Owned>>> actions = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int number = i;
        actions.add(() -> new Writer(store, "user-" + number).write());
      }
      actions.add(() -> kill(server));

      List<List<Owned>> written = Together.run(actions);

      say();
      assertThat(unanswered).as("writes that a kill left unanswered").hasPositiveValue();
      for (Owned owned : written.stream().flatMap(List::stream).toList()) {
        assertThat(found(store, owned.key())).isEqualTo(owned.stored);
      }
    }
  }

  /** The pool may hand out several connections, one after the other, that the last kill cut. */
  private static Optional<Session> found(JdbcSessionStore store, SessionKey key) {
    return Awaitility.await()
        .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
        .until(() -> store.find(key), answer -> true);
  }

  /** At moments that are spread over the writes. */
  private List<Owned> kill(PostgresServer server) {
    for (int i = 1; i <= KILLS; i++) {
      int at = i * WRITES / (KILLS + 1);
      Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> writes.get() >= at);
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(5_000_000));
      int before = unanswered.get();
      server.kill();
      if (i % 2 == 0) {
        // The others are over before a call that is made again gives up.
        Awaitility.await().until(() -> unanswered.get() > before);
      }
      server.restart();
    }
    return List.of();
  }

  /** A session that one writer alone writes, and as what it must lie there. */
  private static final class Owned {
    private final Session first;
    private Optional<Session> stored = Optional.empty();

    Owned(Session first) {
      this.first = first;
    }

    SessionKey key() {
      return first.key();
    }
  }

  private final class Writer {

    private final JdbcSessionStore store;
    private final String subject;
    private final List<Owned> all = new ArrayList<>();

    Writer(JdbcSessionStore store, String subject) {
      this.store = store;
      this.subject = subject;
    }

    List<Owned> write() {
      while (writes.incrementAndGet() <= WRITES) {
        Owned owned = next();
        Optional<Session> before = owned.stored;
        int kind = ThreadLocalRandom.current().nextInt(10);
        if (before.isEmpty()) {
          write(owned, Optional.of(owned.first), () -> store.create(owned.first));
        } else if (kind == 0) {
          write(owned, Optional.empty(), () -> deleted(owned));
        } else if (kind < 4) {
          Instant seen = before.get().lastSeen().plusSeconds(1);
          write(owned, before.map(it -> it.seenAt(seen)), () -> store.touch(owned.key(), seen));
        } else {
          Session saved = changed(before.get());
          write(owned, Optional.of(saved), () -> store.replace(saved) == ReplaceResult.REPLACED);
        }
      }
      return all;
    }

    /** One that is made again after a lost reply finds nothing, and says so. */
    private boolean deleted(Owned owned) {
      store.delete(owned.key());
      return true;
    }

    private Owned next() {
      Optional<Owned> last = all.stream().skip(Math.max(0, all.size() - 1L)).findFirst();
      if (last.isEmpty() || ThreadLocalRandom.current().nextInt(8) == 0) {
        all.add(new Owned(Samples.of(subject)));
        return all.get(all.size() - 1);
      }
      return last.filter(owned -> owned.stored.isPresent())
          .orElseGet(
              () -> {
                all.add(new Owned(Samples.of(subject)));
                return all.get(all.size() - 1);
              });
    }

    /** What was acknowledged counts; of what was not, either all of it or nothing. */
    private void write(Owned owned, Optional<Session> after, Callable<Boolean> verb) {
      try {
        assertThat(verb.call()).as("a session that nobody else writes").isTrue();
        owned.stored = after;
      } catch (StoreUnavailableException e) {
        unanswered.incrementAndGet();
        Optional<Session> found = found(owned);
        assertThat(found).as("either all of it or nothing").isIn(owned.stored, after);
        owned.stored = found;
      } catch (Exception e) {
        throw new AssertionError("A verb threw what is no outage", e);
      }
    }

    private Optional<Session> found(Owned owned) {
      return Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
          .until(() -> Optional.of(store.find(owned.key())), Optional::isPresent)
          .orElseThrow();
    }
  }

  /** Large enough for several pages, and different in every part. */
  private static Session changed(Session session) {
    long version = session.version() + 1;
    return session
        .withAttributes(
            Map.of(
                "version", Long.toString(version),
                "first", (version + " ").repeat(500),
                "second", (version + " ").repeat(500)))
        .next(session.lastSeen().plusSeconds(1));
  }

  @SuppressWarnings("SystemOut") // to whoever watches the run
  private void say() {
    System.out.printf(
        "PostgreSQL killed %d times in %,d writes · %d had no answer%n",
        KILLS, WRITES, unanswered.get());
  }
}
