package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.run.ArmResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What there is to make results of.
 *
 * @param byJdk what was timed on each JDK, by its feature version, the one that compares first
 * @param counted what the same experiment counted before, if it counts too
 */
public record Measured(Map<Integer, Measurements> byJdk, List<ArmResult> counted) {
  public Measured {
    byJdk = Collections.unmodifiableMap(new LinkedHashMap<>(byJdk));
    counted = List.copyOf(counted);
  }

  /** What was timed on the JDK that compares; nothing if nothing was. */
  public Measurements own() {
    return byJdk.values().stream().findFirst().orElseGet(Measurements::new);
  }
}
