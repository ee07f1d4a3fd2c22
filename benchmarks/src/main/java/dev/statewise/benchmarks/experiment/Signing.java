package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.rig.Task;
import dev.statewise.jwt.Algorithm;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One algorithm as one provider does it: keys made and parsed before, one object used again and
 * again, over inputs as long as a typical token's.
 */
final class Signing {

  private static final int INPUTS = 8;
  private static final int INPUT_BYTES = 220;
  private static final int RSA_BITS = 2048;

  private final byte[][] inputs = inputs();
  private final byte[][] signatures = new byte[INPUTS][];
  private final Task.Body sign;
  private final Task.Body verify;
  private final Provider provider;

  /** With the MAC of an HS… algorithm: signing and verifying are the same. */
  private Signing(Mac mac) throws GeneralSecurityException {
    this.provider = mac.getProvider();
    for (int i = 0; i < INPUTS; i++) {
      signatures[i] = mac.doFinal(inputs[i]);
    }
    this.sign = i -> mac.doFinal(inputs[i & (INPUTS - 1)]).length;
    this.verify =
        i -> {
          byte[] made = mac.doFinal(inputs[i & (INPUTS - 1)]);
          return MessageDigest.isEqual(made, signatures[i & (INPUTS - 1)]) ? 1 : -1;
        };
  }

  private Signing(Signature signing, Signature verifying) throws GeneralSecurityException {
    this.provider = verifying.getProvider();
    for (int i = 0; i < INPUTS; i++) {
      signing.update(inputs[i]);
      signatures[i] = signing.sign();
    }
    this.sign = i -> signed(signing, inputs[i & (INPUTS - 1)]);
    this.verify =
        i -> verified(verifying, inputs[i & (INPUTS - 1)], signatures[i & (INPUTS - 1)]) ? 1 : -1;
  }

