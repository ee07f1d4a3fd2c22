package dev.statewise.jwt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * HMAC with one secret, which signs and verifies alike: RFC 7518 §3.2.
 *
 * <p>Where the JDK's own provider would do it, the JDK's digests do it without its {@code Mac},
 * which absorbs the key anew for each tag. Any other provider is left to it.
 */
final class Hmac implements Signer, Verifier {

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final String name;
  private final SecretKey key;
  private final Provider provider;
  private final @Nullable KeyedDigests digests;
  private final Pool<Mac> macs = new Pool<>(this::newMac);
  private final ProviderFailure failure;

  /**
   * @param provider null for the one that the JVM prefers
   * @throws IllegalArgumentException if the provider has no such algorithm
   */
  Hmac(Algorithm algorithm, SecretKey key, @Nullable Provider provider) {
    this.name = "Hmac" + algorithm.hash();
    this.key = key;
    try {
      Provider preferred = initialised(name, key, provider).getProvider();
      this.digests = preferred.getName().equals("SunJCE") ? KeyedDigests.of(algorithm, key) : null;
      this.provider = preferred;
    } catch (GeneralSecurityException e) {
      throw Jca.missing(algorithm, provider, e);
    }
    this.failure = new ProviderFailure(algorithm, this.provider);
  }

  @Override
  public byte[] sign(byte[] text, int length) {
    return digests == null ? byMac(text, length) : digests.tag(text, length);
  }

  private byte[] byMac(byte[] text, int length) {
    Mac mac = macs.take();
    mac.update(text, 0, length);
    byte[] tag = mac.doFinal();
    macs.give(mac);
    return tag;
  }

  /** In a time that depends on the lengths alone. */
  @Override
  public boolean verifies(byte[] text, int length, byte[] signature) {
    byte[] tag = tag(text, length);
    if (tag.length != signature.length) {
      return false;
    }
    // As MessageDigest.isEqual does, eight bytes at a time: so many times eight is every tag long.
    long difference = 0;
    for (int i = 0; i < tag.length; i += Long.BYTES) {
      difference |= (long) EIGHT.get(tag, i) ^ (long) EIGHT.get(signature, i);
    }
    return difference == 0;
  }

  /** To compare with. It does not depend on what it is compared with, so nothing may throw here. */
  private byte[] tag(byte[] text, int length) {
    try {
      return sign(text, length);
    } catch (RuntimeException e) {
      throw failure.of(e);
    }
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
