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
  private final boolean isEdwards;
  private final ProviderFailure failure;

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
    this.isEdwards = algorithm.family() == Algorithm.Family.EDDSA;
    this.failure = new ProviderFailure(algorithm, jca.provider());
  }

  @Override
  public boolean verifies(byte[] text, int length, byte[] signature) {
    if (curve != null && !curve.isInRange(signature)) {
      return false;
    }
    try {
      return holds(text, length, signature);
    } catch (RuntimeException e) {
      return holdsAfter(e, text, length, signature);
    }
  }

  @Override
  public Provider provider() {
    return jca.provider();
  }

  /**
   * What to make of an exception. Providers throw for some signatures that are out of range instead
   * of saying no; and they throw when they have failed. A signature in which nothing is wrong but
   * that it does not hold tells the two apart.
   */
  private boolean holdsAfter(RuntimeException first, byte[] text, int length, byte[] signature) {
    try {
      holds(text, length, harmless(signature.length));
    } catch (RuntimeException e) {
      throw failure.of(first);
    }
    try {
      return holds(text, length, signature);
    } catch (RuntimeException e) {
      return false;
    }
  }

  private boolean holds(byte[] text, int length, byte[] signature) {
    Signature verifying = signatures.take();
    try {
      verifying.update(text, 0, length);
      boolean holds =
          verifying.verify(curve != null && jca.isInDer() ? curve.toDer(signature) : signature);
      signatures.give(verifying);
      return holds;
    } catch (SignatureException e) {
      // It is no signature of this algorithm. What state this one is in now, nobody says, so it is
      // not given back.
      return false;
    }
  }

  /** The numbers 1 and 1, a number far below any modulus, or the neutral point and zero. */
  private byte[] harmless(int length) {
    byte[] signature = new byte[length];
    if (isEdwards) {
      signature[0] = 1;
    } else {
      signature[length / 2 - 1] = 1;
      signature[length - 1] = 1;
    }
    return signature;
  }
}
