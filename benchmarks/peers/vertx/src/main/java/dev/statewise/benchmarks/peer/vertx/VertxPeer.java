package dev.statewise.benchmarks.peer.vertx;

import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.peer.PeerServer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import io.vertx.ext.web.sstore.SessionStore;
import io.vertx.ext.web.sstore.impl.SessionInternal;
import io.vertx.ext.web.sstore.redis.RedisSessionStore;
import io.vertx.redis.client.Redis;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store of Vert.x' sessions, used as its session handler uses it: every request, whatever it
 * does, ends by putting the session back, and what a store then refuses is logged and forgotten.
 */
final class VertxPeer implements Peer {

  private static final String SUBJECT = "subject";
  private static final long SECONDS = 10;

  private final Vertx vertx;
  private final SessionStore store;
  private final String idPrefix;
  private final Consumer<Session> letRunOut;

  private VertxPeer(Vertx vertx, SessionStore store, String idPrefix, Consumer<Session> letRunOut) {
    this.vertx = vertx;
    this.store = store;
    this.idPrefix = idPrefix;
    this.letRunOut = letRunOut;
  }

  static VertxPeer local(InstantSource clock) {
    Vertx vertx = vertx();
    LocalSessionStore store = LocalSessionStore.create(vertx);
    return new VertxPeer(vertx, store, "", session -> letRunOut(store, session, clock));
  }

  /** As old as that, and found to be by the next cleaning, for nothing else looks. */
  @SuppressWarnings("unchecked") // what its timer calls
  private static void letRunOut(SessionStore store, Session session, InstantSource clock) {
    SessionBytes.lastAccessed(session, clock.millis() - 2 * session.timeout());
    ((Handler<Long>) store).handle(0L);
  }

  /** On Redis the id is the key, so it has to begin with {@code keyPrefix} itself. */
  static VertxPeer onRedis(PeerServer server, String keyPrefix, InstantSource clock) {
    Vertx vertx = vertx();
    Redis redis = Redis.createClient(vertx, VertxRedis.options(server));
    return new VertxPeer(
        vertx,
        RedisSessionStore.create(vertx, redis),
        keyPrefix,
        session -> answered(VertxRedis.expire(redis, session.id())));
  }

  @Override
  public String open(String subject, Map<String, String> attributes) {
    Session session = store.createSession(SessionHandler.DEFAULT_SESSION_TIMEOUT);
    SessionBytes.prefixId(session, idPrefix);
    session.put(SUBJECT, subject);
    attributes.forEach(session::put);
    answered(store.put(session));
    return session.id();
  }

  @Override
  public int request(String id) {
    Session session = answered(store.get(id));
    if (session == null) {
      return -1;
    }
    String subject = session.get(SUBJECT);
    answered(flush(session));
    return subject.length();
  }

  @Override
  public Optional<Map<String, String>> attributes(String id) {
    return Optional.ofNullable(answered(store.get(id))).map(VertxPeer::attributes);
  }

  private static Map<String, String> attributes(Session session) {
    Map<String, String> attributes = new LinkedHashMap<>();
    session.data().forEach((name, value) -> attributes.put(name, (String) value));
    attributes.remove(SUBJECT);
    return attributes;
  }

  @Override
  public Optional<Held> hold(String id) {
    return Optional.ofNullable(answered(store.get(id))).map(HeldSession::new);
  }

  @Override
  public Optional<String> rotate(String id) {
    Session session = answered(store.get(id));
    if (session == null) {
      return Optional.empty();
    }
    session.regenerateId();
    SessionBytes.prefixId(session, idPrefix);
    answered(flush(session));
    return Optional.of(session.id());
  }

  @Override
  public boolean end(String id) {
    Session session = answered(store.get(id));
    if (session != null) {
      session.destroy();
      answered(flush(session));
    }
    return true;
  }

  @Override
  public String expired(String id) {
    Session session = answered(store.get(id));
    if (session != null) {
      letRunOut.accept(session);
    }
    return id;
  }

  @Override
  public void close() {
    store.close();
    answered(vertx.close());
  }

  /** What the session handler does before the headers of a response are written. */
  private Future<Void> flush(Session session) {
    if (session.isDestroyed()) {
      return store.delete(session.id());
    }
    session.setAccessed();
    if (!session.isRegenerated()) {
      return store.put(session);
    }
    return store
        .delete(session.oldId())
        .compose(deleted -> store.put(session))
        .onSuccess(put -> ((SessionInternal) session).flushed(true));
  }

  /** What is known already is taken as it is: to wait for it would ask an event loop to tell. */
  private static <T extends @Nullable Object> T answered(Future<T> answer) {
    if (answer.succeeded()) {
      return answer.result();
    }
    try {
      return answer.await(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("Vert.x gave no answer within %d s.".formatted(SECONDS), e);
    }
  }

  /** Nothing of it in a file, so that nothing stays. */
  private static Vertx vertx() {
    return Vertx.vertx(
        new VertxOptions()
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }

  private final class HeldSession implements Held {
    private final Session session;

    HeldSession(Session session) {
      this.session = session;
    }

    @Override
    public void set(String name, String value) {
      session.put(name, value);
    }

    @Override
    public String finish() {
      answered(flush(session).otherwiseEmpty());
      return session.id();
    }
  }
}
