package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The server's secrets that refresh tokens are derived with: one for what is made from now on, the
 * others for what was made before. Immutable. Not the keys that sign tokens: a key has one use.
 *
 * <p>A former key is needed for the grace and twice the clock skew after the last redemption that
 * was made with it, and no longer: the grace itself allows for the skew once. To rotate, let every
 * node know the next key before any node uses it:
 *
 * <pre>{@code
 * RefreshKeys.of("2026-11", old).withOther("2026-12", next);   // 1. everywhere
 * RefreshKeys.of("2026-12", next).withOther("2026-11", old);   // 2. everywhere, after 1
 * RefreshKeys.of("2026-12", next);                             // 3. grace and 2 × skew after 2
 * }</pre>
 */
public final class RefreshKeys {

  private static final int GENERATED_BYTES = 32;

  private final String current;
  private final Map<String, Hmac> keys;

  private RefreshKeys(String current, Map<String, Hmac> keys) {
    this.current = current;
    this.keys = keys;
  }

  /**
   * One key, for what is made from now on.
   *
   * @param id its name, which is stored with a family: 1 to 64 characters of A-Z a-z 0-9 - _
   * @param secret 32 random bytes or more, copied. Not a password, and not the text of an encoded
   *     key: decode that first
   * @throws IllegalArgumentException if the name or the secret is not like that
   */
  public static RefreshKeys of(String id, byte[] secret) {
    return new RefreshKeys(KeyStrength.kid(id), Map.of(id, hmac(secret)));
  }

  /** A new random key: for tests and first steps, since it is gone when the process ends. */
  public static RefreshKeys generate(String id) {
    byte[] secret = new byte[GENERATED_BYTES];
    new SecureRandom().nextBytes(secret);
    return of(id, secret);
  }

  /**
   * The same, knowing one more key: a former one, or the next.
   *
   * @throws IllegalArgumentException if a key of that name is there already, or as of {@link #of}
   */
  public RefreshKeys withOther(String id, byte[] secret) {
    requireNonNull(id, "id");
    if (keys.containsKey(id)) {
      throw new IllegalArgumentException(
          "There is a refresh key named '%s' already, so a family could not say which of the two made its token. Give every key a name of its own."
              .formatted(id));
    }
    Map<String, Hmac> more = new HashMap<>(keys);
    more.put(KeyStrength.kid(id), hmac(secret));
    return new RefreshKeys(current, more);
  }

  String current() {
    return current;
  }

  @Nullable Hmac find(String id) {
    return keys.get(id);
  }

  /** The names of the keys; no key material. */
  @Override
  public String toString() {
    return "RefreshKeys[%s of %s, redacted]".formatted(current, keys.keySet());
  }

  private static Hmac hmac(byte[] secret) {
    KeyStrength.requireHmac(Algorithm.HS256, secret);
    return new Hmac(Algorithm.HS256, new SecretKeySpec(secret, "HmacSHA256"), null);
  }
}
