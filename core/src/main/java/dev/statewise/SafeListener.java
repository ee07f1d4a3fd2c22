package dev.statewise;

import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the application's listener, and keeps whatever it throws from changing anything: not even
 * an {@link Error} of a listener may leave a session alive (CVE-2021-34428).
 */
final class SafeListener {

  private static final Logger log = LoggerFactory.getLogger("dev.statewise.Sessions");

  private final SessionListener listener;

  SafeListener(SessionListener listener) {
    this.listener = listener;
  }

  void opened(Session session) {
    log.debug("opened {}", session.key());
    tell(() -> listener.opened(session));
  }

  void rejected(Rejection reason) {
    log.debug("rejected: {}", reason);
    tell(() -> listener.rejected(reason));
  }

  void ended(SessionKey session) {
    log.debug("ended {}", session);
    tell(() -> listener.ended(session));
  }

  void ended(List<SessionKey> sessions) {
    sessions.forEach(this::ended);
  }

  void endedAll(String subject) {
    log.debug("ended all sessions of a subject");
    tell(() -> listener.endedAll(subject));
  }

  void unavailable(String dependency, Throwable cause) {
    log.debug("{} gave no answer", dependency, cause);
    tell(() -> listener.unavailable(dependency, cause));
  }

  void finding(String description) {
    log.warn("{}", description);
    tell(() -> listener.finding(description));
  }

  private static void tell(Runnable told) {
    try {
      told.run();
    } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError e) {
      log.warn("A session listener threw {}; nothing else changed.", e.getClass().getName());
    }
  }
}
