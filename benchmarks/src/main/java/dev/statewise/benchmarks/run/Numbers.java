package dev.statewise.benchmarks.run;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as a reader sees them: three significant digits, thousands apart. */
public final class Numbers {

  private static final int DIGITS = 3;

  private Numbers() {}

  /** For instance 0.412, 12.3, 1,560, 60. */
  public static String text(double value) {
    boolean whole = value == Math.rint(value);
    BigDecimal shown =
        whole
            ? BigDecimal.valueOf(value)
            : new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_UP));
    return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(shown);
  }

  /** The value and, if it was not counted, its interval; or why there is none. */
  public static String withInterval(Metric metric) {
    if (metric.value() == null || metric.lo() == null || metric.hi() == null) {
      return "— (" + metric.reason() + ")";
    }
    String value = text(metric.value());
    return metric.lo().equals(metric.hi())
        ? value
        : "%s [%s, %s]".formatted(value, text(metric.lo()), text(metric.hi()));
  }
}
