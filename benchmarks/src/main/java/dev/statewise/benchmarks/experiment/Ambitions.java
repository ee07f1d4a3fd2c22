package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.run.Target;
import java.util.Map;
import java.util.Optional;

/** What each target would be better still, as it was set together with its bound. */
final class Ambitions {

  private static final int KIBIBYTE = 1_024;

  /** From this Java on the JDK encodes and compares by vectors. */
  private static final int VECTORS = 25;

  private static final Map<String, Double> BY_TARGET =
      Map.ofEntries(
          Map.entry("T1a", 2.2),
          Map.entry("T1b", 2.0),
          Map.entry("T1c", 8.0),
          Map.entry("T1d", 2.5 * KIBIBYTE),
          Map.entry("T2", Runtime.version().feature() >= VECTORS ? 1.25 : 1.5),
          Map.entry("T3a", 0.4),
          Map.entry("T3b", 1.3),
          Map.entry("T3c", 60.0),
          Map.entry("T4a", 1.05),
          Map.entry("T4b", 1.05),
          Map.entry("T5a", 2.0),
          Map.entry("T5c", 4.0),
          Map.entry("T6b", 1.05),
          Map.entry("T7", 1.0),
          Map.entry("T8b", 10.0),
          Map.entry("T8c", 60.0),
          Map.entry("T9b", 1.2),
          Map.entry("T9c", 250.0),
          Map.entry("T10a", 0.2),
          Map.entry("T10c", 0.45),
          Map.entry("T11a", 60.0),
          Map.entry("T11b", 330.0),
          Map.entry("T12a", 10.0),
          Map.entry("T12b", 2.5),
          Map.entry("T13a", 5.0));

  private Ambitions() {}

  /** The target with its ambition, if one was set. */
  static Target added(Target target) {
    return Optional.ofNullable(BY_TARGET.get(target.id())).map(target::withAmbition).orElse(target);
  }
}
