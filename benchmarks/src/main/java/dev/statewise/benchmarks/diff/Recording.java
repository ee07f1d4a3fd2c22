package dev.statewise.benchmarks.diff;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison reads of a file, whoever wrote it.
 *
 * @param title what it is and when it was made, in a line
 * @param facts what it was measured on and how, those first that explain most
 * @param readings what there is a number of
 * @param broken the invariants that make it INVALID, with what was seen
 * @param verdicts in words, by experiment
 */
public record Recording(
    String title,
    Map<String, String> facts,
    Map<Key, Reading> readings,
    List<String> broken,
    Map<String, String> verdicts) {
  public Recording {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    readings = Collections.unmodifiableMap(new LinkedHashMap<>(readings));
    broken = List.copyOf(broken);
    verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
  }
}
