package dev.statewise.spi;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.time.Instant;

/**
 * Refuses sessions whose state is with the client: all below a floor.
 *
 * <p>There are three kinds of floor: of a session's version, of the creation of a subject's
 * sessions, and of the creation of all. Each is a max-register: it only rises. A floor is kept at
 * least until the {@code until} it was given, by when every token it refuses has expired; a list is
 * bounded by that expiry and never drops a refusal before it to make room.
 *
 * <p>An instant finer than a millisecond is rounded up, so that what was created in that
 * millisecond is refused as well; one outside 1970 to 9999 is taken as the nearest of these.
 *
 * <p>Safe for use by any number of threads. Every method but {@link #traits} throws {@link
 * StoreUnavailableException} if it could not be answered.
 *
 * <p>The numbered rules are in {@code docs/spec/revocation-list.md}.
 */
public interface RevocationList extends AutoCloseable {

  /**
   * Refuses every token of {@code session} below {@code version}; {@link Long#MAX_VALUE} refuses
   * them all, which is a logout, and one below 2 refuses nothing, for versions begin at 1.
   *
   * @param until when the last such token has surely expired
   */
  Acknowledgement refuseBelow(SessionKey session, long version, Instant until);

  /** Refuses every session of {@code subject} that was created before {@code createdBefore}. */
  Acknowledgement refuseCreatedBefore(String subject, Instant createdBefore, Instant until);

  /** Refuses every session that was created before {@code createdBefore}. */
  Acknowledgement refuseAllCreatedBefore(Instant createdBefore, Instant until);

  /**
   * The instant from which on sessions of {@code subject} must be created to be good: the later of
   * its own floor and the floor of all, asked at the source.
   *
   * @return {@link Instant#EPOCH} if there is none
   */
  Instant floor(String subject);

  /**
   * Whether {@code session} is refused: its version is below the floor of its key, or it was
   * created before the floor of its subject or of all.
   */
  boolean isRefused(Session session);

  /** What this list promises. Constant, and answered without a call. */
  ListTraits traits();

  /** Closes only what this list opened itself. */
  @Override
  void close();
}
