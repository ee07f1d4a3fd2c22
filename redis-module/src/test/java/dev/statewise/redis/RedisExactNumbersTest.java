package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ReplaceResult;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that a script's own kind of number cannot hold. */
class RedisExactNumbersTest {

  private static final Instant UNTIL = Samples.NOW.plusSeconds(3600);

  private RedisSessionStore store;
  private RedisRevocationList list;

  @BeforeEach
  void open() {
    String prefix = SharedRedis.newPrefix();
    store = RedisSessionStore.connect(SharedRedis.patient()).withKeyPrefix(prefix);
    list =
        RedisRevocationListTest.sinceEver(
            RedisRevocationList.connect(SharedRedis.patient()), prefix, InstantSource.system());
  }

  @AfterEach
  void close() {
    store.close();
    list.close();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {127, 255, (1L << 31) - 1, 1L << 32, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE - 2})
  @DisplayName("replace MUST tell a version from its neighbours, however high")
  void neighbouringVersions(long version) {
    Session session = Samples.atVersion(version);
    store.create(session);
    Session next = session.next(Samples.NOW);

    assertThat(store.replace(session)).isEqualTo(ReplaceResult.CONFLICT);
    assertThat(store.replace(next.next(Samples.NOW))).isEqualTo(ReplaceResult.CONFLICT);
    assertThat(store.replace(next)).isEqualTo(ReplaceResult.REPLACED);
    assertThat(store.find(session.key())).contains(next);
  }

  @ParameterizedTest
  @ValueSource(longs = {127, 255, (1L << 32) - 1, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE - 1})
  @DisplayName("a floor MUST refuse the version below it and not the one at it, however high")
  void neighbouringFloors(long version) {
    Session below = Samples.atVersion(version);
    SessionKey key = below.key();

    assertThat(list.refuseBelow(key, version, UNTIL)).isEqualTo(Acknowledgement.RAISED);
    assertThat(list.isRefused(below)).isFalse();
    assertThat(list.refuseBelow(key, version + 1, UNTIL)).isEqualTo(Acknowledgement.RAISED);
    assertThat(list.isRefused(below)).isTrue();
    assertThat(list.refuseBelow(key, version, UNTIL)).isEqualTo(Acknowledgement.ALREADY);
    assertThat(list.isRefused(below.next(Samples.NOW))).isFalse();
  }

  @Test
  @DisplayName("a negative version MUST refuse nothing")
  void negativeFloor() {
    Session session = Samples.session();

    list.refuseBelow(session.key(), Long.MIN_VALUE, UNTIL);

    assertThat(list.isRefused(session)).isFalse();
  }

  @Test
  @DisplayName("a floor between two milliseconds MUST refuse the earlier and not the later")
  void betweenMilliseconds() {
    String subject = "between";
    Instant floor = Samples.NOW.plusNanos(1);

    list.refuseCreatedBefore(subject, floor, UNTIL);

    assertThat(list.isRefused(Samples.createdAt(subject, Samples.NOW))).isTrue();
    assertThat(list.isRefused(Samples.createdAt(subject, Samples.NOW.plusMillis(1)))).isFalse();
    assertThat(list.floor(subject)).isEqualTo(Samples.NOW.plusMillis(1));
  }

  @Test
  @DisplayName("the lastSeen that is kept MUST be the later to the millisecond")
  void neighbouringInstants() {
    Session session = Samples.session();
    store.create(session);

    for (long millis : new long[] {1, 0, 255, 254, 256, 65_536, 65_535}) {
      store.touch(session.key(), Samples.NOW.plusMillis(millis));
    }

    assertThat(store.find(session.key()).orElseThrow().lastSeen())
        .isEqualTo(Samples.NOW.plusMillis(65_536));
  }

  @Test
  @DisplayName("a touch MUST be cut to milliseconds and to what a session can carry")
  void outsideInstants() {
    Session session = Samples.session();
    store.create(session);

    store.touch(session.key(), Samples.NOW.plusNanos(999_999));
    assertThat(store.find(session.key())).contains(session);

    store.touch(session.key(), Instant.EPOCH.minusSeconds(1));
    assertThat(store.find(session.key())).contains(session);

    store.touch(session.key(), Instant.MAX);
    assertThat(store.find(session.key()).orElseThrow().lastSeen())
        .isEqualTo(Instant.parse("9999-12-31T23:59:59.999Z"));
  }

  @Test
  @DisplayName("two keys of one slot MUST never be taken for one another")
  void sameSlot() {
    SessionKey one = SessionKey.draw("ann", new SecureRandom());
    SessionKey other = SessionKey.draw("ann", new SecureRandom());

    list.refuseBelow(one, Long.MAX_VALUE, UNTIL);

    assertThat(list.refuseBelow(other, 1, UNTIL)).isEqualTo(Acknowledgement.RAISED);
  }
}
