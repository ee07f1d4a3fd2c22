package dev.statewise.jwt;

import io.jsonwebtoken.security.VerifySecureDigestRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** What JJWT's algorithms are asked with: to sign, and with a signature to verify. */
final class JwsRequest<K extends Key> implements VerifySecureDigestRequest<K> {

  private final K key;
  private final byte[] input;
  private final byte[] signature;

  JwsRequest(K key, byte[] input, byte[] signature) {
    this.key = key;
    this.input = input;
    this.signature = signature;
  }

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public InputStream getPayload() {
    return new ByteArrayInputStream(input);
  }

  @Override
  public byte[] getDigest() {
    return signature;
  }

  /** Null: the provider that the JDK prefers for this key. */
  @Override
  public @Nullable Provider getProvider() {
    return null;
  }

  @Override
  public @Nullable SecureRandom getSecureRandom() {
    return null;
  }
}
