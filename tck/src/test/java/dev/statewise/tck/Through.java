package dev.statewise.tck;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import dev.statewise.spi.SubjectIndex;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Passes every call through to a healthy store, until a breaker overrides one. */
class Through implements SessionStore {

  final SessionStore healthy;

  /** Every session as it was created, also when it is gone by now. */
  final Map<SessionKey, Session> asCreated = new ConcurrentHashMap<>();

  Through(SessionStore healthy) {
    this.healthy = healthy;
  }

  @Override
  public boolean create(Session session) {
    asCreated.putIfAbsent(session.key(), session);
    return healthy.create(session);
  }

  @Override
  public Optional<Session> find(SessionKey key) {
    return healthy.find(key);
  }

  @Override
  public Optional<Session> findCurrent(SessionKey key) {
    return healthy.findCurrent(key);
  }

  @Override
  public ReplaceResult replace(Session next) {
    return healthy.replace(next);
  }

  @Override
  public boolean touch(SessionKey key, Instant lastSeen) {
    return healthy.touch(key, lastSeen);
  }

  @Override
  public boolean delete(SessionKey key) {
    return healthy.delete(key);
  }

  @Override
  public StoreTraits traits() {
    return healthy.traits();
  }

  @Override
  public Optional<SubjectIndex> subjects() {
    return healthy.subjects();
  }

  @Override
  public void close() {
    healthy.close();
  }

  final boolean wasCreated(SessionKey key) {
    return asCreated.containsKey(key);
  }

  final boolean isThere(SessionKey key) {
    return stored(key).isPresent();
  }

  final Optional<Session> stored(SessionKey key) {
    return healthy.findCurrent(key);
  }

  /** What no healthy store does: puts a session there, whatever was. */
  final void force(Session session) {
    healthy.delete(session.key());
    healthy.create(session);
  }

  /** Changes what is stored, if there is something, without a care. */
  final void force(SessionKey key, UnaryOperator<Session> change) {
    stored(key).map(change).ifPresent(this::force);
  }

  /** The session as it was created, which a careless store still holds. */
  final Session created(SessionKey key) {
    return requireNonNull(asCreated.get(key), "never created");
  }

  final boolean isRotation(Session next) {
    return wasCreated(next.key()) && !next.secretHash().equals(created(next.key()).secretHash());
  }
}
