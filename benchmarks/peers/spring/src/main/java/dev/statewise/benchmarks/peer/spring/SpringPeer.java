package dev.statewise.benchmarks.peer.spring;

import dev.statewise.benchmarks.peer.Peer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** A repository of Spring Session, used as its servlet filter uses it. */
final class SpringPeer<S extends Session> implements Peer {

  private static final String SUBJECT = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

  private final SessionRepository<S> repository;
  private final Function<String, @Nullable Integer> list;
  private final Runnable close;
  private final InstantSource clock;

  SpringPeer(
      SessionRepository<S> repository,
      Function<String, @Nullable Integer> list,
      Runnable close,
      InstantSource clock) {
    this.repository = repository;
    this.list = list;
    this.close = close;
    this.clock = clock;
  }

  @Override
  public String open(String subject, Map<String, String> attributes) {
    S session = repository.createSession();
    session.setAttribute(SUBJECT, subject);
    attributes.forEach(session::setAttribute);
    repository.save(session);
    return session.getId();
  }

  @Override
  public int request(String id) {
    S session = repository.findById(id);
    if (session == null) {
      return -1;
    }
    session.setLastAccessedTime(clock.instant());
    String subject = session.getRequiredAttribute(SUBJECT);
    repository.save(session);
    return subject.length();
  }

  @Override
  public Optional<Map<String, String>> attributes(String id) {
    S session = repository.findById(id);
    if (session == null) {
      return Optional.empty();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String name : session.getAttributeNames()) {
      if (!name.equals(SUBJECT)) {
        attributes.put(name, session.getRequiredAttribute(name));
      }
    }
    return Optional.of(attributes);
  }

  @Override
  public Optional<Held> hold(String id) {
    S session = repository.findById(id);
    if (session == null) {
      return Optional.empty();
    }
    session.setLastAccessedTime(clock.instant());
    return Optional.of(new HeldSession(session));
  }

  @Override
  public Optional<String> rotate(String id) {
    S session = repository.findById(id);
    if (session == null) {
      return Optional.empty();
    }
    String next = session.changeSessionId();
    repository.save(session);
    return Optional.of(next);
  }

  @Override
  public boolean end(String id) {
    repository.deleteById(id);
    return true;
  }

  @Override
  public String expired(String id) {
    S session = repository.findById(id);
    if (session != null) {
      Duration longer = session.getMaxInactiveInterval().plusMinutes(1);
      session.setLastAccessedTime(clock.instant().minus(longer));
      repository.save(session);
    }
    return id;
  }

  @Override
  public Optional<Integer> list(String subject) {
    return Optional.ofNullable(list.apply(subject));
  }

  @Override
  public void close() {
    close.run();
  }

  /** What the servlet filter has in its hands during a request, and commits at its end. */
  private final class HeldSession implements Held {
    private final S session;

    HeldSession(S session) {
      this.session = session;
    }

    @Override
    public void set(String name, String value) {
      session.setAttribute(name, value);
    }

    @Override
    public String finish() {
      repository.save(session);
      return session.getId();
    }
  }
}
