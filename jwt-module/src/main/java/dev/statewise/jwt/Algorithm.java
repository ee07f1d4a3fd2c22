package dev.statewise.jwt;

/**
 * How tokens are signed: RFC 7518 §3 and RFC 8037. A key has exactly one of these, and no token can
 * choose another.
 *
 * <p>Choose one of the first five. The others are for interoperability, where another program
 * demands them; they are no safer here, and their tokens are no shorter.
 */
public enum Algorithm {
  /** A secret of 32 bytes or more, shared by all that issue or verify. The fastest. */
  HS256(Family.HMAC, 256),
  /** RSA of 2048 bits or more, PKCS #1 v1.5: verified fast, signed slowly, long tokens. */
  RS256(Family.RSA, 256),
  /** RSA of 2048 bits or more, PSS: as {@link #RS256}, with the padding of today. */
  PS256(Family.RSA_PSS, 256),
  /** The elliptic curve P-256. */
  ES256(Family.ECDSA, 256),
  /** The curve Ed25519; {@code alg} says {@code EdDSA}. */
  ED25519(Family.EDDSA, 512),
  /** For interoperability: a secret of 48 bytes or more. */
  HS384(Family.HMAC, 384),
  /** For interoperability: a secret of 64 bytes or more. */
  HS512(Family.HMAC, 512),
  /** For interoperability: as {@link #RS256}, with SHA-384. */
  RS384(Family.RSA, 384),
  /** For interoperability: as {@link #RS256}, with SHA-512. */
  RS512(Family.RSA, 512),
  /** For interoperability: as {@link #PS256}, with SHA-384. */
  PS384(Family.RSA_PSS, 384),
  /** For interoperability: as {@link #PS256}, with SHA-512. */
  PS512(Family.RSA_PSS, 512),
  /** For interoperability: the elliptic curve P-384. */
  ES384(Family.ECDSA, 384),
  /** For interoperability: the elliptic curve P-521. */
  ES512(Family.ECDSA, 512);

  enum Family {
    HMAC,
    RSA,
    RSA_PSS,
    ECDSA,
    EDDSA
  }

  private final Family family;
  private final int hashBits;

  Algorithm(Family family, int hashBits) {
    this.family = family;
    this.hashBits = hashBits;
  }

  /** What a token's {@code alg} says. */
  public String alg() {
    return family == Family.EDDSA ? "EdDSA" : name();
  }

  Family family() {
    return family;
  }

  int hashBytes() {
    return hashBits / 8;
  }

  /** As the JDK writes it in the names of what is built on it: SHA256. */
  String hash() {
    return "SHA" + hashBits;
  }

  /** The JDK's name of the one curve of an {@link Family#ECDSA} algorithm. */
  String curve() {
    return switch (hashBits) {
      case 256 -> "secp256r1";
      case 384 -> "secp384r1";
      default -> "secp521r1";
    };
  }

  /** How many bytes each of the two numbers of an {@link Family#ECDSA} signature has. */
  int numberBytes() {
    return hashBits == 512 ? 66 : hashBits / 8;
  }

  /** The name that a reader knows the curve by: P-256. */
  String curveName() {
    return "P-" + curve().substring("secp".length(), curve().length() - "r1".length());
  }
}
