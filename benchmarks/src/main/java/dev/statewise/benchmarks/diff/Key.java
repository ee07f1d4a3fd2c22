package dev.statewise.benchmarks.diff;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a number is of: two files are compared where they have the same.
 *
 * @param params in the order of their names, without what only explains the arm to a reader
 */
public record Key(String experiment, String arm, Map<String, String> params, String metric) {

  private static final String EXPLANATION = "kind";

  public Key {
    Map<String, String> sorted = new TreeMap<>(params);
    sorted.remove(EXPLANATION);
    params = Collections.unmodifiableMap(sorted);
  }

  /** For a reader, on one line. */
  public String text() {
    String shown =
        params.entrySet().stream()
            .map(param -> param.getKey() + "=" + param.getValue())
            .collect(Collectors.joining(" "));
    return String.join(" ", experiment, arm, shown, metric).replaceAll(" {2,}", " ");
  }
}
