package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.SubjectIndex;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** The index of the subject "ann" under a prefix of its own, and what is asked of it. */
abstract class OneIndex {

  static final Instant NOW = Samples.NOW;
  private static final Duration SLACK = Duration.ofMinutes(1);

  final String prefix = SharedRedis.newPrefix();
  final KeySpace keys = new KeySpace(prefix);
  final byte[] indexKey = keys.subjectIndex("ann");
  final List<String> told = new ArrayList<>();
  RedisClient client;
  RedisSessionStore store;
  SubjectIndex index;

  @BeforeEach
  final void open() {
    client = SharedRedis.patient().open();
    store = RedisSessionStore.over(client).withFindings(told::add).withKeyPrefix(prefix);
    index = store.subjects().orElseThrow();
  }

  @AfterEach
  final void close() {
    client.close();
  }

  final List<Session> created(int count) {
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Session session = Samples.createdAt("ann", NOW.minusSeconds(count - i));
      store.create(session);
      sessions.add(session);
    }
    return sessions;
  }

  /** As the server does when a session's time is over. */
  final void drop(Session session) {
    client.pexpireAt(keys.session(session.key()), 1);
  }

  final void put(Session session, byte[] value) {
    client.set(keys.session(session.key()), value, hour());
  }

  static SetParams hour() {
    return SetParams.setParams().ex(3600);
  }

  final Admission admit(Session session, int max, Overflow overflow) {
    return index.admit(session, max, overflow, Optional.empty());
  }

  final List<String> handles() {
    return client.lrange(indexKey, 0, -1).stream()
        .map(handle -> new String(handle, StandardCharsets.US_ASCII))
        .toList();
  }

  final void assertListed(Session... sessions) {
    assertThat(handles())
        .containsExactlyInAnyOrder(
            List.of(sessions).stream()
                .map(session -> session.key().handle())
                .toArray(String[]::new));
  }

  final void assertKept(Duration expected) {
    assertKept(indexKey, expected);
  }

  /** To the minute, so that a slow machine is not taken for a wrong sum. */
  final void assertKept(byte[] key, Duration expected) {
    Duration kept = Duration.ofMillis(client.pttl(key));
    Duration full = expected.plus(RedisSessionStore.MARGIN);
    assertThat(kept).isLessThanOrEqualTo(full).isGreaterThan(full.minus(SLACK));
  }

  static Session living(Duration idle, Duration life) {
    return Samples.session("ann", 1, NOW, idle, life);
  }

  static Session withKey(SessionKey key) {
    return restored(key, Samples.session(), "ann");
  }

  static Session withSubject(Session session, String subject) {
    return restored(session.key(), session, subject);
  }

  static Session restored(SessionKey key, Session like, String subject) {
    return Session.restore(
        key,
        subject,
        SecretHash.of(like.secretHash().bytes()),
        like.version(),
        like.createdAt(),
        like.lastSeen(),
        like.idleTimeout(),
        like.absoluteEnd(),
        like.attributes());
  }
}
