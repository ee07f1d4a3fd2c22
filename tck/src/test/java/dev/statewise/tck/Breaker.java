package dev.statewise.tck;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Something that breaks one rule.
 *
 * @param rule its number
 * @param does what it does wrong, in words
 * @param alsoBreaks the rules that cannot but fall with it
 * @param world makes the thing, in a state in which there is nothing
 * @param <W> what the kit opens its handles from
 */
record Breaker<W>(String rule, String does, Set<String> alsoBreaks, Supplier<W> world) {

  static <W> Breaker<W> of(String rule, String does, Supplier<W> world) {
    return new Breaker<>(rule, does, Set.of(), world);
  }

  Breaker<W> alsoBreaking(String... rules) {
    return new Breaker<>(rule, does, Set.of(rules), world);
  }

  /** What must fail, and nothing else. */
  Set<String> fails() {
    Set<String> all = new TreeSet<>(alsoBreaks);
    all.add(rule);
    return all;
  }

  @Override
  public String toString() {
    return rule + " fails for one that " + does;
  }
}
