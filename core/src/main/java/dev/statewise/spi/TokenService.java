package dev.statewise.spi;

import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import java.time.Instant;

/**
 * Writes a session into a signed token and reads it back. No I/O. Safe for use by any number of
 * threads.
 *
 * <p>The numbered rules are in {@code docs/spec/token-service.md}.
 */
public interface TokenService {

  /**
   * A token for {@code session}, good until its {@code end()} rounded down to the second.
   *
   * <p>A renewal is the same session, of the same version, seen later.
   *
   * <p>What comes back from {@link #verify} equals {@code session}, but for {@code lastSeen}, which
   * is cut to the second, and {@code secretHash}, which is NONE.
   *
   * @throws TokenTooLargeException if it would not fit, before anything is on the wire
   */
  Credential issue(Session session);

  /**
   * Judges a token, in this order: form, key, signature, claims, issuer, audience and type, time.
   *
   * <p>Never throws for a bad token, and looks at no more of it than the largest token has.
   *
   * @param now the instant at which the token must be alive; it is dead <em>at</em> its end. It may
   *     lie before the session was last seen, for the clocks of two nodes differ
   * @throws StoreUnavailableException if what verifies has itself failed, for instance a device
   *     that keeps the key, so that nothing is known of the token
   */
  Verification verify(Credential token, Instant now);

  /** The largest token it issues or reads, in bytes. Constant. */
  int maxTokenBytes();

  /**
   * The largest {@code Session.stateBytes()} that surely fits, of text that needs no escaping and
   * with a subject of up to 64 bytes. Constant, and never more than {@link #maxTokenBytes}.
   */
  int maxStateBytes();
}
