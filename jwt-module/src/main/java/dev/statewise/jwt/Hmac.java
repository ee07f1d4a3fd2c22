package dev.statewise.jwt;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** HMAC with one secret, which signs and verifies alike: RFC 7518 §3.2. */
final class Hmac implements Signer, Verifier {

  private final String name;
  private final SecretKey key;
  private final Provider provider;
  private final Pool<Mac> macs = new Pool<>(this::newMac);

  /**
   * @param provider null for the one that the JVM prefers
   * @throws IllegalArgumentException if the provider has no such algorithm
   */
  Hmac(Algorithm algorithm, SecretKey key, @Nullable Provider provider) {
    this.name = "Hmac" + algorithm.hash();
    this.key = key;
    try {
      this.provider = initialised(name, key, provider).getProvider();
    } catch (GeneralSecurityException e) {
      throw Jca.missing(algorithm, provider, e);
    }
  }

  @Override
  public byte[] sign(byte[] text, int length) {
    Mac mac = macs.take();
    mac.update(text, 0, length);
    byte[] tag = mac.doFinal();
    macs.give(mac);
    return tag;
  }

  /** In a time that depends on the lengths alone. */
  @Override
  public boolean verifies(byte[] text, int length, byte[] signature) {
    return MessageDigest.isEqual(sign(text, length), signature);
  }

  @Override
  public Provider provider() {
    return provider;
  }

  private Mac newMac() {
    try {
      return initialised(name, key, provider);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "%s had %s when the key was built and has it no more. Do not change security providers while the application runs."
              .formatted(provider.getName(), name),
          e);
    }
  }

  private static Mac initialised(String name, SecretKey key, @Nullable Provider provider)
      throws GeneralSecurityException {
    Mac mac = provider == null ? Mac.getInstance(name) : Mac.getInstance(name, provider);
    mac.init(key);
    return mac;
  }
}
