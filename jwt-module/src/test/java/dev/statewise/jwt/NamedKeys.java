package dev.statewise.jwt;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Keys made when first asked for, all under one kid: it must not be the kid that tells them apart.
 */
final class NamedKeys {

  private final Map<String, KeyRing> rings = new ConcurrentHashMap<>();
  private final Function<String, SigningKey> generator;

  NamedKeys(Function<String, SigningKey> generator) {
    this.generator = generator;
  }

  KeyRing ring(String name) {
    return rings.computeIfAbsent(name, any -> KeyRing.of(generator.apply("k1")));
  }
}
