package dev.statewise.benchmarks.experiment;

import dev.statewise.session.Rejection;
import java.util.List;
import java.util.Optional;

/** A way in which a credential is bad, and what it must be refused for. */
public enum BadCredential {
  /** Random text of the right length, without the form of a credential. */
  MALFORMED("malformed", Rejection.MALFORMED, "random text of its length"),
  WRONG_ALG("wrong-alg", Rejection.UNTRUSTED, "our token under a header with another alg"),
  ALG_NONE("alg-none", Rejection.UNTRUSTED, "our claims with alg none and no signature"),
  UNKNOWN_KID("unknown-kid", Rejection.UNTRUSTED, "our token under a header with another kid"),
  BAD_SIGNATURE("bad-signature", Rejection.UNTRUSTED, "our token, one character changed in it"),
  WRONG_KEY("wrong-key", Rejection.UNTRUSTED, "our claims, signed anew with another secret"),
  EXPIRED("expired", Rejection.EXPIRED, "a genuine one at the instant of its end"),
  REVOKED("revoked", Rejection.REVOKED, "a genuine one whose session was ended"),
  RANDOM_ID("random-id", Rejection.UNKNOWN, "a well-formed session id that was drawn at random"),
  WRONG_SECRET("wrong-secret", Rejection.UNKNOWN, "the key of a live session, another secret"),
  OVERSIZE("oversize", Rejection.MALFORMED, "50 MB of text"),
  DOTS("dots", Rejection.MALFORMED, "a million dots");

  private static final List<BadCredential> OF_IDS =
      List.of(MALFORMED, RANDOM_ID, WRONG_SECRET, EXPIRED, OVERSIZE);

  /** What is oversized is refused before the store that an arm has; one such text is 50 MB. */
  private static final List<BadCredential> OF_IDS_ON_A_SERVER =
      List.of(MALFORMED, RANDOM_ID, WRONG_SECRET, EXPIRED);

  private static final List<BadCredential> OF_TOKENS =
      List.of(
          MALFORMED,
          WRONG_ALG,
          ALG_NONE,
          UNKNOWN_KID,
          BAD_SIGNATURE,
          WRONG_KEY,
          EXPIRED,
          OVERSIZE,
          DOTS);
  private static final List<BadCredential> OF_PUBLIC_KEYS =
      List.of(MALFORMED, BAD_SIGNATURE, EXPIRED);

  private final String text;
  private final Rejection reason;
  private final String meaning;

  BadCredential(String text, Rejection reason, String meaning) {
    this.text = text;
    this.reason = reason;
    this.meaning = meaning;
  }

  /** Those that an arm is shown; none for an arm that is not asked. */
  static List<BadCredential> of(String arm) {
    return switch (arm) {
      case "memory" -> OF_IDS;
      case "redis" -> OF_IDS_ON_A_SERVER;
      case "jwt-hs256" -> OF_TOKENS;
      case "jwt-rs256", "jwt-es256", "jwt-ed25519" -> OF_PUBLIC_KEYS;
      case "hybrid" -> List.of(BAD_SIGNATURE, REVOKED);
      default -> List.of();
    };
  }

  /** The one that params spell so. */
  public static Optional<BadCredential> named(String text) {
    return List.of(values()).stream().filter(bad -> bad.text.equals(text)).findFirst();
  }

  /** The only right answer. */
  public Rejection reason() {
    return reason;
  }

  /** What it is, for a reader. */
  public String meaning() {
    return meaning;
  }

  @Override
  public String toString() {
    return text;
  }
}
