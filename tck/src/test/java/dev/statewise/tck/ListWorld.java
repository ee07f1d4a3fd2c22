package dev.statewise.tck;

import dev.statewise.memory.InMemoryRevocationList;
import dev.statewise.session.Session;
import dev.statewise.spi.RevocationList;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Where the kit gets its lists from. Healthy by itself; each breaker overrides what it breaks. */
class ListWorld {

  private final Map<String, RevocationList> lists = new ConcurrentHashMap<>();
  private final Map<String, KeepingList> servers = new ConcurrentHashMap<>();
  private final BiFunction<RevocationList, InstantSource, RevocationList> breaking;
  private final Function<RevocationList, LossyList> losing;
  private final KeepingList.Keeping keeping;

  private ListWorld(
      BiFunction<RevocationList, InstantSource, RevocationList> breaking,
      Function<RevocationList, LossyList> losing,
      KeepingList.Keeping keeping) {
    this.breaking = breaking;
    this.losing = losing;
    this.keeping = keeping;
  }

  ListWorld(
      BiFunction<RevocationList, InstantSource, RevocationList> breaking,
      Function<RevocationList, LossyList> losing) {
    this(breaking, losing, KeepingList.Keeping.TO_THE_LATER);
  }

  ListWorld(KeepingList.Keeping keeping) {
    this((healthy, clock) -> healthy, LossyList::resending, keeping);
  }

  ListWorld(BiFunction<RevocationList, InstantSource, RevocationList> breaking) {
    this(breaking, LossyList::resending);
  }

  ListWorld() {
    this((healthy, clock) -> healthy);
  }

  /** The refusals of a namespace, broken once for all of its handles. */
  final RevocationList stateOf(String namespace, InstantSource clock) {
    return lists.computeIfAbsent(namespace, name -> breaking.apply(serverOf(name, clock), clock));
  }

  RevocationList open(String namespace, InstantSource clock) {
    return stateOf(namespace, clock);
  }

  final Optional<LostReplies<RevocationList>> lostReplies(String namespace, InstantSource clock) {
    return Optional.of(losing.apply(open(namespace, clock)));
  }

  final Optional<Duration> keptFor(String namespace, Session session) {
    KeepingList server = servers.get(namespace);
    return Optional.of(server == null ? Duration.ZERO : server.keptFor(session));
  }

  private KeepingList serverOf(String namespace, InstantSource clock) {
    return servers.computeIfAbsent(
        namespace, name -> new KeepingList(InMemoryRevocationList.create(clock), clock, keeping));
  }
}
