package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys that the tokens of an issuer are verified with, and so its algorithms, for each key has
 * exactly one. They are fixed, or of a {@link RemoteKeySet}. Safe for use by any number of threads.
 */
public abstract sealed class IssuerKeys permits FixedKeys, RemoteKeySet {

  IssuerKeys() {}

  /**
   * Keys that never change.
   *
   * @throws IllegalArgumentException if two have one name, one key has two algorithms, or secrets
   *     are among public keys
   */
  public static IssuerKeys of(VerifyingKey first, VerifyingKey... more) {
    Map<String, VerifyingKey> keys = new LinkedHashMap<>();
    for (VerifyingKey key : listed(first, more)) {
      keys.values().forEach(other -> requireApart(key, other));
      keys.put(key.kid(), key);
    }
    return new FixedKeys(keys);
  }

  /**
   * The keys of a JWK Set (RFC 7517) that never changes. A key must have a {@code kid}, and {@code
   * use} and {@code key_ops}, if it has them, for verifying. One without {@code alg} has the
   * allowed algorithm of its kind, if there is exactly one.
   *
   * @param json the set
   * @param first an algorithm that its keys may have; those of other algorithms are left out
   * @throws IllegalArgumentException if it is no JWK Set, has no key of these algorithms, or has a
   *     private, symmetric, weak, damaged or ambiguous key, or one without a name
   */
  public static IssuerKeys jwkSet(String json, Algorithm first, Algorithm... more) {
    JwkSet set =
        JwkSetReader.read(
            requireNonNull(json, "json").getBytes(StandardCharsets.UTF_8), algorithms(first, more));
    if (!set.findings().isEmpty()) {
      throw new IllegalArgumentException(
          String.join(" ", set.findings()) + " Take it out of the set, or have it mended.");
    }
    if (set.keys().isEmpty()) {
      throw new IllegalArgumentException(
          "The JWK Set has no key for %s, so no token could be verified. Allow the algorithms that its keys are for."
              .formatted(algorithms(first, more)));
    }
    return new FixedKeys(set.keys());
  }

  /**
   * The key of that name.
   *
   * @param kid as a token says it, which nothing is known of
   * @return null if the issuer has no such key
   * @throws dev.statewise.spi.StoreUnavailableException if that cannot be known now
   */
  abstract @Nullable VerifyingKey find(String kid, Instant now);

  /** Whether tokens of the issuer may say this {@code alg}: asked first, as it costs nothing. */
  abstract boolean allows(String alg);

  /** Algorithms of public keys. */
  static Set<Algorithm> algorithms(Algorithm first, Algorithm... more) {
    Set<Algorithm> algorithms = EnumSet.noneOf(Algorithm.class);
    algorithms.addAll(listed(first, more));
    if (algorithms.stream().anyMatch(one -> one.family() == Algorithm.Family.HMAC)) {
      throw new IllegalArgumentException(
          "The algorithms %s have an HMAC among them, whose keys are secrets, and a JWK Set that others can read has public keys. Allow those of key pairs only."
              .formatted(algorithms));
    }
    return algorithms;
  }

  private static void requireApart(VerifyingKey key, VerifyingKey other) {
    boolean apart =
        !key.kid().equals(other.kid())
            && key.isSymmetric() == other.isSymmetric()
            && (key.algorithm() == other.algorithm() || !key.isSameKeyAs(other));
    if (!apart) {
      throw new IllegalArgumentException(
          "%s and %s cannot belong to one issuer: they have one name, or are one key with two algorithms, or one is a secret and one is public. Give each key its own name and one algorithm, and do not mix the two kinds."
              .formatted(key, other));
    }
  }

  @SafeVarargs
  private static <T> List<T> listed(T first, T... more) {
    List<T> all = new ArrayList<>();
    all.add(requireNonNull(first, "first"));
    for (T one : more) {
      all.add(requireNonNull(one, "more"));
    }
    return all;
  }
}
