package dev.statewise.tck;

import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Where the kit gets its stores from. Healthy by itself; each breaker overrides what it breaks. */
class StoreWorld {

  final Map<String, SessionStore> stores = new ConcurrentHashMap<>();
  private final Map<String, SessionStore> healthy = new ConcurrentHashMap<>();
  private final UnaryOperator<SessionStore> breaking;
  private final Function<SessionStore, LossyStore> losing;
  private final KeepingServer server;

  private StoreWorld(
      UnaryOperator<SessionStore> breaking,
      Function<SessionStore, LossyStore> losing,
      KeepingServer server) {
    this.breaking = breaking;
    this.losing = losing;
    this.server = server;
  }

  StoreWorld(UnaryOperator<SessionStore> breaking, Function<SessionStore, LossyStore> losing) {
    this(breaking, losing, new KeepingServer());
  }

  StoreWorld(KeepingServer server) {
    this(UnaryOperator.identity(), LossyStore::resending, server);
  }

  StoreWorld(UnaryOperator<SessionStore> breaking) {
    this(breaking, LossyStore::resending);
  }

  StoreWorld() {
    this(UnaryOperator.identity());
  }

  /** The state of a namespace, broken once for all of its handles. */
  final SessionStore stateOf(String namespace) {
    return stores.computeIfAbsent(namespace, name -> breaking.apply(healthy(name)));
  }

  SessionStore open(String namespace) {
    return stateOf(namespace);
  }

  final Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    return Optional.of(losing.apply(open(namespace)));
  }

  final Optional<Duration> keptFor(String namespace, SessionKey key) {
    return Optional.of(server.keptFor(healthy(namespace), key));
  }

  private SessionStore healthy(String namespace) {
    return healthy.computeIfAbsent(namespace, name -> CaffeineSessionStore.create());
  }
}
