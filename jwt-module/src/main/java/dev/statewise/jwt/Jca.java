package dev.statewise.jwt;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An algorithm under the name that one provider has for it.
 *
 * @param name for instance {@code SHA256withECDSAinP1363Format}
 * @param parameters those of RSASSA-PSS; null for all others
 * @param key as the provider takes it
 * @param provider whose code it is; decided once, so that all signatures of a key are of one kind
 */
record Jca(String name, @Nullable AlgorithmParameterSpec parameters, Key key, Provider provider) {

  /**
   * The first of the algorithm's names that works for {@code key}, private to sign and public to
   * verify.
   *
   * @param provider null for the one that the JVM prefers for this key
   * @throws IllegalArgumentException if there is none
   */
  static Jca of(Algorithm algorithm, Key key, @Nullable Provider provider) {
    AlgorithmParameterSpec parameters = parameters(algorithm);
    GeneralSecurityException last = null;
    for (String name : names(algorithm)) {
      try {
        Key taken = taken(name, key, parameters, provider);
        Signature first = initialised(name, parameters, taken, provider);
        return new Jca(name, parameters, taken, first.getProvider());
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw missing(algorithm, provider, last);
  }

  /** A new one, ready to sign or to verify. */
  Signature signature() {
    try {
      return initialised(name, parameters, key, provider);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "%s had %s when the key was built and has it no more. Do not change security providers while the application runs."
              .formatted(provider.getName(), name),
          e);
    }
  }

  /** Name and provider; no key material, which a record would print as its provider does. */
  @Override
  public String toString() {
    return "Jca[%s of %s, redacted]".formatted(name, provider.getName());
  }

  /** Whether its signatures of elliptic curves are in DER, which no token carries. */
  boolean isInDer() {
    return name.endsWith("withECDSA");
  }

  static IllegalArgumentException missing(
      Algorithm algorithm, @Nullable Provider provider, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "%s cannot do %s with this key, so it could verify no token. Pass a provider that can, or none for those of the JVM."
            .formatted(
                provider == null ? "No security provider of this JVM" : provider.getName(),
                algorithm),
        cause);
  }

  private static List<String> names(Algorithm algorithm) {
    String hash = algorithm.hash();
    return switch (algorithm.family()) {
      case RSA -> List.of(hash + "withRSA");
      case RSA_PSS -> List.of("RSASSA-PSS", hash + "withRSA/PSS");
      case ECDSA -> List.of(hash + "withECDSAinP1363Format", hash + "withECDSA");
      case EDDSA -> List.of("Ed25519", "EdDSA");
      case HMAC -> throw new IllegalArgumentException("HMAC is no signature.");
    };
  }

  private static @Nullable AlgorithmParameterSpec parameters(Algorithm algorithm) {
    if (algorithm.family() != Algorithm.Family.RSA_PSS) {
      return null;
    }
    String hash = "SHA-" + algorithm.hashBytes() * 8;
    return new PSSParameterSpec(
        hash, "MGF1", new MGF1ParameterSpec(hash), algorithm.hashBytes(), 1);
  }

  /** The key itself, or as the provider makes it from its encoding if it takes no other. */
  private static Key taken(
      String name,
      Key key,
      @Nullable AlgorithmParameterSpec parameters,
      @Nullable Provider provider)
      throws GeneralSecurityException {
    try {
      initialised(name, parameters, key, provider);
      return key;
    } catch (InvalidKeyException e) {
      if (provider == null || key.getEncoded() == null) {
        throw e;
      }
      KeyFactory factory = KeyFactory.getInstance(key.getAlgorithm(), provider);
      return key instanceof PublicKey
          ? factory.generatePublic(new X509EncodedKeySpec(key.getEncoded()))
          : factory.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    }
  }

  private static Signature initialised(
      String name,
      @Nullable AlgorithmParameterSpec parameters,
      Key key,
      @Nullable Provider provider)
      throws GeneralSecurityException {
    Signature signature =
        provider == null ? Signature.getInstance(name) : Signature.getInstance(name, provider);
    if (parameters != null) {
      signature.setParameter(parameters);
    }
    if (key instanceof PublicKey verifying) {
      signature.initVerify(verifying);
    } else {
      signature.initSign((PrivateKey) key);
    }
    return signature;
  }
}
