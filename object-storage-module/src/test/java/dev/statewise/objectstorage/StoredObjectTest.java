package dev.statewise.objectstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.objectstorage.StoredObject.Content;
import dev.statewise.session.Session;
import dev.statewise.spi.SessionCodec;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StoredObjectTest {

  private static final byte[] TAG = {1, 2, 3, 4, 5, 6, 7, 8};

  private final Session session = Samples.session(Map.of("cart", "42", "näme", "x".repeat(300)));

  @Test
  @DisplayName("a session MUST come back as it was, and its head without its text")
  void roundTrip() throws IOException {
    byte[] bytes = bytes(session);

    assertThat(bytes).hasSize((int) StoredObject.seal(session, TAG).length());
    assertThat(read(bytes)).isEqualTo(new Content.Kept(session));
    byte[] head = Arrays.copyOf(bytes, StoredObject.HEAD);
    assertThat(StoredObject.head(head, session.key())).isInstanceOf(Content.Kept.class);
    Session alone = ((Content.Kept) StoredObject.head(head, session.key())).session();
    assertThat(alone.version()).isEqualTo(session.version());
    assertThat(alone.end()).isEqualTo(session.end());
    assertThat(alone.secretHash()).isEqualTo(session.secretHash());
    assertThat(StoredObject.tagOf(head)).isEqualTo(TAG);
  }

  @Test
  @DisplayName("a bit that was flipped anywhere MUST NOT be a session, to any reader")
  void everyFlippedBit() throws IOException {
    byte[] bytes = bytes(session);
    for (int at = 0; at < bytes.length; at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << bit);

        assertThat(read(flipped))
            .as("byte %d, bit %d", at, bit)
            .isNotInstanceOf(Content.Kept.class);
        assertThat(StoredObject.touch(flipped.clone(), session.key(), Samples.NOW.plusSeconds(1)))
            .as("byte %d, bit %d", at, bit)
            .isNotInstanceOf(Content.Kept.class);
        if (at < StoredObject.HEAD) {
          assertThat(StoredObject.head(flipped, session.key()))
              .as("byte %d, bit %d", at, bit)
              .isNotInstanceOf(Content.Kept.class);
        }
      }
    }
  }

  @Test
  @DisplayName("an object that was cut short or drawn out MUST NOT be a session")
  void everyLength() throws IOException {
    byte[] bytes = bytes(session);
    for (int length = 0; length < bytes.length + 5; length++) {
      if (length != bytes.length) {
        assertThat(read(Arrays.copyOf(bytes, length)))
            .as("%d bytes", length)
            .isInstanceOf(Content.Stranger.class);
      }
    }
  }

  @Test
  @DisplayName("a stream that ends before the length it was said to have MUST be an outage")
  void endsEarly() {
    byte[] bytes = bytes(session);
    for (int length = 0; length < bytes.length; length++) {
      ByteArrayInputStream in = new ByteArrayInputStream(bytes, 0, length);

      assertThatThrownBy(() -> StoredObject.read(in, bytes.length, session.key()))
          .as("%d bytes", length)
          .isInstanceOf(EOFException.class);
    }
  }

  @Test
  @DisplayName("an object under another key MUST be a stranger")
  void anotherKey() throws IOException {
    byte[] bytes = bytes(Samples.session());

    assertThat(read(bytes)).isInstanceOf(Content.Stranger.class);
    assertThat(StoredObject.head(bytes, session.key())).isInstanceOf(Content.Stranger.class);
  }

  @Test
  @DisplayName("a newer format MUST be told from damage, of the object and of the session in it")
  void newer() throws IOException {
    assertThat(read(new byte[] {2, 0, 0})).isInstanceOf(Content.Newer.class);
    assertThat(read(new byte[] {-1})).isInstanceOf(Content.Newer.class);
    byte[] within = bytes(session);
    within[StoredObject.CODEC_AT] = SessionCodec.FORMAT + 1;
    int sum = StoredObject.sum(within, StoredObject.CODEC_AT, StoredObject.CODEC_HEADER);
    ByteBuffer.wrap(within).putInt(1, sum);
    assertThat(read(within)).isInstanceOf(Content.Newer.class);
    assertThat(StoredObject.head(within, session.key())).isInstanceOf(Content.Newer.class);
  }

  @Test
  @DisplayName("the mark of a sweep MUST be nothing, and an empty object a stranger")
  void marks() throws IOException {
    assertThat(read(StoredObject.MARK)).isEqualTo(Content.Nothing.SWEPT);
    assertThat(read(new byte[0])).isInstanceOf(Content.Stranger.class);
    assertThat(read(new byte[2])).isInstanceOf(Content.Stranger.class);
  }

  @Test
  @DisplayName("a touch MUST move lastSeen alone, and never back")
  void touch() throws IOException {
    byte[] bytes = bytes(session);

    StoredObject.touch(bytes, session.key(), Samples.NOW.plusSeconds(60));
    StoredObject.touch(bytes, session.key(), Samples.NOW.plusSeconds(30));

    assertThat(read(bytes))
        .isEqualTo(new Content.Kept(session.seenAt(Samples.NOW.plusSeconds(60))));
    assertThat(StoredObject.tagOf(bytes)).isEqualTo(TAG);
  }

  private static byte[] bytes(Session session) {
    try {
      return StoredObject.seal(session, TAG).open().readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Content read(byte[] bytes) throws IOException {
    return StoredObject.read(new ByteArrayInputStream(bytes), bytes.length, session.key());
  }
}
