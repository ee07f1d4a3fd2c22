package dev.statewise.benchmarks.diff;

import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.run.Estimate;
import dev.statewise.benchmarks.run.Evidence;
import java.util.List;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.jspecify.annotations.Nullable;

/**
 * What became of a number. What was counted is compared for equality. What was measured differs if
 * the interval of the ratio of medians leaves 1 out and Mann and Whitney's test agrees; where a
 * file has no samples, if the intervals have nothing in common.
 *
 * <p>A JVM, not a slice, is what is drawn and what is tested: the slices of one resemble each
 * other, and a thousand of them would make any two JVMs differ.
 */
final class Judge {

  /** Fewer JVMs than this are no sample: what one compiler chose could be all that is seen. */
  static final int FEWEST_JVMS = 3;

  /** Why no change is told of with fewer. */
  static final String TOO_FEW = "too few JVMs";

  /** With fewer on either side, no order of them is rarer than {@link #LEVEL}. */
  private static final int FEWEST_TO_TEST = 4;

  private static final double LEVEL = 0.05;
  private static final long SEED = 1;

  private final Noise noise;

  Judge(Noise noise) {
    this.noise = noise;
  }

  Difference of(Key key, Reading a, Reading b) {
    if (a.evidence() == Evidence.COUNT || a.value() == b.value()) {
      return exact(key, a, b);
    }
    Difference small = difference(key, a, b, Outcome.NO_CHANGE, "both are less than one");
    if (small.isNextToNothing()) {
      return small;
    }
    if (a.isMeasured() && Math.min(a.jvms(), b.jvms()) < FEWEST_JVMS) {
      return difference(key, a, b, Outcome.NO_CHANGE, TOO_FEW);
    }
    boolean sampled = Math.min(a.groups().size(), b.groups().size()) >= FEWEST_JVMS;
    return sampled && a.value() != 0 ? bySamples(key, a, b) : byIntervals(key, a, b);
  }

  private static Difference exact(Key key, Reading a, Reading b) {
    return a.value() == b.value()
        ? difference(key, a, b, Outcome.NO_CHANGE, "equal")
        : difference(key, a, b, a.better().changed(b.value() > a.value()), "counted");
  }

  private Difference bySamples(Key key, Reading a, Reading b) {
    Estimate ratio = new Bootstrap(SEED).ratio(b.groups(), a.groups());
    Double p = p(a.groups(), b.groups());
    boolean apart = ratio.lo() > 1 || ratio.hi() < 1;
    boolean tested = p == null || p < LEVEL;
    Outcome outcome = apart && tested ? change(key, a, ratio.median()) : Outcome.NO_CHANGE;
    String why =
        !apart
            ? "the ratio's interval has 1 in it"
            : tested ? "the ratio's interval leaves 1 out" : "the JVMs do not differ in rank";
    return new Difference(
        key,
        a.unit(),
        a.evidence(),
        Difference.Side.of(a),
        Difference.Side.of(b),
        new Difference.Ratio(ratio.median(), ratio.lo(), ratio.hi()),
        p,
        outcome,
        why);
  }

  private Difference byIntervals(Key key, Reading a, Reading b) {
    Difference open = difference(key, a, b, Outcome.NO_CHANGE, "the intervals overlap");
    return open.overlaps()
        ? open
        : difference(
            key,
            a,
            b,
            change(key, a, b.value() / a.value()),
            a.isMeasured() ? "the intervals are apart" : "made of other numbers");
  }

  private Outcome change(Key key, Reading a, double ratio) {
    return Math.abs(ratio - 1) <= noise.of(key.metric())
        ? Outcome.WITHIN_NOISE
        : a.better().changed(ratio > 1);
  }

  private static @Nullable Double p(List<double[]> a, List<double[]> b) {
    return Math.min(a.size(), b.size()) < FEWEST_TO_TEST
        ? null
        : Double.valueOf(MannWhitneyUTest.withDefaults().test(medians(a), medians(b)).getPValue());
  }

  private static double[] medians(List<double[]> groups) {
    return groups.stream()
        .filter(group -> group.length > 0)
        .mapToDouble(Bootstrap::medianOf)
        .toArray();
  }

  private static Difference difference(Key key, Reading a, Reading b, Outcome outcome, String why) {
    return new Difference(
        key,
        a.unit(),
        a.evidence(),
        Difference.Side.of(a),
        Difference.Side.of(b),
        ratio(a.value(), b.value()),
        null,
        outcome,
        why);
  }

  private static Difference.@Nullable Ratio ratio(double a, double b) {
    if (a == 0 && b != 0) {
      return null;
    }
    double ratio = a == b ? 1 : b / a;
    return new Difference.Ratio(ratio, ratio, ratio);
  }
}
