package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Strategy;
import dev.statewise.spi.StoreTraits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The README's table of stores: what each keeps, what it was seen to ask, and what is untried. */
public final class StoreTable {

  /** What the file store of the example says of itself, which no run measures. */
  public static final StoreTraits FILES =
      StoreTraits.sharedByNodes().withDurable(true).withFindRoundTrips(0);

  private static final Map<String, String> VALIDATE = Map.of("operation", "validate");

  /**
   * A store for a reader.
   *
   * @param name how it is called
   * @param tests the runs of the kit against it
   */
  private record Store(String name, List<String> tests) {}

  private static final Map<String, Store> STORES = stores();
  private static final Store OF_FILES =
      new Store("files in the example, of one machine", List.of("FileSessionStoreTest"));

  private StoreTable() {}

  private static Map<String, Store> stores() {
    Map<String, Store> stores = new LinkedHashMap<>();
    stores.put(
        "memory",
        new Store("memory", List.of("CaffeineSessionStoreTest", "CaffeineSubjectIndexTest")));
    stores.put(
        "redis", new Store("Redis", List.of("RedisSessionStoreTest", "RedisSubjectIndexTest")));
    stores.put(
        "redis-near", new Store("Redis with a near cache", List.of("NearCachedSessionStoreTest")));
    stores.put(
        "jdbc-h2",
        new Store("H2 in memory", List.of("JdbcSessionStoreOnH2Test", "JdbcSubjectIndexOnH2Test")));
    stores.put(
        "jdbc-postgres",
        new Store(
            "PostgreSQL",
            List.of("JdbcSessionStoreOnPostgresTest", "JdbcSubjectIndexOnPostgresTest")));
    stores.put(
        "object-s3",
        new Store("object storage", List.of("ObjectSessionStoreTest", "ObjectSubjectIndexTest")));
    return stores;
  }

  /** The test classes that hold these stores to the kit. */
  public static List<String> tests() {
    return Stream.concat(STORES.values().stream(), Stream.of(OF_FILES))
        .flatMap(store -> store.tests().stream())
        .toList();
  }

  /**
   * The table, as Markdown, why the kit skips what it skips, and the run that its counts are of.
   *
   * @param skips what of the kit is skipped
   */
  public static String markdown(Run run, KitSkips skips) {
    StringBuilder table =
        new StringBuilder(
            """
            | store | durable | shared by nodes | list, limit and end all of a subject | largest state, B | round trips | the kit skips |
            |---|---|---|---|--:|--:|---|
            """);
    Map<String, List<String>> tests = new LinkedHashMap<>();
    STORES.forEach(
        (arm, store) ->
            run.strategy(arm)
                .ifPresent(
                    strategy -> {
                      table.append(row(run, store, strategy, skips));
                      tests.put(store.name(), store.tests());
                    }));
    table.append(files(skips));
    tests.put(OF_FILES.name(), OF_FILES.tests());
    return table + "\n" + legend(run, skips.reasons(tests));
  }

  private static String row(Run run, Store store, Strategy strategy, KitSkips skips) {
    Optional<Double> counted =
        run.experiment("E6").flatMap(e6 -> e6.value(strategy.arm(), VALIDATE, "roundTrips"));
    return row(
        store,
        strategy.survivesRestart(),
        strategy.sharedByNodes(),
        strategy.listsBySubject() && strategy.keepsLimit(),
        strategy.largestState(),
        counted.map(Numbers::exact).orElse("not measured"),
        skips);
  }

  private static String files(KitSkips skips) {
    return row(
        OF_FILES,
        FILES.durable(),
        FILES.shared(),
        false,
        FILES.maxStateBytes(),
        Numbers.exact((long) FILES.findRoundTrips()),
        skips);
  }

  private static String row(
      Store store,
      boolean durable,
      boolean shared,
      boolean bySubject,
      int largestState,
      String roundTrips,
      KitSkips skips) {
    return "| %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            store.name(),
            yes(durable),
            yes(shared),
            yes(bySubject),
            Numbers.exact((long) largestState),
            roundTrips,
            skips.rules(store.tests()));
  }

  private static String legend(Run run, List<String> reasons) {
    return """
        *Durable*: what a store says unasked; Redis and object storage say it when you vouch for it, H2 in a file of itself. *Largest state*: unless a store is told otherwise. *Round trips*: of one validation, counted (E6; of the files, what they say). \
        *The kit skips*: rules of [the kit](docs/spec/session-store.md). %s. From run `%s` of %s.
        """
        .formatted(String.join("; ", reasons), run.run().id(), run.run().time().substring(0, 10));
  }

  private static String yes(boolean value) {
    return value ? "yes" : "no";
  }
}
