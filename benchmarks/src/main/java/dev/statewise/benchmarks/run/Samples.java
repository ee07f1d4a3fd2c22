package dev.statewise.benchmarks.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a number was made of, as a run file keeps it: one list a JVM, in the order of measuring, in
 * four significant digits.
 */
public final class Samples {

  /**
   * So many of a JVM are kept at most, evenly taken from all; a metric's {@code n} says how many
   * there were.
   */
  public static final int MOST_A_JVM = 100;

  private static final MathContext DIGITS = new MathContext(4);

  private Samples() {}

  /**
   * The groups as they are kept.
   *
   * @param most how many of a JVM at most
   */
  public static List<List<Double>> of(List<double[]> groups, int most) {
    return groups.stream().map(group -> thinned(group, most)).toList();
  }

  /** Back to what is resampled. */
  public static List<double[]> groups(List<List<Double>> samples) {
    return samples.stream()
        .map(group -> group.stream().mapToDouble(Double::doubleValue).toArray())
        .toList();
  }

  private static List<Double> thinned(double[] group, int most) {
    int kept = Math.min(group.length, most);
    List<Double> samples = new ArrayList<>(kept);
    for (int i = 0; i < kept; i++) {
      double sample = group[(int) ((long) i * group.length / kept)];
      if (Double.isFinite(sample)) {
        samples.add(new BigDecimal(sample).round(DIGITS).doubleValue());
      }
    }
    return List.copyOf(samples);
  }

  /** On one line and without spaces: there are many. */
  static final class Compact extends JsonSerializer<List<List<Double>>> {
    @Override
    public void serialize(
        List<List<Double>> samples, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeRawValue(
          samples.stream().map(Compact::text).collect(Collectors.joining(",", "[", "]")));
    }

    private static String text(List<Double> group) {
      return group.stream()
          .map(sample -> BigDecimal.valueOf(sample).stripTrailingZeros().toPlainString())
          .collect(Collectors.joining(",", "[", "]"));
    }
  }
}
