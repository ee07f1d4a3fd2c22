package dev.statewise.jwt;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Signature;
import java.security.SignatureException;
import org.jspecify.annotations.Nullable;

/** Signs with a private key. */
final class SignatureSigner implements Signer {

  private final Algorithm algorithm;
  private final Jca jca;
  private final Pool<Signature> signatures;

  /**
   * @param provider null for the one that the JVM prefers for this key
   * @throws IllegalArgumentException if the provider cannot sign with this key
   */
  SignatureSigner(Algorithm algorithm, PrivateKey key, @Nullable Provider provider) {
    this.algorithm = algorithm;
    this.jca = Jca.of(algorithm, key, provider);
    this.signatures = new Pool<>(jca::signature);
  }

  @Override
  public byte[] sign(byte[] text, int length) {
    Signature signing = signatures.take();
    try {
      signing.update(text, 0, length);
      byte[] signature = signing.sign();
      signatures.give(signing);
      return jca.isInDer() ? CurveSignature.fromDer(signature, algorithm.numberBytes()) : signature;
    } catch (SignatureException | ProviderException e) {
      throw new IllegalStateException(
          "%s failed to sign with %s, so there is no token. Its cause says why; the key or its device may be gone."
              .formatted(jca.provider().getName(), algorithm),
          e);
    }
  }
}
