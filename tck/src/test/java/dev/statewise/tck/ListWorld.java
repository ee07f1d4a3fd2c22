package dev.statewise.tck;

import dev.statewise.memory.InMemoryRevocationList;
import dev.statewise.spi.RevocationList;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Where the kit gets its lists from. Healthy by itself; each breaker overrides what it breaks. */
class ListWorld {

  private final Map<String, RevocationList> lists = new ConcurrentHashMap<>();
  private final BiFunction<RevocationList, InstantSource, RevocationList> breaking;
  private final Function<RevocationList, LossyList> losing;

  ListWorld(
      BiFunction<RevocationList, InstantSource, RevocationList> breaking,
      Function<RevocationList, LossyList> losing) {
    this.breaking = breaking;
    this.losing = losing;
  }

  ListWorld(BiFunction<RevocationList, InstantSource, RevocationList> breaking) {
    this(breaking, LossyList::resending);
  }

  ListWorld() {
    this((healthy, clock) -> healthy);
  }

  /** The refusals of a namespace, broken once for all of its handles. */
  final RevocationList stateOf(String namespace, InstantSource clock) {
    return lists.computeIfAbsent(
        namespace, name -> breaking.apply(InMemoryRevocationList.create(clock), clock));
  }

  RevocationList open(String namespace, InstantSource clock) {
    return stateOf(namespace, clock);
  }

  final Optional<LostReplies<RevocationList>> lostReplies(String namespace, InstantSource clock) {
    return Optional.of(losing.apply(open(namespace, clock)));
  }
}
