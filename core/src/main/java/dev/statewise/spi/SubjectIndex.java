package dev.statewise.spi;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.util.List;
import java.util.Optional;

/**
 * The ability of a store to find, count and end sessions by their subject. An anonymous session is
 * in no index.
 *
 * <p>Subjects are compared whole: two of them that share a slot never see each other's sessions.
 */
public interface SubjectIndex {

  /**
   * The sessions of {@code subject}, in no order. Never misses a live one; may contain expired.
   *
   * @return empty for the empty subject: anonymous sessions are not one visitor's
   */
  List<Session> findAll(String subject);

  /**
   * Deletes every session of {@code subject} in one atomic step.
   *
   * @return how many there were, or were left if this is sent again after a lost reply; 0 for the
   *     empty subject, of which nothing is deleted
   */
  int deleteAll(String subject);

  /**
   * Creates {@code session} if its subject then has at most {@code max} live sessions, in one
   * atomic step. Alive means not expired at {@code session.lastSeen()}. A client that sends this
   * again after a lost reply is admitted again; what the first had ended is not named a second
   * time.
   *
   * @param session the new session; not anonymous
   * @param max how many the subject may have, from 1
   * @param overflow what to do at the limit
   * @param instead a session of the same subject that is not counted, and is deleted in the same
   *     step if the new one is admitted: the one that a login supersedes
   */
  Admission admit(Session session, int max, Overflow overflow, Optional<SessionKey> instead);
}
