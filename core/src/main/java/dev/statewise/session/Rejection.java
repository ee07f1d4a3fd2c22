package dev.statewise.session;

/**
 * Why a credential was rejected. For logs and counters: a client is told no more than that it must
 * sign in.
 */
public enum Rejection {
  /** The client sent none. */
  MISSING,
  /**
   * The text cannot be a credential of ours: wrong length, alphabet or form. No store was asked.
   */
  MALFORMED,
  /** A well-formed session id that names no session, or the wrong secret of one. */
  UNKNOWN,
  /** Genuine, but past its end. */
  EXPIRED,
  /** Genuine and in time, but ended, or overtaken by a rotation. */
  REVOKED,
  /** A token that we did not issue for this use: wrong key, signature, issuer, audience or type. */
  UNTRUSTED
}
