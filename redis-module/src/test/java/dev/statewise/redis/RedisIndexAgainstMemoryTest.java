package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.SubjectIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/** The index in Redis is held to the one in memory, verb by verb. */
class RedisIndexAgainstMemoryTest {

  private static final int STEPS = 1_500;
  // Nothing is seen after its absolute end: memory may forget such a session at once, Redis later.
  private static final Instant LAST = Samples.NOW.plus(Duration.ofMinutes(100));
  private static final String[] SUBJECTS = {"ann", "bob", ""};

  private final String prefix = SharedRedis.newPrefix();
  private final Map<String, List<SessionKey>> keys = new HashMap<>();
  private Random random = new Random();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("Redis and memory MUST give the same answer to every verb in any order")
  void sameAnswers(long seed) {
    random = new Random(seed);
    for (String subject : SUBJECTS) {
      for (int i = 0; i < 12; i++) {
        keysOf(subject).add(SessionKey.draw(subject, random));
      }
    }
    try (RedisClient client = SharedRedis.patient().open();
        SessionStore memory = CaffeineSessionStore.create()) {
      SessionStore redis = RedisSessionStore.over(client).withKeyPrefix(prefix + seed);
      for (int step = 0; step < STEPS; step++) {
        Function<SessionStore, Object> verb = anyVerb();
        assertThat(verb.apply(redis)).as("step %d", step).isEqualTo(verb.apply(memory));
      }
      for (String subject : SUBJECTS) {
        assertThat(index(redis).deleteAll(subject)).isEqualTo(index(memory).deleteAll(subject));
        keysOf("").forEach(redis::delete);
      }
      assertThat(client.keys(prefix + seed + "*")).isEmpty();
    }
  }

  private Function<SessionStore, Object> anyVerb() {
    String subject = anySubject();
    Session session = anySession(subject);
    Instant seen = anyInstant();
    int max = 1 + random.nextInt(8);
    Overflow overflow = random.nextBoolean() ? Overflow.REFUSE : Overflow.END_OLDEST;
    Optional<SessionKey> instead =
        random.nextInt(4) == 0 ? Optional.of(anyKey(anySubject())) : Optional.empty();
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> store -> store.create(session);
      case 3 -> store -> store.touch(session.key(), seen);
      case 4, 5 -> store -> store.delete(session.key());
      case 6 -> store -> store.find(session.key());
      case 7 -> store -> store.find(session.key()).map(found -> store.replace(found.next(seen)));
      case 8, 9 -> store -> Set.copyOf(index(store).findAll(subject));
      case 10 -> store -> index(store).deleteAll(subject.equals("bob") ? subject : "");
      default ->
          store ->
              subject.isEmpty()
                  ? Optional.empty()
                  : index(store).admit(session, max, overflow, instead);
    };
  }

  private Session anySession(String subject) {
    byte[] hash = new byte[SecretHash.LENGTH];
    hash[0] = (byte) random.nextInt(3);
    Instant created = anyInstant();
    return Session.restore(
        anyKey(subject),
        subject,
        SecretHash.of(hash),
        1,
        created,
        created,
        Duration.ofMinutes(10 + random.nextInt(60)),
        LAST.plus(Duration.ofMinutes(10 + random.nextInt(10))),
        Map.of());
  }

  private String anySubject() {
    return SUBJECTS[random.nextInt(SUBJECTS.length)];
  }

  private SessionKey anyKey(String subject) {
    List<SessionKey> all = keysOf(subject);
    return all.get(random.nextInt(all.size()));
  }

  private List<SessionKey> keysOf(String subject) {
    return keys.computeIfAbsent(subject, any -> new ArrayList<>());
  }

  /** Few, so that sessions are created at one instant, and seen at the very end of another. */
  private Instant anyInstant() {
    return LAST.minus(Duration.ofMinutes(random.nextInt(100)));
  }

  private static SubjectIndex index(SessionStore store) {
    return store.subjects().orElseThrow();
  }
}
