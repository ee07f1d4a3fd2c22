package dev.statewise.spi;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A place where sessions are kept, each under its key.
 *
 * <p>The rule that this library exists to keep: <b>a session that was ended stays ended.</b> Only
 * {@link #create} makes a session; every other write requires, in the same atomic step, that it is
 * there.
 *
 * <p>A store judges no time and sees no secret. Safe for use by any number of threads. Every method
 * throws {@link StoreUnavailableException} if it could not be answered, within the deadline that
 * the store documents; an interrupted wait is such an outage, with the interrupt flag set again. A
 * record in a format newer than the store knows is unavailable too, and no verb overwrites or
 * deletes it.
 *
 * <p>The numbered rules are in {@code docs/spec/session-store.md}.
 */
public interface SessionStore extends AutoCloseable {

  /**
   * Stores a new session. A client that sends this again after a lost reply gets the same answer: a
   * session with the same secret hash under the key is its own.
   *
   * @param session its key must have been {@linkplain SessionKey#draw drawn} for its subject; a
   *     store that keeps its index by slot refuses another with {@code IllegalArgumentException}
   * @return whether it is stored; false only if the key is taken by another session
   * @throws StoreUnavailableException if the store is full or gave no answer
   */
  boolean create(Session session);

  /**
   * The session under {@code key}. It may have expired: the front door judges.
   *
   * @return empty if there is none, or if what lies there is not a session of that key
   */
  Optional<Session> find(SessionKey key);

  /**
   * The session under {@code key}, asked at the source, past any copy. The front door asks this
   * before it rejects a wrong secret and when an update reads again.
   */
  default Optional<Session> findCurrent(SessionKey key) {
    return find(key);
  }

  /**
   * Replaces a session with its successor, if it is still there and still at the version the
   * successor came from.
   *
   * <p>This is never an upsert: a session deleted since it was read stays deleted, so a request
   * that was in flight during logout cannot bring the session back. The later {@code lastSeen} of
   * the two is kept; everything else is the successor's, its secret hash included, which is how a
   * session is rotated. A client that sends this again after a lost reply gets the same answer.
   *
   * @param next the successor; its {@link Session#version() version} is one above the stored one
   * @return {@code REPLACED}; {@code GONE} if the session was deleted; {@code CONFLICT} if it has
   *     moved on
   */
  ReplaceResult replace(Session next);

  /**
   * Notes that a session was seen: its {@code lastSeen} becomes the later of the two. Nothing else
   * changes, not the version.
   *
   * @param lastSeen cut to milliseconds; outside 1970 to 9999 the nearest of these is taken
   * @return whether the session is there; if not, nothing is written
   */
  boolean touch(SessionKey key, Instant lastSeen);

  /**
   * Deletes a session. Idempotent.
   *
   * @return whether it was there, as far as can be told
   */
  boolean delete(SessionKey key);

  /** What this store promises. Constant, and answered without a call. */
  StoreTraits traits();

  /**
   * The ability to find, count and end sessions by subject; empty if this store has it not. A
   * decorator forwards it: never ask with {@code instanceof}.
   */
  default Optional<SubjectIndex> subjects() {
    return Optional.empty();
  }

  /** Closes only what this store opened itself; a client that was handed in stays open. */
  @Override
  void close();
}
