package dev.statewise;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the application's listener, and keeps whatever it throws from changing anything: nothing
 * that a listener does may leave a session alive (CVE-2021-34428).
 */
final class SafeListener {

  static final SafeListener NOBODY = new SafeListener(new SessionListener() {});

  private static final Logger log = LoggerFactory.getLogger("dev.statewise.Sessions");

  private final SessionListener listener;

  SafeListener(SessionListener listener) {
    this.listener = requireNonNull(listener, "listener");
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

  @SuppressWarnings("CatchingUnchecked") // a listener in another language may throw what is checked
  private static void tell(Runnable told) {
    try {
      told.run();
    } catch (Throwable e) {
      if (e instanceof OutOfMemoryError outOfMemory) {
        throw outOfMemory;
      }
      log.warn("A session listener threw {}; nothing else changed.", e.getClass().getName());
    }
  }
}
