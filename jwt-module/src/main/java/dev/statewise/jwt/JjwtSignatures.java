package dev.statewise.jwt;

import dev.statewise.spi.StoreUnavailableException;
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
      // JJWT throws alike for bytes that are no signature and for a provider that has failed: our
      // own verifier says which of the two it was.
      if (!key.verifies(input, signature)) {
        return false;
      }
      throw new StoreUnavailableException(
          "JJWT failed to verify with %s where the JCA does not, so nothing is known of the token. Answer 503, not 401. Its cause says why."
              .formatted(key),
          e);
    }
  }

  private static MacAlgorithm mac(VerifyingKey key) {
    return (MacAlgorithm) algorithm(key);
  }

  private static Object algorithm(VerifyingKey key) {
    return Jwts.SIG.get().forKey(key.algorithm().alg());
  }
}
