package dev.statewise.benchmarks.peer.jetty;

import dev.statewise.benchmarks.peer.Peer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.eclipse.jetty.session.ManagedSession;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.eclipse.jetty.session.SessionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's session handler, asked as its own handling of a request asks it. A session is the very
 * object that every request has in its hands, so what one changes is changed at once.
 */
final class JettyPeer implements Peer {

  private static final String SUBJECT = "subject";

  /** What Jetty's own descriptor of a web application says; bare, it lets no session run out. */
  private static final Duration IDLE = Duration.ofMinutes(30);

  private final Server server = new Server();
  private final SessionHandler sessions = new SessionHandler();
  private final InstantSource clock;

  JettyPeer(InstantSource clock) {
    this.clock = clock;
    DefaultSessionCache cache = new DefaultSessionCache(sessions);
    cache.setSessionDataStore(new NullSessionDataStore());
    sessions.setSessionCache(cache);
    sessions.setMaxInactiveInterval((int) IDLE.toSeconds());
    server.setHandler(sessions);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty does not start, so its sessions cannot be asked.", e);
    }
  }

  @Override
  public String open(String subject, Map<String, String> attributes) {
    List<ManagedSession> made = new ArrayList<>(1);
    sessions.newSession(null, null, made::add);
    ManagedSession session = made.get(0);
    session.setAttribute(SUBJECT, subject);
    attributes.forEach(session::setAttribute);
    finish(session);
    return session.getExtendedId();
  }

  @Override
  public int request(String id) {
    ManagedSession session = begun(id);
    if (session == null) {
      return -1;
    }
    String subject = (String) session.getAttribute(SUBJECT);
    finish(session);
    return subject.length();
  }

  @Override
  public Optional<Map<String, String>> attributes(String id) {
    ManagedSession session = sessions.getManagedSession(id);
    if (session == null) {
      return Optional.empty();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String name : session.getAttributeNameSet()) {
      attributes.put(name, (String) session.getAttribute(name));
    }
    attributes.remove(SUBJECT);
    sessions.complete(session);
    return Optional.of(attributes);
  }

  @Override
  public Optional<Held> hold(String id) {
    return Optional.ofNullable(begun(id)).map(HeldSession::new);
  }

  /** {@inheritDoc} As its session does, which wants the very request to seed an id with. */
  @Override
  public Optional<String> rotate(String id) {
    ManagedSession session = begun(id);
    if (session == null) {
      return Optional.empty();
    }
    DefaultSessionIdManager ids = (DefaultSessionIdManager) sessions.getSessionIdManager();
    String next = ids.newSessionId(clock.millis());
    String extended = ids.getExtendedId(next, null);
    sessions.renewSessionId(session.getId(), session.getExtendedId(), next, extended);
    finish(session);
    return Optional.of(extended);
  }

  @Override
  public boolean end(String id) {
    ManagedSession session = begun(id);
    if (session != null) {
      session.invalidate();
    }
    return true;
  }

  @Override
  public String expired(String id) {
    ManagedSession session = begun(id);
    if (session != null) {
      finish(session);
      session
          .getSessionData()
          .setExpiry(clock.instant().minus(Duration.ofMinutes(1)).toEpochMilli());
    }
    return id;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty does not stop, so its threads stay.", e);
    }
  }

  private @Nullable ManagedSession begun(String id) {
    ManagedSession session = sessions.getManagedSession(id);
    if (session == null) {
      return null;
    }
    sessions.access(session, true);
    return session;
  }

  /** What is done when a response is committed, and when its request is complete. */
  private void finish(ManagedSession session) {
    sessions.commit(session);
    sessions.complete(session);
  }

  private final class HeldSession implements Held {
    private final ManagedSession session;

    HeldSession(ManagedSession session) {
      this.session = session;
    }

    @Override
    public void set(String name, String value) {
      session.setAttribute(name, value);
    }

    @Override
    public String finish() {
      JettyPeer.this.finish(session);
      return session.getExtendedId();
    }
  }
}
