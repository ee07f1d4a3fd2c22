package dev.statewise;

import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Listing;
import dev.statewise.session.OpenResult;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of an application, wherever their state lives.
 *
 * <p>Where that is, is chosen once, by construction: {@link StatefulSessions} over a store, {@link
 * StatelessSessions} over signed tokens, {@link HybridSessions} over tokens and a revocation list.
 * Code that uses this interface is the same for all three, because <b>every answer says what to
 * send to the client, if anything</b>: whenever a result carries a grant, send its credential.
 *
 * <p>What a client can cause is a value and never an exception. What only the system can cause, an
 * outage, is its own case of each result: {@link dev.statewise.session.Unavailable}, which is
 * answered with 503 and never with 401. {@link #guarantees} says what the chosen strategy keeps.
 *
 * <p>Safe for use by any number of threads. No lock is held over I/O.
 */
public interface Sessions {

  /**
   * Opens a session for a subject that has just proved who it is.
   *
   * @param subject whose session it is; not blank
   * @param attributes its first state
   * @throws IllegalArgumentException if the subject is blank, or a text is not well-formed Unicode
   *     or has U+0000
   */
  OpenResult open(String subject, Map<String, String> attributes);

  /**
   * Opens a session for nobody in particular: a visitor, a cart. It is in no index and no limit.
   */
  OpenResult openAnonymous(Map<String, String> attributes);

  /**
   * Opens a session in place of another: at login, so that an id that an attacker planted dies
   * (session fixation), and whenever privileges change. Key, secret and {@code createdAt} are new;
   * the new session is created first and {@code before} is ended after.
   *
   * @param before the session so far; pass its attributes on to keep the cart. Plain tokens of it
   *     live to their end: {@link StatelessSessions}
   * @param subject who logged in; not blank
   * @return if the ending of {@code before} gets no answer, {@code Unavailable}: nobody then holds
   *     the new session's credential
   */
  OpenResult login(Session before, String subject, Map<String, String> attributes);

  /**
   * Judges what a client presented. For every request.
   *
   * @param presented null, empty, huge or hostile alike; a bad credential is rejected before any
   *     store is asked if its form gives it away
   */
  Validation validate(@Nullable Credential presented);

  /**
   * Saves a changed session, if nobody else did since it was read. The session is stamped as seen
   * now.
   *
   * @throws IllegalArgumentException if its idle timeout is above the policy's {@code
   *     maxIdleTimeout}
   */
  SaveResult save(Session changed);

  /**
   * Changes a session and saves it; on a conflict reads it again and applies the change again, a
   * bounded number of times.
   *
   * @param read the session as it was read
   * @param change applied to the session as it is; may run more than once, and must return a
   *     changed form of the session it was given
   * @throws IllegalArgumentException if {@code change} returns another session than it was given
   */
  SaveResult update(Session read, UnaryOperator<Session> change);

  /**
   * Gives the session a new secret or token. Same session, same key. The old one dies, unless the
   * state is in plain tokens, which nothing can call back: {@link StatelessSessions}.
   *
   * @return {@code Saved} always with a renewal; of two rotations at once, one is a {@code
   *     Conflict}
   */
  SaveResult rotate(Session session);

  /**
   * Logs out whoever presents the credential. Authenticated, but not refused for being expired.
   *
   * @param presented as for {@link #validate}; one that proves nothing ends nothing
   */
  Ending end(@Nullable Credential presented);

  /** Ends a session that an administrator, or its owner, picked from a list. */
  Ending end(Session session);

  /**
   * Ends every session of a subject: logout everywhere.
   *
   * @throws IllegalArgumentException if the subject is blank
   */
  Ending endAll(String subject);

  /**
   * The live sessions of a subject.
   *
   * @throws IllegalArgumentException if the subject is blank
   */
  Listing list(String subject);

  /** What this strategy, on this store, keeps and does not keep. Constant. */
  Guarantees guarantees();
}
