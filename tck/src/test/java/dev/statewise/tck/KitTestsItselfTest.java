package dev.statewise.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For each rule there is something that breaks just that rule, and the kit says so. */
@DisplayName("The kit tests itself")
class KitTestsItselfTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("stores")
  @DisplayName("each rule of a store MUST fail for the store that breaks it")
  void brokenStore(Breaker<StoreWorld> breaker) {
    assertFails(breaker, BrokenStoreCase.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("indexes")
  @DisplayName("each rule of a subject index MUST fail for the store that breaks it")
  void brokenIndex(Breaker<StoreWorld> breaker) {
    assertFails(breaker, BrokenIndexCase.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tokens")
  @DisplayName("each rule of a token service MUST fail for the service that breaks it")
  void brokenTokens(Breaker<TokenWorld> breaker) {
    assertFails(breaker, BrokenTokenCase.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lists")
  @DisplayName("each rule of a revocation list MUST fail for the list that breaks it")
  void brokenList(Breaker<ListWorld> breaker) {
    assertFails(breaker, BrokenListCase.class);
  }

  @Test
  @DisplayName(
      "what is healthy MUST pass every rule, by a client that re-sends or one that does not")
  void healthyPasses() {
    List<KitRun> runs =
        List.of(
            KitRun.of(BrokenStoreCase.class, Breakers.HEALTHY_AND_RESENDING),
            KitRun.of(BrokenStoreCase.class, Breakers.HEALTHY_AND_GIVING_UP),
            KitRun.of(BrokenIndexCase.class, Breakers.HEALTHY_AND_RESENDING),
            KitRun.of(BrokenIndexCase.class, Breakers.HEALTHY_AND_GIVING_UP),
            KitRun.of(BrokenTokenCase.class, Breakers.HEALTHY_TOKENS),
            KitRun.of(BrokenListCase.class, Breakers.HEALTHY_LIST_RESENDING),
            KitRun.of(BrokenListCase.class, Breakers.HEALTHY_LIST_GIVING_UP),
            KitRun.of(BrokenListCase.class, Breakers.HEALTHY_LIST_BEHIND));

    assertThat(runs).allSatisfy(run -> assertThat(run.failed()).isEmpty());
    assertThat(union(runs, KitRun::passed)).isEqualTo(Rules.ofKit().keySet());
  }

  @Test
  @DisplayName("every rule of the kit MUST have its breaker")
  void everyRuleHasItsBreaker() {
    Set<String> broken =
        Stream.of(
                Breakers.ofStores(), Breakers.ofIndexes(), Breakers.ofTokens(), Breakers.ofLists())
            .flatMap(Collection::stream)
            .map(Breaker::rule)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(broken).isEqualTo(Rules.ofKit().keySet());
  }

  private static void assertFails(Breaker<?> breaker, Class<?> kit) {
    KitRun run = KitRun.of(kit, breaker.rule());

    assertThat(run.failed()).isEqualTo(breaker.fails());
  }

  static List<Breaker<StoreWorld>> stores() {
    return Breakers.ofStores();
  }

  static List<Breaker<StoreWorld>> indexes() {
    return Breakers.ofIndexes();
  }

  static List<Breaker<TokenWorld>> tokens() {
    return Breakers.ofTokens();
  }

  static List<Breaker<ListWorld>> lists() {
    return Breakers.ofLists();
  }

  private static Set<String> union(List<KitRun> runs, Function<KitRun, Set<String>> rules) {
    return runs.stream()
        .flatMap(run -> rules.apply(run).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
