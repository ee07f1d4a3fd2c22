package dev.statewise.objectstorage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of a session between their two checksums, see {@link StoredObject}. */
final class SealingStream extends InputStream {

  private final CRC32C sum = new CRC32C();
  private final InputStream summed;
  private @Nullable InputStream end;

  SealingStream(InputStream session) {
    InputStream head = new ByteArrayInputStream(head(session));
    summed = new CheckedInputStream(new SequenceInputStream(head, session), sum);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (end == null) {
      int read = summed.read(into, offset, length);
      if (read >= 0) {
        return read;
      }
      end = new ByteArrayInputStream(bytes((int) sum.getValue()));
    }
    return end.read(into, offset, length);
  }

  private static byte[] head(InputStream session) {
    byte[] head = new byte[StoredObject.HEAD];
    head[0] = StoredObject.SESSION;
    try {
      session.readNBytes(head, StoredObject.CODEC_AT, StoredObject.CODEC_HEADER);
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory can always be read.", e);
    }
    int sum = StoredObject.sum(head, StoredObject.CODEC_AT, StoredObject.CODEC_HEADER);
    ByteBuffer.wrap(head).putInt(1, sum);
    return head;
  }

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }
}
