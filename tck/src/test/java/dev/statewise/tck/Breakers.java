package dev.statewise.tck;

import static java.util.Objects.requireNonNull;

import dev.statewise.spi.RevocationList;
import dev.statewise.spi.SessionStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** All that breaks a rule, and what is healthy, by number and by name. */
final class Breakers {

  static final String HEALTHY_AND_RESENDING = "nothing";
  static final String HEALTHY_AND_GIVING_UP = "nothing, but gives up when a reply is lost";
  static final String HEALTHY_TOKENS = "nothing with tokens";
  static final String HEALTHY_LIST_RESENDING = "nothing with refusals";
  static final String HEALTHY_LIST_GIVING_UP = "nothing with refusals, but gives up";
  static final String HEALTHY_LIST_BEHIND = "nothing with refusals, but is behind";

  private Breakers() {}

  static List<Breaker<StoreWorld>> ofStores() {
    return Stream.of(
            CreateAndFindBreakers.all(),
            WriteBreakers.replace(),
            WriteBreakers.touch(),
            WriteBreakers.delete(),
            StateBreakers.state(),
            StateBreakers.isolation(),
            StoreRaceBreakers.all(),
            ResendBreakers.store(),
            KeepingBreakers.store())
        .flatMap(List::stream)
        .toList();
  }

  static List<Breaker<StoreWorld>> ofIndexes() {
    return Stream.of(
            IndexBreakers.findAll(),
            IndexBreakers.deleteAll(),
            AdmitBreakers.all(),
            IndexBreakers.races(),
            ResendBreakers.index())
        .flatMap(List::stream)
        .toList();
  }

  static List<Breaker<TokenWorld>> ofTokens() {
    return Stream.of(TokenBreakers.all(), ForgeryBreakers.all()).flatMap(List::stream).toList();
  }

  static List<Breaker<ListWorld>> ofLists() {
    return Stream.of(FloorBreakers.all(), LastingBreakers.all(), KeepingBreakers.list())
        .flatMap(List::stream)
        .toList();
  }

  /** The breaker of a rule, or a healthy one by its name. */
  static Breaker<?> named(String name) {
    return requireNonNull(all().get(name), name);
  }

  private static Map<String, Breaker<?>> all() {
    Map<String, Breaker<?>> all = new TreeMap<>();
    Stream.of(ofStores(), ofIndexes(), ofTokens(), ofLists(), healthy())
        .flatMap(List::stream)
        .forEach(breaker -> put(all, breaker));
    return all;
  }

  static Breaker<StoreWorld> store(String rule, String does, UnaryOperator<SessionStore> breaking) {
    return world(rule, does, () -> new StoreWorld(breaking));
  }

  static Breaker<StoreWorld> world(String rule, String does, Supplier<StoreWorld> world) {
    return Breaker.of(rule, does, world);
  }

  static Breaker<StoreWorld> lossy(
      String rule, String does, Function<SessionStore, LossyStore> losing) {
    return world(rule, does, () -> new StoreWorld(UnaryOperator.identity(), losing));
  }

  static Breaker<ListWorld> list(String rule, String does, UnaryOperator<RevocationList> breaking) {
    return Breaker.of(rule, does, () -> new ListWorld((healthy, clock) -> breaking.apply(healthy)));
  }

  private static List<Breaker<?>> healthy() {
    return List.of(
        world(HEALTHY_AND_RESENDING, "breaks nothing", StoreWorld::new),
        lossy(HEALTHY_AND_GIVING_UP, "breaks nothing", LossyStore::givingUp),
        Breaker.of(HEALTHY_TOKENS, "breaks nothing", TokenWorld::new),
        Breaker.of(HEALTHY_LIST_RESENDING, "breaks nothing", ListWorld::new),
        Breaker.of(
            HEALTHY_LIST_GIVING_UP,
            "breaks nothing",
            () -> new ListWorld((healthy, clock) -> healthy, LossyList::givingUp)),
        Breaker.of(
            HEALTHY_LIST_BEHIND, "breaks nothing", () -> FloorBreakers.perHandle(BehindList::new)));
  }

  private static void put(Map<String, Breaker<?>> all, Breaker<?> breaker) {
    if (all.put(breaker.rule(), breaker) != null) {
      throw new IllegalStateException("Two breakers of " + breaker.rule() + ": keep one.");
    }
  }
}