  /**
   * The algorithm on that provider, tried out: it verifies what it signs, the JDK does too, and
   * neither takes another text's signature.
   *
   * @param provider empty for the one that the JVM prefers
   * @throws GeneralSecurityException if the provider cannot, or not rightly
   */
  static Signing of(Algorithm algorithm, Optional<Provider> provider)
      throws GeneralSecurityException {
    if (algorithm.name().startsWith("HS")) {
      return new Signing(mac(algorithm, provider))
          .tried(new Signing(mac(algorithm, Optional.empty())));
    }
    KeyPair pair = pair(algorithm);
    GeneralSecurityException last = new GeneralSecurityException("no name is known");
    for (String name : names(algorithm)) {
      try {
        Signing ours = of(algorithm, name, pair, provider);
        return ours.tried(of(algorithm, jdkName(algorithm, name), pair, Optional.empty()));
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw last;
  }

  Task.Body sign() {
    return sign;
  }

  Task.Body verify() {
    return verify;
  }

  /** Whose code it really is. */
  String implementation() {
    return provider.getName() + " " + provider.getVersionStr();
  }

  private Signing tried(Signing jdk) throws GeneralSecurityException {
    byte[][] own = signatures.clone();
    for (int i = 0; i < INPUTS; i++) {
      boolean right = verify.once(i) > 0;
      System.arraycopy(own, 0, jdk.signatures, 0, INPUTS);
      right &= jdk.verify.once(i) > 0;
      signatures[i] = own[(i + 1) % INPUTS];
      right &= verify.once(i) < 0;
      signatures[i] = own[i];
      if (!right) {
        throw new GeneralSecurityException("it does not sign or verify as the JDK does");
      }
    }
    return this;
  }

  private static Signing of(
      Algorithm algorithm, String name, KeyPair pair, Optional<Provider> provider)
      throws GeneralSecurityException {
    return new Signing(
        initialised(algorithm, name, pair.getPrivate(), provider),
        initialised(algorithm, name, pair.getPublic(), provider));
  }

  private static List<String> names(Algorithm algorithm) {
    String hash = "SHA" + bits(algorithm);
    return switch (kind(algorithm)) {
      case "RS" -> List.of(hash + "withRSA");
      case "PS" -> List.of("RSASSA-PSS", hash + "withRSA/PSS");
      case "ES" -> List.of(hash + "withECDSAinP1363Format", hash + "withECDSA");
      default -> List.of("Ed25519", "EdDSA");
    };
  }

  /** The JDK has both forms of elliptic curves, and one name for PSS. */
  private static String jdkName(Algorithm algorithm, String name) {
    return kind(algorithm).equals("PS") ? names(algorithm).get(0) : name;
  }

  private static KeyPair pair(Algorithm algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(
            switch (kind(algorithm)) {
              case "RS", "PS" -> "RSA";
              case "ES" -> "EC";
              default -> "Ed25519";
            });
    if (kind(algorithm).equals("ES")) {
      int size = bits(algorithm) == 512 ? 521 : bits(algorithm);
      generator.initialize(new ECGenParameterSpec("secp%dr1".formatted(size)));
    } else if (kind(algorithm).endsWith("S")) {
      generator.initialize(new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4));
    }
    return generator.generateKeyPair();
  }

  private static Signature initialised(
      Algorithm algorithm, String name, Key key, Optional<Provider> provider)
      throws GeneralSecurityException {
    try {
      return begun(algorithm, name, key, provider);
    } catch (InvalidKeyException e) {
      if (provider.isEmpty()) {
        throw e;
      }
      return begun(algorithm, name, parsed(key, provider.get()), provider);
    }
  }

  private static Signature begun(
      Algorithm algorithm, String name, Key key, Optional<Provider> provider)
      throws GeneralSecurityException {
    Signature signature =
        provider.isPresent()
            ? Signature.getInstance(name, provider.get())
            : Signature.getInstance(name);
    if (kind(algorithm).equals("PS")) {
      signature.setParameter(pss(algorithm));
    }
    if (key instanceof PublicKey verifying) {
      signature.initVerify(verifying);
    } else {
      signature.initSign((PrivateKey) key);
    }
    return signature;
  }

  private static Key parsed(Key key, Provider provider) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance(key.getAlgorithm(), provider);
    return key instanceof PublicKey
        ? factory.generatePublic(new X509EncodedKeySpec(key.getEncoded()))
        : factory.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
  }

  private static AlgorithmParameterSpec pss(Algorithm algorithm) {
    String hash = "SHA-" + bits(algorithm);
    return new PSSParameterSpec(
        hash, "MGF1", new MGF1ParameterSpec(hash), bits(algorithm) / Byte.SIZE, 1);
  }

  private static Mac mac(Algorithm algorithm, Optional<Provider> provider)
      throws GeneralSecurityException {
    String name = "HmacSHA" + bits(algorithm);
    Mac mac = provider.isPresent() ? Mac.getInstance(name, provider.get()) : Mac.getInstance(name);
    mac.init(new SecretKeySpec(new byte[bits(algorithm) / Byte.SIZE], name));
    return mac;
  }

  private static int signed(Signature signing, byte[] input) {
    try {
      signing.update(input);
      return signing.sign().length;
    } catch (GeneralSecurityException e) {
      return -1;
    }
  }

  private static boolean verified(Signature verifying, byte[] input, byte[] signature) {
    try {
      verifying.update(input);
      return verifying.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** RS, PS, ES, or ED. */
  private static String kind(Algorithm algorithm) {
    return algorithm.name().substring(0, 2);
  }

  private static int bits(Algorithm algorithm) {
    return Integer.parseInt(algorithm.name().substring(2));
  }

  private static byte[][] inputs() {
    Random random = new Random(INPUTS);
    byte[][] inputs = new byte[INPUTS][INPUT_BYTES];
    for (byte[] input : inputs) {
      random.nextBytes(input);
    }
    return inputs;
  }
}
