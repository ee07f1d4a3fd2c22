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
final class SafeListener implements SessionListener {

  static final SafeListener NOBODY = new SafeListener(new SessionListener() {});

  private static final Logger log = LoggerFactory.getLogger("dev.statewise.Sessions");

  private final SessionListener listener;

  SafeListener(SessionListener listener) {
    this.listener = requireNonNull(listener, "listener");
  }

  @Override
  public void opened(Session session) {
    log.debug("opened {}", session.key());
    tell(() -> listener.opened(session));
  }

  @Override
  public void rejected(Rejection reason) {
    log.debug("rejected: {}", reason);
    tell(() -> listener.rejected(reason));
  }

  @Override
  public void ended(SessionKey session) {
    log.debug("ended {}", session);
    tell(() -> listener.ended(session));
  }

  void ended(List<SessionKey> sessions) {
    sessions.forEach(this::ended);
  }

  @Override
  public void endedAll(String subject) {
    log.debug("ended all sessions of a subject");
    tell(() -> listener.endedAll(subject));
  }

  @Override
  public void reused(SessionKey session) {
    log.warn("A refresh token of {} was presented after it was replaced: ending it", session);
    tell(() -> listener.reused(session));
  }

  @Override
  public void unavailable(String dependency, Throwable cause) {
    log.debug("{} gave no answer", dependency, cause);
    tell(() -> listener.unavailable(dependency, cause));
  }

  @Override
  public void finding(String description) {
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
