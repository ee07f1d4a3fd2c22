package dev.statewise.redis.chaos;

import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.embedded.RedisServer;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.Grant;
import dev.statewise.session.Session;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** F19: while a release is being rolled out, a node comes upon what a newer one has written. */
@Chaos
class F19NewerFormatTest {

  private static final int RECORDS = Scale.of(200, 2_000);
  private static final byte NEWER = 2;
  private static final long KEPT_MILLIS = 3_600_000;

  private int calls;
  private int answered;
  private int destroyed;

  @Test
  @DisplayName("F19 a record of a newer format MUST NOT be changed, deleted or called absent")
  void newer() {
    try (RedisServer server = Servers.start();
        RedisClient admin = Servers.admin(server);
        RedisSessionStore store = RedisSessionStore.connect(Servers.patient(server.uri()));
        RedisRevocationList list = Servers.list(Servers.patient(server.uri()))) {
      StatefulSessions node = StatefulSessions.over(store, SessionPolicy.defaults());
      for (int i = 0; i < RECORDS; i++) {
        Grant grant = node.open("user-" + i, Map.of("cart", "1")).grantOrThrow();
        Session session = grant.session();
        byte[] floorKey =
            Place.redisKey(session.key())
                .replace("}:s:", "}:f:")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] key = Place.redisKey(session.key()).getBytes(StandardCharsets.US_ASCII);

        tryAll(admin, key, verbs(store, session));
        tryAll(
            admin,
            floorKey,
            List.of(
                () -> list.isRefused(session),
                () -> list.refuseBelow(session.key(), 2, session.absoluteEnd())));
      }
    }
    Ledger.judge(
        Outcome.of("F19", "each verb on records of a newer format", "single Redis, store and list")
            .tried(calls, "calls")
            .lost(destroyed + (long) answered, "records changed or deleted, or calls answered")
            .note("each call is to be unavailable; %,d were not", answered));
  }

  private static List<Runnable> verbs(RedisSessionStore store, Session session) {
    List<Runnable> verbs =
        new ArrayList<>(
            List.of(
                () -> store.find(session.key()),
                () -> store.create(session),
                () -> store.replace(session.next(session.lastSeen())),
                () -> store.touch(session.key(), session.lastSeen().plusSeconds(1)),
                () -> store.delete(session.key())));
    store
        .subjects()
        .ifPresent(
            index -> {
              verbs.add(() -> index.findAll(session.subject()));
              verbs.add(() -> index.deleteAll(session.subject()));
              verbs.add(
                  () ->
                      index.admit(
                          Samples.of(session.subject()),
                          1,
                          Overflow.END_OLDEST,
                          Optional.of(session.key())));
            });
    return verbs;
  }

  private void tryAll(RedisClient admin, byte[] key, List<Runnable> verbs) {
    byte[] value = new byte[1 + ThreadLocalRandom.current().nextInt(300)];
    ThreadLocalRandom.current().nextBytes(value);
    value[0] = NEWER;
    for (Runnable verb : verbs) {
      admin.set(key, value, SetParams.setParams().px(KEPT_MILLIS));
      calls++;
      if (isAnswered(verb)) {
        answered++;
      }
      if (!Arrays.equals(value, admin.get(key)) || admin.pttl(key) > KEPT_MILLIS) {
        destroyed++;
      }
    }
  }

  private static boolean isAnswered(Runnable verb) {
    try {
      verb.run();
      return true;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }
}
