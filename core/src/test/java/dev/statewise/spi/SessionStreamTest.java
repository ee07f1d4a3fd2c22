package dev.statewise.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionCodec.Decoded;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionStreamTest {

  private static final SessionKey KEY = new SessionKey("AbCdEfGhIjKlMnO");
  private static final byte[] TAG = {1, 2, 3, 4, 5, 6, 7, 8};
  private static final int LARGE = 10 << 20;
  private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  @DisplayName("the stream MUST give the bytes of the codec, whatever text they carry")
  void sameBytes() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 300; round++) {
      Session session = session(randomAttributes(random));
      byte[] expected = SessionCodec.encode(session, TAG);

      SessionStream stream = SessionStream.of(session, TAG);

      assertThat(stream.length()).isEqualTo(expected.length);
      assertThat(stream.open().readAllBytes()).isEqualTo(expected);
      assertThat(byByte(stream.open(), expected.length)).isEqualTo(expected);
      assertThat(read(expected)).isEqualTo(new Decoded.Read(session));
    }
  }

  @Test
  @DisplayName("the stream MUST be the same again, for a client that sends twice")
  void repeatable() throws IOException {
    SessionStream stream = SessionStream.of(session(Map.of("cart", "42", "b", "c")), TAG);

    byte[] first = stream.open().readAllBytes();

    assertThat(stream.open().readAllBytes()).isEqualTo(first);
  }

  @Test
  @DisplayName("text MUST NOT be broken where a piece ends within a character")
  void piecesEndAnywhere() throws IOException {
    for (int before = 4_090; before < 4_100; before++) {
      Session session = session(Map.of("a", "x".repeat(before) + "🙂é\u0800".repeat(3_000)));

      byte[] bytes = SessionStream.of(session, TAG).open().readAllBytes();

      assertThat(bytes).isEqualTo(SessionCodec.encode(session, TAG));
      assertThat(read(bytes)).isEqualTo(new Decoded.Read(session));
    }
  }

  @Test
  @DisplayName("whatever bytes MUST be read as the codec reads them")
  void asStrictAsTheCodec() throws IOException {
    byte[] value = SessionCodec.encode(session(Map.of("cart", "42", "näme", "x".repeat(300))), TAG);
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = Arrays.copyOf(value, value.length + random.nextInt(-3, 3));
      for (int flips = random.nextInt(3); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }

      assertThat(read(damaged)).isEqualTo(SessionCodec.decode(damaged, KEY));
    }
  }

  @Test
  @DisplayName("an empty value MUST be unreadable")
  void empty() throws IOException {
    assertThat(read(new byte[0])).isInstanceOf(Decoded.Unreadable.class);
  }

  @Test
  @DisplayName("a value of a newer format MUST be told from damage")
  void newer() throws IOException {
    assertThat(read(new byte[] {SessionCodec.FORMAT + 1})).isInstanceOf(Decoded.Newer.class);
  }

  @Test
  @DisplayName("no byte after the session's MUST be read")
  void readsNoFurther() throws IOException {
    byte[] value = SessionCodec.encode(session(Map.of("a", "x".repeat(20_000))), TAG);
    InputStream in = new ByteArrayInputStream(Arrays.copyOf(value, value.length + 4));

    SessionStream.read(in, value.length, KEY);

    assertThat(in.available()).isEqualTo(4);
  }

  @Test
  @DisplayName("a stream that ends early MUST be told from damage: it is an outage")
  void endsEarly() {
    for (int size : new int[] {2, 20_000}) {
      byte[] value = SessionCodec.encode(session(Map.of("a", "x".repeat(size))), TAG);
      for (int length : new int[] {0, 50, 95, value.length - 1}) {
        InputStream in = new ByteArrayInputStream(value, 0, length);

        assertThatThrownBy(() -> SessionStream.read(in, value.length, KEY))
            .as("%d of %d bytes", length, value.length)
            .isInstanceOf(EOFException.class);
      }
    }
  }

  @Test
  @DisplayName("writing 10 MB MUST take less than 100 KB beside them")
  void writesWithoutACopy() throws IOException {
    Session session = session(Map.of("large", "x".repeat(LARGE)));
    SessionStream.of(session, TAG).open().transferTo(OutputStream.nullOutputStream());

    long before = allocated();
    SessionStream.of(session, TAG).open().transferTo(OutputStream.nullOutputStream());

    assertThat(allocated() - before).isLessThan(100_000);
  }

  @Test
  @DisplayName("reading 10 MB of short texts MUST take little beside the texts themselves")
  void readsWithoutACopy() throws IOException {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < LARGE / 4_096; i++) {
      attributes.put("name" + i, "x".repeat(4_090));
    }
    byte[] value = SessionCodec.encode(session(attributes), TAG);
    read(value);

    long before = allocated();
    read(value);

    assertThat(allocated() - before).isBetween((long) LARGE, LARGE + LARGE / 10L);
  }

  @Test
  @DisplayName("reading one text of 10 MB MUST take its bytes and itself, and no third copy")
  void readsOneLargeText() throws IOException {
    byte[] value = SessionCodec.encode(session(Map.of("large", "x".repeat(LARGE))), TAG);
    read(value);

    long before = allocated();
    read(value);

    assertThat(allocated() - before).isBetween(2L * LARGE, 2L * LARGE + 100_000);
  }

  private static long allocated() {
    return threads.getCurrentThreadAllocatedBytes();
  }

  private static Decoded read(byte[] value) throws IOException {
    return SessionStream.read(new ByteArrayInputStream(value), value.length, KEY);
  }

  private static byte[] byByte(InputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) in.read();
    }
    assertThat(in.read()).isEqualTo(-1);
    return bytes;
  }

  private static Map<String, String> randomAttributes(SplittableRandom random) {
    Map<String, String> attributes = new HashMap<>();
    for (int count = random.nextInt(20); count > 0; count--) {
      attributes.put(randomText(random, 20) + count, randomText(random, 10_000));
    }
    return attributes;
  }

  private static String randomText(SplittableRandom random, int longest) {
    StringBuilder text = new StringBuilder();
    int[] alphabet = {'a', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF};
    for (int length = random.nextInt(longest); length > 0; length--) {
      text.appendCodePoint(random.nextInt(3) > 0 ? 'a' : alphabet[random.nextInt(9)]);
    }
    return text.toString();
  }

  private static Session session(Map<String, String> attributes) {
    return Session.restore(
        KEY,
        "ännchen 🙂",
        SecretHash.of(
            new byte[] {
              1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
              25, 26, 27, 28, 29, 30, 31, 32
            }),
        3,
        Instant.ofEpochMilli(1_000),
        Instant.ofEpochMilli(2_000),
        Duration.ofMinutes(30),
        Instant.ofEpochMilli(86_400_000),
        attributes);
  }
}
