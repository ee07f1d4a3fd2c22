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
    int attributes = session.getAttributeNames().size();
    repository.save(session);
    return attributes;
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
  public boolean change(String id, String name, String value) {
    S session = repository.findById(id);
    if (session == null) {
      return false;
    }
    session.setLastAccessedTime(clock.instant());
    session.setAttribute(name, value);
    repository.save(session);
    return true;
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
}
