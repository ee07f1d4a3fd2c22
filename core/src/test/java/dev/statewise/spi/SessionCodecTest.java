package dev.statewise.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionCodec.Decoded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCodecTest {

  private static final SessionKey KEY = new SessionKey("AbCdEfGhIjKlMnO");
  private static final byte[] TAG = {1, 2, 3, 4, 5, 6, 7, 8};
  private static final int ATTRIBUTE_COUNT_AT = 92 + 1 + "ann".length();

  @Test
  @DisplayName("a session MUST come back as it was, whatever text it carries")
  void roundTrip() {
    Session session =
        session(1, Map.of("cart", "42", "", "", "naïve 🙂", "\uFFFD", "x".repeat(200), "y"));

    Decoded decoded = SessionCodec.decode(SessionCodec.encode(session, TAG), KEY);

    assertThat(decoded).isEqualTo(new Decoded.Read(session));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1L << 32, (1L << 53) + 1, Long.MAX_VALUE})
  @DisplayName("any version MUST come back exactly")
  void exactVersions(long version) {
    Session session = session(version, Map.of());

    Decoded decoded = SessionCodec.decode(SessionCodec.encode(session, TAG), KEY);

    assertThat(decoded).isEqualTo(new Decoded.Read(session));
  }

  @Test
  @DisplayName("the longest idle timeout and the latest end MUST come back")
  void longestTimes() {
    Session session =
        Session.restore(
            KEY,
            "",
            SecretHash.NONE,
            1,
            Instant.EPOCH,
            Instant.EPOCH,
            Duration.ofDays(36_500),
            Instant.parse("9999-12-31T23:59:59.999Z"),
            Map.of());

    Decoded decoded = SessionCodec.decode(SessionCodec.encode(session, TAG), KEY);

    assertThat(decoded).isEqualTo(new Decoded.Read(session));
  }

  @Test
  @DisplayName("many and large attributes MUST come back")
  void largeState() {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      attributes.put("name" + i, "é".repeat(i));
    }
    Session session = session(7, attributes);

    Decoded decoded = SessionCodec.decode(SessionCodec.encode(session, TAG), KEY);

    assertThat(decoded).isEqualTo(new Decoded.Read(session));
  }

  @Test
  @DisplayName("every value cut short MUST be unreadable")
  void truncated() {
    byte[] value = SessionCodec.encode(session(3, Map.of("cart", "42")), TAG);

    for (int length = 0; length < value.length; length++) {
      Decoded decoded = SessionCodec.decode(Arrays.copyOf(value, length), KEY);

      assertThat(decoded).as("%d bytes", length).isInstanceOf(Decoded.Unreadable.class);
    }
  }

  @Test
  @DisplayName("bytes after the end MUST make a value unreadable")
  void trailing() {
    byte[] value = SessionCodec.encode(session(3, Map.of("cart", "42")), TAG);

    Decoded decoded = SessionCodec.decode(Arrays.copyOf(value, value.length + 1), KEY);

    assertThat(decoded).isInstanceOf(Decoded.Unreadable.class);
  }

  @Test
  @DisplayName("text that is not UTF-8 MUST make a value unreadable")
  void invalidUtf8() {
    byte[] value = SessionCodec.encode(session(3, Map.of("cart", "42")), TAG);
    value[value.length - 1] = (byte) 0xC3;

    Decoded decoded = SessionCodec.decode(value, KEY);

    assertThat(decoded).isInstanceOf(Decoded.Unreadable.class);
  }

  @Test
  @DisplayName("text with U+0000 MUST make a value unreadable")
  void nul() {
    byte[] value = SessionCodec.encode(session(3, Map.of("cart", "42")), TAG);
    value[value.length - 1] = 0;

    Decoded decoded = SessionCodec.decode(value, KEY);

    assertThat(decoded).isInstanceOf(Decoded.Unreadable.class);
  }

  @Test
  @DisplayName("a count or length that the bytes cannot hold MUST make a value unreadable at once")
  void hugeCounts() {
    byte[] value = SessionCodec.encode(session(3, Map.of()), TAG);
    byte[] huge = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07};
    byte[] aboveInt = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
    byte[] endless = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0};
    byte[] notShortest = {(byte) 0x80, 0};

    for (byte[] count : new byte[][] {huge, aboveInt, endless, notShortest}) {
      byte[] forged =
          ByteBuffer.allocate(ATTRIBUTE_COUNT_AT + count.length)
              .put(value, 0, ATTRIBUTE_COUNT_AT)
              .put(count)
              .array();

      Decoded decoded = SessionCodec.decode(forged, KEY);

      assertThat(decoded).isInstanceOf(Decoded.Unreadable.class);
    }
  }

  @Test
  @DisplayName("an attribute that is there twice MUST make a value unreadable")
  void duplicateAttribute() {
    byte[] value = SessionCodec.encode(session(3, Map.of("a", "1", "b", "2")), TAG);
    for (int i = ATTRIBUTE_COUNT_AT; i < value.length; i++) {
      value[i] = value[i] == 'b' ? (byte) 'a' : value[i];
    }

    Decoded decoded = SessionCodec.decode(value, KEY);

    assertThat(decoded).isInstanceOf(Decoded.Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 127, 128, 255})
  @DisplayName("a value of a newer format MUST be told from one that is damaged")
  void newer(int format) {
    byte[] value = {(byte) format};

    Decoded decoded = SessionCodec.decode(value, KEY);

    assertThat(decoded).isEqualTo(new Decoded.Newer());
  }

  @Test
  @DisplayName("the session of another key MUST be unreadable")
  void swapped() {
    byte[] value = SessionCodec.encode(session(3, Map.of()), TAG);

    Decoded decoded = SessionCodec.decode(value, new SessionKey("AbCdEfGhIjKlMnP"));

    assertThat(decoded).isInstanceOf(Decoded.Unreadable.class);
  }

  @Test
  @DisplayName("a damaged value MUST never throw, and what is wrong MUST not quote its text")
  void damaged() {
    byte[] value = SessionCodec.encode(session(3, Map.of("cart", "wine", "note", "é")), TAG);
    SplittableRandom random = new SplittableRandom(42);

    for (int round = 0; round < 100_000; round++) {
      byte[] damaged = value.clone();
      for (int hit = random.nextInt(4); hit >= 0; hit--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Decoded decoded = SessionCodec.decode(damaged, KEY);

      if (decoded instanceof Decoded.Unreadable unreadable) {
        assertThat(unreadable.why()).doesNotContain("cart", "wine");
      }
    }
  }

  @Test
  @DisplayName("the header MUST lie where the scripts read it")
  void header() {
    Session session = session(0x0102030405060708L, Map.of());

    byte[] value = SessionCodec.encode(session, TAG);

    ByteBuffer header = ByteBuffer.wrap(value);
    assertThat(value[0]).isEqualTo((byte) 1);
    assertThat(Arrays.copyOfRange(value, 1, 9)).isEqualTo(TAG);
    assertThat(header.getLong(9)).isEqualTo(session.version());
    assertThat(header.getLong(17)).isEqualTo(session.lastSeen().toEpochMilli());
    assertThat(header.getLong(25)).isEqualTo(session.createdAt().toEpochMilli());
    assertThat(header.getInt(33)).isEqualTo(1800);
    assertThat(header.getLong(37)).isEqualTo(session.absoluteEnd().toEpochMilli());
    assertThat(Arrays.copyOfRange(value, 45, 77)).isEqualTo(session.secretHash().bytes());
    assertThat(new String(value, 77, 15, StandardCharsets.US_ASCII)).isEqualTo(KEY.text());
  }

  @Test
  @DisplayName("a value MUST tell the tag that it was written with, and each new tag be another")
  void tags() {
    byte[] fresh = SessionCodec.newTag();

    assertThat(SessionCodec.tagOf(SessionCodec.encode(session(3, Map.of()), TAG))).isEqualTo(TAG);
    assertThat(fresh).hasSize(SessionCodec.TAG_LENGTH).isNotEqualTo(SessionCodec.newTag());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 9})
  @DisplayName("a tag of another length MUST be refused before it moves what follows")
  void wrongTag(int length) {
    Session session = session(3, Map.of());

    assertThatThrownBy(() -> SessionCodec.encode(session, new byte[length]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("newTag()");
  }

  @Test
  @DisplayName("attributes alone MUST come back as they were, and lie at the end of the whole")
  void attributesAlone() {
    Map<String, String> attributes = Map.of("cart", "42", "", "", "naïve 🙂", "\uFFFD");

    byte[] bytes = SessionCodec.encodeAttributes(attributes);

    byte[] whole = SessionCodec.encode(session(3, attributes), TAG);
    assertThat(SessionCodec.decodeAttributes(bytes)).contains(attributes);
    assertThat(Arrays.copyOfRange(whole, whole.length - bytes.length, whole.length))
        .isEqualTo(bytes);
  }

  @Test
  @DisplayName("attributes cut short, followed by a byte or named twice MUST be none")
  void damagedAttributes() {
    byte[] bytes = SessionCodec.encodeAttributes(Map.of("a", "1"));
    byte[] twice = {2, 1, 'a', 1, '1', 1, 'a', 1, '2'};

    for (int length = 0; length < bytes.length; length++) {
      assertThat(SessionCodec.decodeAttributes(Arrays.copyOf(bytes, length))).isEmpty();
    }
    assertThat(SessionCodec.decodeAttributes(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
    assertThat(SessionCodec.decodeAttributes(twice)).isEmpty();
  }

  private static Session session(long version, Map<String, String> attributes) {
    byte[] hash = new byte[SecretHash.LENGTH];
    Arrays.fill(hash, (byte) 0xA5);
    Instant created = Instant.parse("2026-03-01T10:00:00.123Z");
    return Session.restore(
        KEY,
        "ann",
        SecretHash.of(hash),
        version,
        created,
        created.plusSeconds(60),
        Duration.ofMinutes(30),
        created.plus(Duration.ofHours(12)),
        attributes);
  }
}
