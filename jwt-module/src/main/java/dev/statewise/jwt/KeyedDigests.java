package dev.statewise.jwt;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * An HMAC whose two digests have absorbed the key already, which RFC 2104 §4 describes: each tag
 * begins with copies of them. The digests themselves never change, so any number of threads may
 * copy them at once.
 */
final class KeyedDigests {

  private static final byte INNER_PAD = 0x36;
  private static final byte OUTER_PAD = 0x5C;

  private final MessageDigest inner;
  private final MessageDigest outer;

  private KeyedDigests(MessageDigest inner, MessageDigest outer) {
    this.inner = inner;
    this.outer = outer;
  }

  /** Null if this JVM's digest cannot be copied, or the key does not show its bytes. */
  static @Nullable KeyedDigests of(Algorithm algorithm, SecretKey key) {
    byte[] secret = key.getEncoded();
    if (secret == null) {
      return null;
    }
    try {
      // One of them a copy already: so it is known that they can be copied.
      MessageDigest inner = (MessageDigest) absorbed(algorithm, secret, INNER_PAD).clone();
      return new KeyedDigests(inner, absorbed(algorithm, secret, OUTER_PAD));
    } catch (GeneralSecurityException | CloneNotSupportedException e) {
      return null;
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  byte[] tag(byte[] text, int length) {
    MessageDigest first = copy(inner);
    first.update(text, 0, length);
    return copy(outer).digest(first.digest());
  }

  private static MessageDigest absorbed(Algorithm algorithm, byte[] secret, byte pad)
      throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-" + algorithm.hashBytes() * 8);
    int blockBytes = algorithm.hashBytes() == 32 ? 64 : 128;
    byte[] fitting = secret.length > blockBytes ? digest.digest(secret) : secret;
    byte[] block = Arrays.copyOf(fitting, blockBytes);
    for (int i = 0; i < blockBytes; i++) {
      block[i] ^= pad;
    }
    digest.update(block);
    Arrays.fill(block, (byte) 0);
    return digest;
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("A digest that could be copied before cannot be now.", e);
    }
  }
}
