package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a token service: exactly one signs, the others only verify. Immutable.
 *
 * <p>To rotate without refusing anybody, give every node the new key for verifying first, let it
 * sign next, and drop the old one when its last token has expired:
 *
 * <pre>{@code
 * KeyRing.of(old).withVerifying(next.verifying());   // 1. everywhere
 * KeyRing.of(next).withVerifying(old.verifying());   // 2. everywhere, after 1
 * KeyRing.of(next);                                  // 3. the largest idle timeout after 2
 * }</pre>
 *
 * <p>A token chooses its key by {@code kid}, and the key has one algorithm; the token has no say in
 * that. Shared secrets and public keys do not go into one ring: a public key must never be taken
 * for a secret.
 */
public final class KeyRing {

  private final SigningKey signing;
  private final Map<String, VerifyingKey> keys;

  private KeyRing(SigningKey signing, Map<String, VerifyingKey> keys) {
    this.signing = signing;
    this.keys = keys;
  }

  /** A ring of one key, which signs and verifies. */
  public static KeyRing of(SigningKey signing) {
    requireNonNull(signing, "signing");
    return new KeyRing(signing, Map.of(signing.kid(), signing.verifying()));
  }

  /**
   * This ring with one more key, which verifies.
   *
   * @throws IllegalArgumentException if a key of that name is there already, or this same key under
   *     another name for another algorithm, or if the ring's keys are secrets and this one is
   *     public, or the other way round
   */
  public KeyRing withVerifying(VerifyingKey key) {
    requireNonNull(key, "key");
    if (keys.containsKey(key.kid())) {
      throw new IllegalArgumentException(
          "The ring has a key named '%s' already, so a token could not say which of the two it means. Give every key a name of its own."
              .formatted(key.kid()));
    }
    if (key.isSymmetric() != signing.verifying().isSymmetric()) {
      throw new IllegalArgumentException(
          "Key '%s' (%s) would share a ring with '%s' (%s): one is a shared secret and one is public, and a public key must never be taken for a secret. Use two token services."
              .formatted(key.kid(), key.algorithm(), signing.kid(), signing.algorithm()));
    }
    for (VerifyingKey other : keys.values()) {
      requireOneAlgorithm(key, other);
    }
    Map<String, VerifyingKey> more = new LinkedHashMap<>(keys);
    more.put(key.kid(), key);
    return new KeyRing(signing, more);
  }

  private static void requireOneAlgorithm(VerifyingKey key, VerifyingKey other) {
    if (key.algorithm() != other.algorithm() && key.isSameKeyAs(other)) {
      throw new IllegalArgumentException(
          "Key '%s' (%s) is the very key that '%s' (%s) is, so a token could choose between two algorithms for it. A key has one: make another key."
              .formatted(key.kid(), key.algorithm(), other.kid(), other.algorithm()));
    }
  }

  SigningKey signing() {
    return signing;
  }

  /** All keys, the signing one first. */
  Collection<VerifyingKey> verifying() {
    return keys.values();
  }

  @Nullable VerifyingKey find(String kid) {
    return keys.get(kid);
  }

  /** The names of the keys; no key material. */
  @Override
  public String toString() {
    return "KeyRing[%s signs, %s verify]".formatted(signing, keys.keySet());
  }
}
