package dev.statewise.redis.chaos;

import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.embedded.RedisServer;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.Grant;
import dev.statewise.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** F21: the server forgets its scripts again and again, while it is being used. */
@Chaos
class F21ScriptFlushTest {

  private static final int USERS = 4;
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final Duration LASTS = Scale.ofSeconds(2, 20, 60);

  @Test
  @DisplayName("F21 a server that forgets its scripts MUST cost no call its answer")
  void flushed() {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger visits = new AtomicInteger();
    AtomicInteger wrong = new AtomicInteger();
    try (RedisServer server = Servers.start();
        RedisClient admin = Servers.admin(server);
        RedisSessionStore store = RedisSessionStore.connect(Servers.patient(server.uri()));
        RedisRevocationList list =
            Servers.list(Servers.patient(server.uri())).adoptingSessionsSince(Instant.EPOCH)) {
      Visit visit = new Visit(StatefulSessions.over(store, SessionPolicy.defaults()), list);

      int flushes =
          Threads.together(
                  USERS + 1,
                  number ->
                      number == USERS
                          ? flush(admin, over)
                          : use(visit, number, over, visits, wrong))
              .get(USERS);

      Ledger.judge(
          Outcome.of("F21", "SCRIPT FLUSH every 100 ms under load", "single Redis")
              .tried(visits.get(), "visits of 8 calls")
              .lost(wrong.get(), "visits with an error or a wrong answer")
              .note("%d flushes", flushes));
    }
  }

  /** One session from its opening to its end. */
  private record Visit(StatefulSessions sessions, RedisRevocationList list) {

    boolean isRight(String subject) {
      Grant grant = sessions.open(subject, Map.of("cart", "1")).grantOrThrow();
      Session saved = sessions.save(grant.session().with("cart", "2")).savedOrThrow().session();
      Grant rotated = sessions.rotate(saved).savedOrThrow().renewal().orElseThrow();
      boolean accepted = sessions.validate(rotated.credential()).accepted().isPresent();
      list.refuseBelow(saved.key(), 2, saved.absoluteEnd());
      boolean refused = list.isRefused(grant.session()) && !list.isRefused(rotated.session());
      sessions.end(rotated.credential()).endedOrThrow();
      return accepted && refused && sessions.validate(rotated.credential()).accepted().isEmpty();
    }
  }

  private static int flush(RedisClient admin, AtomicBoolean over) {
    long until = System.nanoTime() + LASTS.toNanos();
    int flushes = 0;
    while (System.nanoTime() - until < 0) {
      admin.scriptFlush();
      flushes++;
      LockSupport.parkNanos(EVERY.toNanos());
    }
    over.set(true);
    return flushes;
  }

  private static int use(
      Visit visit, int user, AtomicBoolean over, AtomicInteger visits, AtomicInteger wrong) {
    while (!over.get()) {
      try {
        if (!visit.isRight("user-" + user)) {
          wrong.incrementAndGet();
        }
      } catch (RuntimeException e) {
        wrong.incrementAndGet();
      }
      visits.incrementAndGet();
    }
    return 0;
  }
}
