package dev.statewise.jwt;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keys that never change. */
final class FixedKeys extends IssuerKeys {

  private final Map<String, VerifyingKey> keys;

  FixedKeys(Map<String, VerifyingKey> keys) {
    this.keys = Map.copyOf(keys);
  }

  @Override
  @Nullable VerifyingKey find(String kid, Instant now) {
    return keys.get(kid);
  }

  @Override
  boolean allows(String alg) {
    return keys.values().stream().anyMatch(key -> key.algorithm().alg().equals(alg));
  }

  /** The names of the keys; no key material. */
  @Override
  public String toString() {
    return keys.values().stream()
        .map(key -> key.kid() + " " + key.algorithm())
        .sorted()
        .collect(Collectors.joining(", ", "IssuerKeys[", "]"));
  }
}
