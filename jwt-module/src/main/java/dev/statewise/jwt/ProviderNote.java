package dev.statewise.jwt;

import dev.statewise.jwt.Algorithm.Family;
import java.security.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at start whose code verifies with each key, and where a faster one is worth its jar. */
final class ProviderNote {

  private static final Logger LOG = LoggerFactory.getLogger(JwtTokenService.class);

  private ProviderNote() {}

  static void log(KeyRing keys) {
    keys.members().forEach(member -> LOG.info("{}", of(member.key())));
  }

  /** What was not said of {@code before}. */
  static void logNew(KeyRing keys, KeyRing before) {
    keys.members().stream()
        .map(KeyRing.Member::key)
        .filter(key -> before.members().stream().noneMatch(old -> old.key() == key))
        .forEach(key -> LOG.info("{}", of(key)));
  }

  static String of(VerifyingKey key) {
    Provider provider = key.provider();
    String whose =
        "Key '%s' (%s) verifies with %s %s."
            .formatted(key.kid(), key.algorithm(), provider.getName(), provider.getVersionStr());
    return isSlow(key)
        ? whose
            + " Its elliptic curves are written in Java: Amazon Corretto Crypto Provider or Conscrypt, in native code, verifies many more such tokens in the same CPU time. Put one on the class path and pass it to the key's withProvider. A token that was seen before does not need it."
        : whose;
  }

  private static boolean isSlow(VerifyingKey key) {
    Family family = key.algorithm().family();
    return (family == Family.ECDSA || family == Family.EDDSA)
        && key.provider().getName().equals("SunEC");
  }
}
