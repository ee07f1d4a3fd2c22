package dev.statewise.jwt;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.MacAlgorithm;
import io.jsonwebtoken.security.SignatureAlgorithm;
import java.security.PublicKey;
import javax.crypto.SecretKey;

/** The second opinion on a signature: JJWT's algorithms, with the JVM's own providers. */
final class JjwtSignatures {

  private JjwtSignatures() {}

  static boolean verifies(VerifyingKey key, byte[] input, byte[] signature) {
    // JJWT can be told to take ES256 signatures in DER, which have other lengths.
    if (signature.length != key.signatureBytes()) {
      return false;
    }
    try {
      return key.key() instanceof SecretKey secret
          ? mac(key).verify(new JwsRequest<>(secret, input, signature))
          : ((SignatureAlgorithm) algorithm(key))
              .verify(new JwsRequest<>((PublicKey) key.key(), input, signature));
    } catch (RuntimeException e) {
      // Providers throw for some signatures that are out of range instead of saying no.
      return false;
    }
  }

  private static MacAlgorithm mac(VerifyingKey key) {
    return (MacAlgorithm) algorithm(key);
  }

  private static Object algorithm(VerifyingKey key) {
    return Jwts.SIG.get().forKey(key.algorithm().alg());
  }
}
