package dev.statewise.benchmarks.peer.tomcat;

import dev.statewise.benchmarks.peer.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Session;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.session.StandardSession;
import org.apache.catalina.util.StandardSessionIdGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's StandardManager, used as its request uses it. A session is the very object that every
 * request has in its hands, so what one changes is changed at once, and no request's end saves it.
 */
final class TomcatPeer implements Peer {

  private static final String SUBJECT = "subject";

  /** It warns of a slow random number, on a console that is not its own. Held, to stay so. */
  private static final Logger LOGGER = Logger.getLogger("org.apache.catalina");

  private final StandardManager manager = new StandardManager();
  private final InstantSource clock;

  TomcatPeer(InstantSource clock) {
    this.clock = clock;
    LOGGER.setLevel(Level.SEVERE);
    manager.setContext(new StandardContext());
    manager.setSessionIdGenerator(new StandardSessionIdGenerator());
  }

  @Override
  public String open(String subject, Map<String, String> attributes) {
    StandardSession session = (StandardSession) manager.createSession(null);
    session.setAttribute(SUBJECT, subject);
    attributes.forEach(session::setAttribute);
    session.endAccess();
    return session.getId();
  }

  @Override
  public int request(String id) {
    StandardSession session = begun(id);
    if (session == null) {
      return -1;
    }
    String subject = (String) session.getAttribute(SUBJECT);
    session.endAccess();
    return subject.length();
  }

  @Override
  public Optional<Map<String, String>> attributes(String id) {
    StandardSession session = found(id);
    if (session == null) {
      return Optional.empty();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    List<String> names = Collections.list(session.getAttributeNames());
    names.forEach(name -> attributes.put(name, (String) session.getAttribute(name)));
    attributes.remove(SUBJECT);
    return Optional.of(attributes);
  }

  @Override
  public Optional<Held> hold(String id) {
    return Optional.ofNullable(begun(id)).map(HeldSession::new);
  }

  @Override
  public Optional<String> rotate(String id) {
    return Optional.ofNullable(found(id)).map(manager::rotateSessionId);
  }

  @Override
  public boolean end(String id) {
    StandardSession session = found(id);
    if (session != null) {
      session.invalidate();
    }
    return true;
  }

  /** {@inheritDoc} Only a new session's time can be set, so this one is made as old as that. */
  @Override
  public String expired(String id) {
    StandardSession session = found(id);
    if (session != null) {
      Duration longer = Duration.ofSeconds(session.getMaxInactiveInterval()).plusMinutes(1);
      session.setCreationTime(clock.instant().minus(longer).toEpochMilli());
    }
    return id;
  }

  @Override
  public void close() {
    for (Session session : manager.findSessions()) {
      session.expire();
    }
  }

  private @Nullable StandardSession begun(String id) {
    StandardSession session = found(id);
    if (session != null) {
      session.access();
    }
    return session;
  }

  private @Nullable StandardSession found(String id) {
    try {
      Session session = manager.findSession(id);
      return session != null && session.isValid() ? (StandardSession) session : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record HeldSession(StandardSession session) implements Held {
    @Override
    public void set(String name, String value) {
      session.setAttribute(name, value);
    }

    @Override
    public String finish() {
      session.endAccess();
      return session.getIdInternal();
    }
  }
}
