package dev.statewise.jwt;

import dev.statewise.jwt.Algorithm.Family;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JWK Set (RFC 7517), and takes of it the public keys that verify with one algorithm of
 * those that are allowed.
 *
 * <p>Each key has exactly one algorithm: the one it names in {@code alg}, else the only allowed one
 * of its kind. What is meant for something else is left out in silence, as RFC 7517 §5 demands.
 * What should not be there at all is left out with a finding: a private or symmetric key, a weak
 * one, one that is damaged or says two things, two of one name.
 */
final class JwkSetReader {

  /** How long a set may be, however it comes. */
  static final int MAX_BYTES = 1 << 20;

  private static final int MOST_KEYS = 100;
  private static final int LONGEST_KID = 256;
  private static final int MOST_RSA_BITS = 8192;
  private static final int MOST_EXPONENT_BITS = 32;
  private static final int LONGEST_NUMBER = (MOST_RSA_BITS / 8 + 1) * 4 / 3 + 2;
  private static final int ED25519_BYTES = 32;

  private static final Set<String> SECRETS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
  private static final Set<String> KINDS = Set.of("RSA", "EC", "OKP");

  private static final JsonTree JSON = new JsonTree(MAX_BYTES);

  private final Set<Algorithm> allowed;
  private final Map<String, VerifyingKey> keys = new LinkedHashMap<>();
  private final Set<String> twice = new HashSet<>();
  private final List<String> findings = new ArrayList<>();

  private JwkSetReader(Set<Algorithm> allowed) {
    this.allowed = allowed;
  }

  /**
   * @param allowed which algorithms a key may have
   * @throws IllegalArgumentException if it is no JWK Set in strict JSON, or has more than 100 keys
   */
  static JwkSet read(byte[] utf8, Set<Algorithm> allowed) {
    JwkSetReader reader = new JwkSetReader(allowed);
    List<?> listed = listed(utf8);
    for (int i = 0; i < listed.size(); i++) {
      reader.add(i, listed.get(i));
    }
    return reader.set();
  }

  private static List<?> listed(byte[] utf8) {
    try {
      if (JSON.parse(utf8).get("keys") instanceof List<?> keys) {
        if (keys.size() > MOST_KEYS) {
          throw new IllegalArgumentException(
              "The JWK Set has %d keys and may have %d, so it was not read. Is it the right document?"
                  .formatted(keys.size(), MOST_KEYS));
        }
        return keys;
      }
    } catch (IOException e) {
      // Refused below, without words of the text, which a parser's message may have.
    }
    throw new IllegalArgumentException(
        "This is no JWK Set (RFC 7517 §5): one object in strict JSON, up to %d bytes, with a list 'keys' and no name twice. So no key was taken of it. Look at what the address answers."
            .formatted(MAX_BYTES));
  }

  private void add(int place, Object listed) {
    try {
      if (!(listed instanceof Map<?, ?> jwk)) {
        throw refused("is no object.");
      }
      VerifyingKey key = read(jwk);
      if (key != null && (twice.contains(key.kid()) || keys.put(key.kid(), key) != null)) {
        twice.add(key.kid());
        throw refused("has the name of another, so neither is taken.");
      }
    } catch (IllegalArgumentException e) {
      findings.add("Key %d of the JWK Set %s".formatted(place + 1, e.getMessage()));
    }
  }

  private JwkSet set() {
    keys.keySet().removeAll(twice);
    Set<String> ambiguous = new HashSet<>();
    for (VerifyingKey one : keys.values()) {
      for (VerifyingKey other : keys.values()) {
        if (one.algorithm() != other.algorithm() && one.isSameKeyAs(other)) {
          ambiguous.add(one.kid());
        }
      }
    }
    keys.keySet().removeAll(ambiguous);
    ambiguous.forEach(
        kid ->
            findings.add(
                "Key '%s' of the JWK Set is listed with two algorithms, so neither is taken: a key has one."
                    .formatted(kid)));
    return new JwkSet(Map.copyOf(keys), List.copyOf(findings));
  }

  /** The key that verifies; null if it is for something else. */
  private @Nullable VerifyingKey read(Map<?, ?> jwk) {
    String kind = text(jwk, "kty");
    if (kind.equals("oct") || hasSecret(jwk.keySet())) {
      throw refused(
          "is symmetric or private, and whoever could read this could sign. Its owner must replace it at once.");
    }
    if (!KINDS.contains(kind) || !isForVerifying(jwk)) {
      return null;
    }
    Algorithm algorithm = algorithm(jwk, kind);
    if (algorithm == null) {
      return null;
    }
    String kid = kid(jwk);
    PublicKey key = key(jwk, algorithm);
    KeyStrength.requirePublic(algorithm, key);
    return VerifyingKey.unchecked(kid, algorithm, key, null);
  }

  private static boolean hasSecret(Set<?> names) {
    return names.stream().anyMatch(SECRETS::contains);
  }

  private static boolean isForVerifying(Map<?, ?> jwk) {
    if (jwk.containsKey("use") && !text(jwk, "use").equals("sig")) {
      return false;
    }
    if (!jwk.containsKey("key_ops")) {
      return true;
    }
    if (!(jwk.get("key_ops") instanceof List<?> operations)
        || new HashSet<>(operations).size() < operations.size()) {
      throw refused("has key_ops that are no list of different ones (RFC 7517 §4.3).");
    }
    return operations.contains("verify");
  }

