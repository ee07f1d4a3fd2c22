package dev.statewise.benchmarks.diff;

import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A difference as a person reads it on a terminal: what was different about the machines first. */
public final class DiffText {

  private static final int LONG = 80;
  private static final int KEYS_TOLD = 5;
  private static final String LIST = ", ";

  private final RunDiff diff;
  private final boolean all;
  private final StringBuilder text = new StringBuilder();

  private DiffText(RunDiff diff, boolean all) {
    this.diff = diff;
    this.all = all;
  }

  /**
   * The text.
   *
   * @param all whether to tell of numbers too that did not change
   */
  public static String of(RunDiff diff, boolean all) {
    return new DiffText(diff, all).text();
  }

  private String text() {
    line("A: " + diff.a());
    line("B: " + diff.b());
    environment();
    metrics();
    onlyIn("A", diff.onlyInA());
    onlyIn("B", diff.onlyInB());
    diff.verdicts()
        .forEach(one -> line("Verdict of %s: %s → %s".formatted(one.name(), one.a(), one.b())));
    diff.broken().forEach(one -> line("Broken: " + one));
    line("");
    line(diff.agreement().text());
    line(diff.agreement().holds() ? "They agree." : "They do not agree.");
    diff.agreement().against().forEach(one -> line("   " + one));
    return text.toString();
  }

  private void environment() {
    line("");
    line(diff.environment().isEmpty() ? "Nothing differs about where they ran." : "What differs:");
    for (RunDiff.Change change : diff.environment()) {
      line("   %-16s %s".formatted(change.name(), shown(change)));
    }
  }

  /** Of two long lists, what is in one alone. */
  private static String shown(RunDiff.Change change) {
    if (change.a().length() + change.b().length() <= LONG || !change.a().contains(LIST)) {
      return change.a() + " → " + change.b();
    }
    Set<String> gone = parts(change.a());
    Set<String> come = parts(change.b());
    Set<String> both = new LinkedHashSet<>(gone);
    both.retainAll(come);
    gone.removeAll(both);
    come.removeAll(both);
    return "− %s; + %s".formatted(joined(gone), joined(come));
  }

  private static Set<String> parts(String list) {
    return new LinkedHashSet<>(Arrays.asList(list.split(LIST, -1)));
  }

  private static String joined(Set<String> parts) {
    return parts.isEmpty() ? "none" : String.join(LIST, parts);
  }

  private void metrics() {
    List<Difference> told =
        all
            ? diff.metrics()
            : diff.metrics().stream()
                .filter(one -> one.outcome() != Outcome.NO_CHANGE)
                .filter(one -> one.outcome() != Outcome.WITHIN_NOISE)
                .toList();
    line("");
    line("%s numbers are in both: %s.".formatted(Numbers.exact(diff.metrics().size()), counts()));
    if (!told.isEmpty()) {
      rows(told);
    }
    tooFew();
  }

  private String counts() {
    return EnumSet.allOf(Outcome.class).stream()
        .map(outcome -> "%d %s".formatted(diff.of(outcome).size(), outcome.words()))
        .collect(Collectors.joining(LIST));
  }

  private void tooFew() {
    Map<String, Long> withheld =
        diff.of(Outcome.NO_CHANGE).stream()
            .filter(one -> one.why().equals(Judge.TOO_FEW))
            .collect(
                Collectors.groupingBy(
                    one -> one.of().experiment(), TreeMap::new, Collectors.counting()));
    withheld.forEach(
        (experiment, count) ->
            line(
                "%s: ~ (too few JVMs) of %d numbers: fewer than %d JVMs on a side tell no change from chance."
                    .formatted(experiment, count, Judge.FEWEST_JVMS)));
  }

  /** Columns as wide as what is in them. */
  private void rows(List<Difference> differences) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("what", "A", "B", "change", "", "why"));
    differences.forEach(one -> rows.add(cells(one)));
    int[] widths = new int[rows.get(0).size()];
    rows.forEach(
        row -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("  ");
      for (int i = 0; i < widths.length; i++) {
        line.append(' ').append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length()));
      }
      line(line.toString().stripTrailing());
    }
  }

  private static List<String> cells(Difference one) {
    return List.of(
        "%s, %s %s".formatted(one.of().text(), one.unit(), one.evidence()),
        side(one.evidence(), one.a()),
        side(one.evidence(), one.b()),
        change(one),
        one.outcome().words(),
        one.p() == null
            ? one.why()
            : one.why() + String.format(Locale.ROOT, ", p = %.3f", one.p()));
  }

  private static String side(Evidence evidence, Difference.Side side) {
    String value = Numbers.text(evidence, side.value());
    return side.lo() == side.hi()
        ? value
        : "%s [%s, %s]"
            .formatted(value, Numbers.text(evidence, side.lo()), Numbers.text(evidence, side.hi()));
  }

  private static String change(Difference one) {
    Difference.Ratio ratio = one.ratio();
    if (ratio == null) {
      return "from 0";
    }
    return ratio.lo() == ratio.hi()
        ? signed(ratio.value())
        : "%s [%s, %s]".formatted(signed(ratio.value()), signed(ratio.lo()), signed(ratio.hi()));
  }

  private static String signed(double ratio) {
    return String.format(Locale.ROOT, "%+.1f %%", (ratio - 1) * 100);
  }

  private void onlyIn(String side, List<Key> keys) {
    if (keys.isEmpty()) {
      return;
    }
    Map<String, Long> each =
        keys.stream()
            .collect(Collectors.groupingBy(Key::experiment, TreeMap::new, Collectors.counting()));
    line("Only in %s, and not compared: %s".formatted(side, each));
    keys.stream().limit(all ? keys.size() : KEYS_TOLD).forEach(key -> line("   " + key.text()));
    if (!all && keys.size() > KEYS_TOLD) {
      line("   … (--all lists them)");
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
