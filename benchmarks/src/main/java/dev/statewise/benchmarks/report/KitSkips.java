package dev.statewise.benchmarks.report;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which rules the contract kit skips of each store, and why: as the list of allowed skips says,
 * which the build holds to what it skipped.
 */
public final class KitSkips {

  private static final Pattern LINE =
      Pattern.compile("(?:[^#]*\\.)?([A-Za-z0-9]+)#([SX][0-9.]*) *\\talways\\t(.+)");

  /** S9 before S10, and words last. */
  private static final Comparator<String> BY_NUMBER =
      Comparator.comparing((String rule) -> rule.replaceAll("\\d.*", ""))
          .thenComparing(rule -> rule.replaceAll("^\\D+(\\d*).*", "$1").length())
          .thenComparing(Comparator.naturalOrder());

  private final List<Skip> skips;

  private record Skip(String test, String rule, String reason) {}

  private KitSkips(List<Skip> skips) {
    this.skips = skips;
  }

  /**
   * Those of the rules of stores and of indexes in a list of allowed skips.
   *
   * @param list one a line: test class, {@code #}, the rule; when; the reason; separated by tabs
   */
  public static KitSkips parse(String list) {
    return new KitSkips(
        list.lines()
            .map(LINE::matcher)
            .filter(Matcher::matches)
            .map(line -> new Skip(line.group(1), rule(line.group(2)), line.group(3)))
            .toList());
  }

  private static String rule(String prefix) {
    String rule = prefix.replaceAll("\\.$", "");
    return rule.equals("X") ? "all of the index" : rule;
  }

  /** The rules that are skipped in these test classes. */
  String rules(List<String> tests) {
    String rules = of(tests).map(Skip::rule).distinct().sorted(BY_NUMBER).collect(joining(", "));
    return rules.isEmpty() ? "nothing" : rules;
  }

  /** The reasons, each with the stores it is of, a sentence each. */
  List<String> reasons(Map<String, List<String>> testsByStore) {
    Map<String, TreeSet<String>> rules = new LinkedHashMap<>();
    Map<String, TreeSet<String>> stores = new LinkedHashMap<>();
    testsByStore.forEach(
        (store, tests) ->
            of(tests)
                .forEach(
                    skip -> {
                      rules
                          .computeIfAbsent(skip.reason(), unseen -> new TreeSet<>())
                          .add(skip.rule());
                      stores.computeIfAbsent(skip.reason(), unseen -> new TreeSet<>()).add(store);
                    }));
    return rules.entrySet().stream()
        .map(
            reason ->
                "%s (%s): %s"
                    .formatted(
                        String.join(", ", reason.getValue()),
                        String.join(", ", stores.getOrDefault(reason.getKey(), new TreeSet<>())),
                        reason.getKey()))
        .toList();
  }

  private Stream<Skip> of(List<String> tests) {
    return skips.stream().filter(skip -> tests.contains(skip.test()));
  }
}
