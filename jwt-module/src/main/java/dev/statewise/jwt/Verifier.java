package dev.statewise.jwt;

import java.security.Provider;

/** Checks signatures with one key. Safe for use by any number of threads. */
interface Verifier {

  /**
   * Whether {@code signature}, which may be anything of the right length, is one of the first bytes
   * of {@code text}. Never throws for a signature.
   *
   * @throws dev.statewise.spi.StoreUnavailableException if the provider failed whatever the
   *     signature
   */
  boolean verifies(byte[] text, int length, byte[] signature);

  /** Whose code does it. */
  Provider provider();
}
