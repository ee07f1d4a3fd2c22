package dev.statewise.tck;

import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.spi.SessionStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Where the kit gets its stores from. Healthy by itself; each breaker overrides what it breaks. */
class StoreWorld {

  final Map<String, SessionStore> stores = new ConcurrentHashMap<>();
  private final UnaryOperator<SessionStore> breaking;
  private final Function<SessionStore, LossyStore> losing;

  StoreWorld(UnaryOperator<SessionStore> breaking, Function<SessionStore, LossyStore> losing) {
    this.breaking = breaking;
    this.losing = losing;
  }

  StoreWorld(UnaryOperator<SessionStore> breaking) {
    this(breaking, LossyStore::resending);
  }

  StoreWorld() {
    this(UnaryOperator.identity());
  }

  /** The state of a namespace, broken once for all of its handles. */
  final SessionStore stateOf(String namespace) {
    return stores.computeIfAbsent(namespace, name -> breaking.apply(CaffeineSessionStore.create()));
  }

  SessionStore open(String namespace) {
    return stateOf(namespace);
  }

  final Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    return Optional.of(losing.apply(open(namespace)));
  }
}
