package dev.statewise.jwt;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A signature of an elliptic curve is two numbers. A token carries them side by side, each as long
 * as the curve's order (RFC 7518 §3.4); some providers know them in DER only.
 */
final class CurveSignature {

  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int LONG_LENGTH = 0x81;
  private static final int SHORT_LENGTHS = 0x80;

  private final int numberBytes;
  private final byte[] order;

  CurveSignature(int numberBytes, BigInteger order) {
    this.numberBytes = numberBytes;
    this.order = new byte[numberBytes];
    byte[] digits = unsigned(order.toByteArray());
    System.arraycopy(digits, 0, this.order, numberBytes - digits.length, digits.length);
  }

  /**
   * Whether both numbers are above zero and below the curve's order. A JDK once forgot to ask, and
   * took zeros for a signature of anything (CVE-2022-21449).
   */
  boolean isInRange(byte[] signature) {
    return signature.length == 2 * numberBytes
        && isInRange(signature, 0)
        && isInRange(signature, numberBytes);
  }

  /** The same two numbers in DER. */
  byte[] toDer(byte[] signature) {
    byte[] first = integer(Arrays.copyOf(signature, numberBytes));
    byte[] second = integer(Arrays.copyOfRange(signature, numberBytes, 2 * numberBytes));
    int length = first.length + second.length;
    byte[] head =
        length < SHORT_LENGTHS
            ? new byte[] {SEQUENCE, (byte) length}
            : new byte[] {SEQUENCE, (byte) LONG_LENGTH, (byte) length};
    byte[] der = Arrays.copyOf(head, head.length + length);
    System.arraycopy(first, 0, der, head.length, first.length);
    System.arraycopy(second, 0, der, head.length + first.length, second.length);
    return der;
  }

  /**
   * The two numbers that a provider signed with.
   *
   * @throws IllegalStateException if it is not one DER sequence of two positive integers that fit,
   *     in their shortest form
   */
  static byte[] fromDer(byte[] der, int numberBytes) {
    int head = der.length > 1 && (der[1] & 0xFF) == LONG_LENGTH ? 3 : 2;
    require(der.length > head && der[0] == SEQUENCE, der);
    int length = der[head - 1] & 0xFF;
    require(length == der.length - head && (head == 2) == (length < SHORT_LENGTHS), der);
    byte[] signature = new byte[2 * numberBytes];
    int second = read(der, head, signature, numberBytes);
    require(read(der, second, signature, 2 * numberBytes) == der.length, der);
    return signature;
  }

  /**
   * Copies the integer at {@code at} to where it ends at {@code end}; returns where the next is.
   */
  private static int read(byte[] der, int at, byte[] into, int end) {
    require(at + 2 < der.length && der[at] == INTEGER, der);
    int from = at + 2;
    int next = from + der[at + 1];
    require(next > from && next <= der.length && der[from] >= 0, der);
    if (der[from] == 0 && next - from > 1) {
      require(der[from + 1] < 0, der);
      from++;
    }
    require(next - from <= into.length / 2, der);
    System.arraycopy(der, from, into, end - (next - from), next - from);
    return next;
  }

  private static byte[] integer(byte[] number) {
    byte[] digits = new BigInteger(1, number).toByteArray();
    byte[] der = new byte[2 + digits.length];
    der[0] = INTEGER;
    der[1] = (byte) digits.length;
    System.arraycopy(digits, 0, der, 2, digits.length);
    return der;
  }

  private boolean isInRange(byte[] signature, int from) {
    int to = from + numberBytes;
    return Arrays.compareUnsigned(signature, from, to, order, 0, numberBytes) < 0
        && !isZero(signature, from, to);
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] unsigned(byte[] number) {
    return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
  }

  private static void require(boolean held, byte[] der) {
    if (!held) {
      throw new IllegalStateException(
          "The security provider answered %d bytes that are no ECDSA signature in DER, so there is no token. Use another provider."
              .formatted(der.length));
    }
  }
}
