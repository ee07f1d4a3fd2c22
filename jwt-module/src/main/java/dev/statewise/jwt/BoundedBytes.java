package dev.statewise.jwt;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Keeps the first bytes written to it and counts them all, so that a huge state costs no memory.
 */
final class BoundedBytes extends OutputStream {

  private final byte[] kept;
  private long count;

  BoundedBytes(int limit) {
    kept = new byte[limit];
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (count < kept.length) {
      System.arraycopy(
          bytes, offset, kept, (int) count, (int) Math.min(length, kept.length - count));
    }
    count += length;
  }

  /** How many bytes were written, whether kept or not. */
  long count() {
    return count;
  }

  /** The bytes that were kept. */
  byte[] bytes() {
    return Arrays.copyOf(kept, (int) Math.min(count, kept.length));
  }
}
