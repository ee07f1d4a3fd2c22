package dev.statewise.benchmarks.run;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as a reader sees them, thousands apart. */
public final class Numbers {

  private static final int DIGITS = 3;

  private Numbers() {}

  /** What was counted, exactly: 60, 11,274. */
  public static String exact(double value) {
    return format(BigDecimal.valueOf(value).stripTrailingZeros());
  }

  /** A whole number, exactly. */
  public static String exact(long value) {
    return format(BigDecimal.valueOf(value));
  }

  /** What was estimated, to three significant digits: 0.412, 1.00, 12.3, 1,560. */
  public static String rounded(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_UP));
    int before = rounded.precision() - rounded.scale();
    return value == 0 ? "0" : format(rounded.setScale(Math.max(0, DIGITS - before)));
  }

  /** As exact as its evidence is. */
  public static String text(Evidence evidence, double value) {
    return evidence == Evidence.COUNT ? exact(value) : rounded(value);
  }

  /** The value and, if it was not counted, its interval; or why there is none. */
  public static String withInterval(Metric metric) {
    if (metric.value() == null || metric.lo() == null || metric.hi() == null) {
      return "– (" + metric.reason() + ")";
    }
    String value = text(metric.evidence(), metric.value());
    return metric.lo().equals(metric.hi())
        ? value
        : "%s [%s, %s]"
            .formatted(
                value, text(metric.evidence(), metric.lo()), text(metric.evidence(), metric.hi()));
  }

  /** The value alone, or a dash. */
  public static String withoutInterval(Metric metric) {
    return metric.value() == null ? "–" : text(metric.evidence(), metric.value());
  }

  /** The interval alone; empty if it was counted, or is not there. */
  public static String interval(Metric metric) {
    return metric.lo() == null || metric.hi() == null || metric.lo().equals(metric.hi())
        ? ""
        : "%s – %s"
            .formatted(text(metric.evidence(), metric.lo()), text(metric.evidence(), metric.hi()));
  }

  private static String format(BigDecimal value) {
    DecimalFormat format =
        new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMinimumFractionDigits(Math.max(0, value.scale()));
    return format.format(value);
  }
}
