package dev.statewise.jwt;

/** Signs with one key. Safe for use by any number of threads. */
interface Signer {

  /** The signature of the first bytes of {@code text}, in the form that a token carries. */
  byte[] sign(byte[] text, int length);
}
