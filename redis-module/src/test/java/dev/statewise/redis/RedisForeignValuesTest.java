package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Session;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** Values that this version of this library did not write. */
class RedisForeignValuesTest {

  private static final Instant UNTIL = Instant.parse("2030-01-01T00:00:00Z");
  private static final byte[] NEWER =
      "\u0002 what a newer node wrote".getBytes(StandardCharsets.UTF_8);

  private final String prefix = SharedRedis.newPrefix();
  private final KeySpace keys = new KeySpace(prefix);
  private final Session session = Samples.session();
  private RedisClient client;
  private RedisSessionStore store;
  private RedisRevocationList list;

  @BeforeEach
  void open() {
    client = RedisClient.create(SharedRedis.uri());
    store = RedisSessionStore.over(client).withKeyPrefix(prefix);
    list = RedisRevocationList.over(client).withKeyPrefix(prefix);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  @DisplayName("a session of a newer format MUST be unavailable to every verb and left untouched")
  void newerSession() {
    put(keys.session(session.key()), NEWER);

    List<ThrowingCallable> verbs =
        List.of(
            () -> store.find(session.key()),
            () -> store.findCurrent(session.key()),
            () -> store.create(session),
            () -> store.replace(session.next(Samples.NOW)),
            () -> store.touch(session.key(), Samples.NOW),
            () -> store.delete(session.key()));

    for (ThrowingCallable verb : verbs) {
      assertThatThrownBy(verb)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("newer format")
          .hasMessageContaining(session.key().handle());
      assertThat(client.get(keys.session(session.key()))).isEqualTo(NEWER);
      assertThat(client.pttl(keys.session(session.key()))).isGreaterThan(3_000_000);
    }
  }

  @Test
  @DisplayName("a floor of a newer format MUST be unavailable to every verb and left untouched")
  void newerFloor() {
    List<byte[]> floors =
        List.of(
            keys.sessionFloor(session.key()),
            keys.subjectFloor(session.subject()),
            keys.floorOfAll());
    List<ThrowingCallable> raises =
        List.of(
            () -> list.refuseBelow(session.key(), 2, UNTIL),
            () -> list.refuseCreatedBefore(session.subject(), Samples.NOW, UNTIL),
            () -> list.refuseAllCreatedBefore(Samples.NOW, UNTIL));

    for (int i = 0; i < floors.size(); i++) {
      put(floors.get(i), NEWER);

      assertThatThrownBy(raises.get(i))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("newer format");
      assertThatThrownBy(() -> list.isRefused(session))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("newer format");
      assertThat(client.get(floors.get(i))).isEqualTo(NEWER);
      client.del(floors.get(i));
    }
  }

  @Test
  @DisplayName("a value copied from another session's key MUST be no session, to every verb")
  void swapped() {
    Session victim = Samples.session();
    store.create(victim);
    byte[] copied = client.get(keys.session(victim.key()));
    put(keys.session(session.key()), copied);

    assertThat(store.find(session.key())).isEqualTo(Optional.empty());
    assertThat(store.create(session)).isFalse();
    assertThat(store.replace(session.next(Samples.NOW))).isEqualTo(ReplaceResult.GONE);
    assertThat(store.touch(session.key(), Samples.NOW.plusSeconds(9))).isFalse();
    assertThat(client.get(keys.session(session.key()))).isEqualTo(copied);
    assertThat(store.find(victim.key())).contains(victim);
  }

  @Test
  @DisplayName("a damaged value MUST be no session, and a delete MUST clear it away")
  void damaged() {
    for (String junk : List.of("", "\u0001", "\u0000", "{\"json\":true}", "x".repeat(5000))) {
      byte[] bytes = junk.getBytes(StandardCharsets.UTF_8);
      put(keys.session(session.key()), bytes);

      if (!junk.startsWith("{") && !junk.startsWith("x")) {
        assertThat(store.find(session.key())).as(junk).isEqualTo(Optional.empty());
        assertThat(store.replace(session.next(Samples.NOW))).isEqualTo(ReplaceResult.GONE);
        assertThat(store.touch(session.key(), Samples.NOW)).isFalse();
        assertThat(store.create(session)).isFalse();
        assertThat(client.get(keys.session(session.key()))).isEqualTo(bytes);
        assertThat(store.delete(session.key())).isTrue();
      } else {
        // Its first byte is above every format that this node knows.
        assertThatThrownBy(() -> store.find(session.key()))
            .isInstanceOf(StoreUnavailableException.class);
      }
    }
  }

  @Test
  @DisplayName("a damaged floor MUST be unavailable, never no floor, and never be overwritten")
  void damagedFloor() {
    byte[] junk = {1, 2, 3};
    put(keys.sessionFloor(session.key()), junk);

    assertThatThrownBy(() -> list.isRefused(session))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("not a floor");
    assertThatThrownBy(() -> list.refuseBelow(session.key(), Long.MAX_VALUE, UNTIL))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("not a floor");
    assertThat(client.get(keys.sessionFloor(session.key()))).isEqualTo(junk);
  }

  @Test
  @DisplayName("a key of another type MUST be unavailable and left untouched")
  void wrongType() {
    byte[] redisKey = keys.session(session.key());
    client.hset(redisKey, Map.of("field".getBytes(StandardCharsets.UTF_8), new byte[] {1}));
    client.expire(redisKey, 3600);

    List<ThrowingCallable> verbs =
        List.of(
            () -> store.find(session.key()),
            () -> store.create(session),
            () -> store.replace(session.next(Samples.NOW)),
            () -> store.touch(session.key(), Samples.NOW),
            () -> store.delete(session.key()));

    for (ThrowingCallable verb : verbs) {
      assertThatThrownBy(verb)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("WRONGTYPE")
          .hasMessageContaining("another prefix");
      assertThat(client.hlen(redisKey)).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("a raw subject MUST NOT stand in any key, nor in the log")
  void noSubjectInKeys() {
    Acknowledgement raised = list.refuseCreatedBefore("ann@example.org", Samples.NOW, UNTIL);

    store.create(Samples.of("ann@example.org"));

    assertThat(raised).isEqualTo(Acknowledgement.RAISED);
    assertThat(client.keys(prefix + "*")).hasSize(4).noneMatch(key -> key.contains("ann"));
    assertThat(client.xrange(prefix + "{all}:refusals", "-", "+").toString())
        .doesNotContain("ann@");
  }

  private void put(byte[] key, byte[] value) {
    client.set(key, value, SetParams.setParams().ex(3600));
  }
}