  private static String kid(Map<?, ?> jwk) {
    String kid = jwk.containsKey("kid") ? text(jwk, "kid") : "";
    boolean named =
        !kid.isEmpty()
            && kid.length() <= LONGEST_KID
            && kid.chars().allMatch(c -> c > ' ' && c < 0x7F);
    if (!named) {
      throw refused(
          "has no kid of 1 to %d printable characters of ASCII, so no token can name it."
              .formatted(LONGEST_KID));
    }
    return kid;
  }

  /** The one algorithm of a key; null if it is for another. */
  private @Nullable Algorithm algorithm(Map<?, ?> jwk, String kind) {
    String curve = kind.equals("RSA") ? "" : text(jwk, "crv");
    List<Algorithm> fitting =
        Stream.of(Algorithm.values()).filter(one -> fits(one, kind, curve)).toList();
    if (jwk.containsKey("alg")) {
      return named(text(jwk, "alg"), fitting);
    }
    List<Algorithm> candidates = fitting.stream().filter(allowed::contains).toList();
    if (candidates.size() > 1) {
      throw refused(
          "names no alg, and several are allowed for its kind (%s), so a token could choose. Allow one of them."
              .formatted(candidates));
    }
    return candidates.isEmpty() ? null : candidates.get(0);
  }

  private @Nullable Algorithm named(String alg, List<Algorithm> fitting) {
    for (Algorithm one : Algorithm.values()) {
      if (one.alg().equals(alg)) {
        if (!fitting.contains(one)) {
          throw refused("names %s, which is not for its kind or curve.".formatted(one.alg()));
        }
        return allowed.contains(one) ? one : null;
      }
    }
    return null;
  }

  private static boolean fits(Algorithm algorithm, String kind, String curve) {
    return switch (algorithm.family()) {
      case HMAC -> false;
      case RSA, RSA_PSS -> kind.equals("RSA");
      case ECDSA -> kind.equals("EC") && curve.equals(algorithm.curveName());
      case EDDSA -> kind.equals("OKP") && curve.equals("Ed25519");
    };
  }

  private static PublicKey key(Map<?, ?> jwk, Algorithm algorithm) {
    try {
      Family family = algorithm.family();
      return family == Family.ECDSA
          ? curve(jwk, algorithm)
          : family == Family.EDDSA ? edwards(jwk) : rsa(jwk);
    } catch (GeneralSecurityException e) {
      throw refused("is no key that this JVM can read.");
    }
  }

  private static PublicKey rsa(Map<?, ?> jwk) throws GeneralSecurityException {
    BigInteger modulus = number(jwk, "n");
    BigInteger exponent = number(jwk, "e");
    if (modulus.bitLength() > MOST_RSA_BITS || exponent.bitLength() > MOST_EXPONENT_BITS) {
      throw refused(
          "has more than %d bits, or an exponent of more than %d, and would take longer than it is worth."
              .formatted(MOST_RSA_BITS, MOST_EXPONENT_BITS));
    }
    if (!modulus.testBit(0) || !exponent.testBit(0)) {
      throw refused("has an even modulus or exponent, which no RSA key has.");
    }
    return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
  }

  private static PublicKey curve(Map<?, ?> jwk, Algorithm algorithm)
      throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(algorithm.curve()));
    ECPoint point =
        new ECPoint(
            new BigInteger(1, bytes(jwk, "x", algorithm.numberBytes())),
            new BigInteger(1, bytes(jwk, "y", algorithm.numberBytes())));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
  }

  /** RFC 8032 §5.1.2: y in little endian, and in the highest bit whether x is odd. */
  private static PublicKey edwards(Map<?, ?> jwk) throws GeneralSecurityException {
    byte[] x = bytes(jwk, "x", ED25519_BYTES);
    byte[] y = new byte[ED25519_BYTES];
    for (int i = 0; i < ED25519_BYTES; i++) {
      y[i] = x[ED25519_BYTES - 1 - i];
    }
    boolean odd = y[0] < 0;
    y[0] &= 0x7F;
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(
            new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y))));
  }

  private static BigInteger number(Map<?, ?> jwk, String name) {
    byte[] bytes = bytes(jwk, name);
    if (bytes.length == 0 || bytes[0] == 0) {
      throw refused("has a number '%s' not in its shortest form (RFC 7518 §2).".formatted(name));
    }
    return new BigInteger(1, bytes);
  }

  private static byte[] bytes(Map<?, ?> jwk, String name, int length) {
    byte[] bytes = bytes(jwk, name);
    if (bytes.length != length) {
      throw refused("has a '%s' of %d bytes and not %d.".formatted(name, bytes.length, length));
    }
    return bytes;
  }

  private static byte[] bytes(Map<?, ?> jwk, String name) {
    String text = text(jwk, name);
    byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
    try {
      if (text.length() <= LONGEST_NUMBER) {
        return Base64Url.decode(encoded, 0, encoded.length);
      }
    } catch (RefusedException e) {
      // Said below.
    }
    throw refused("has a '%s' that is too long, or not base64url.".formatted(name));
  }

  private static String text(Map<?, ?> jwk, String name) {
    if (jwk.get(name) instanceof String text) {
      return text;
    }
    throw refused("has no text '%s' where it needs one.".formatted(name));
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(why);
  }
}
