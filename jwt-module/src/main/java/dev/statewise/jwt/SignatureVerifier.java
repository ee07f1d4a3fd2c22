package dev.statewise.jwt;

import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import org.jspecify.annotations.Nullable;

/** Verifies with a public key. */
final class SignatureVerifier implements Verifier {

  private final Jca jca;
  private final @Nullable CurveSignature curve;
  private final Pool<Signature> signatures;

  /**
   * @param provider null for the one that the JVM prefers for this key
   * @throws IllegalArgumentException if the provider cannot verify with this key
   */
  SignatureVerifier(Algorithm algorithm, PublicKey key, @Nullable Provider provider) {
    this.jca = Jca.of(algorithm, key, provider);
    this.curve =
        key instanceof ECPublicKey onCurve
            ? new CurveSignature(algorithm.numberBytes(), onCurve.getParams().getOrder())
            : null;
    this.signatures = new Pool<>(jca::signature);
  }

  @Override
  public boolean verifies(byte[] text, int length, byte[] signature) {
    if (curve == null) {
      return holds(text, length, signature);
    }
    return curve.isInRange(signature)
        && holds(text, length, jca.isInDer() ? curve.toDer(signature) : signature);
  }

  @Override
  public Provider provider() {
    return jca.provider();
  }

  private boolean holds(byte[] text, int length, byte[] signature) {
    Signature verifying = signatures.take();
    try {
      verifying.update(text, 0, length);
      boolean holds = verifying.verify(signature);
      signatures.give(verifying);
      return holds;
    } catch (SignatureException | RuntimeException e) {
      // Providers throw for some signatures that are out of range instead of saying no. What state
      // this one is in then, nobody says, so it is not given back.
      return false;
    }
  }
}
