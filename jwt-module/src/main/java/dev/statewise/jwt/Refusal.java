package dev.statewise.jwt;

import dev.statewise.session.Rejection;

/**
 * Why exactly a token was refused. For logs and counters of the operator: a client is told no more
 * than that it must sign in, and nothing of the token is in it.
 */
public enum Refusal {
  /** There was none. */
  MISSING(Rejection.MISSING),
  /** It has more characters than any token of ours; none of them was looked at. */
  TOO_LONG(Rejection.MALFORMED),
  /** It is not three parts of base64url, each in its one spelling, with two dots between them. */
  FORM(Rejection.MALFORMED),
  /**
   * Its header is not, byte for byte, the header of one of the ring's keys. Of another issuer: its
   * kid, alg or typ is none of that issuer's.
   */
  HEADER(Rejection.UNTRUSTED),
  /**
   * Its header is that of a key of the ring that has retired; its signature was not asked for. Who
   * sees many of them lets keys retire before their last tokens have ended.
   */
  RETIRED(Rejection.UNTRUSTED),
  /** Its signature does not hold for the key that its header names. */
  SIGNATURE(Rejection.UNTRUSTED),
  /**
   * Signed by us or whoever is believed, but not one JSON object in strict UTF-8 of the members it
   * must have.
   */
  CLAIMS(Rejection.UNTRUSTED),
  /** As before, but a claim is missing, or its value is none that a session can have. */
  VALUES(Rejection.UNTRUSTED),
  /** In the name of an issuer that is not believed here. */
  ISSUER(Rejection.UNTRUSTED),
  /** Genuine, but for another audience. */
  AUDIENCE(Rejection.UNTRUSTED),
  /** Genuine and of another issuer, but not good before an instant that is yet to come. */
  EARLY(Rejection.UNTRUSTED);

  private final Rejection rejection;

  Refusal(Rejection rejection) {
    this.rejection = rejection;
  }

  /** What the application is told. */
  public Rejection rejection() {
    return rejection;
  }

  /** Here and not at the exception, whose methods the JIT does not inline. */
  static void require(boolean held, Refusal otherwise) throws RefusedException {
    if (!held) {
      throw new RefusedException(otherwise);
    }
  }
}
