package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import java.time.Duration;
import java.util.List;

/** An experiment that counts, in the JVM that compares. */
@FunctionalInterface
public interface Counted {

  /**
   * What was counted.
   *
   * @param results every arm that was asked, those that could not be measured with the reason
   * @param findings what did not add up, a sentence each; empty if all did
   * @param checked how many results were held against a second count; 0 if none was
   */
  record Count(List<ArmResult> results, List<String> findings, int checked) {
    public Count {
      results = List.copyOf(results);
      findings = List.copyOf(findings);
    }

    /** Results that nothing was held against. */
    public static Count of(List<ArmResult> results) {
      return new Count(results, List.of(), 0);
    }
  }

  /** About how long it takes, for whoever plans. */
  default Duration expected(Tier tier) {
    return Duration.ofSeconds(tier == Tier.SMOKE ? 1 : 2);
  }

  /** Whether it asks the servers of the run, where others may count what they are asked. */
  default boolean asksServers() {
    return true;
  }

  /** The same, known to ask no server of the run. */
  static Counted askingNoServer(Counted counted) {
    return new Counted() {
      @Override
      public boolean asksServers() {
        return false;
      }

      @Override
      public Count measure(Lab lab) {
        return counted.measure(lab);
      }
    };
  }

  /** Measures all arms of {@code lab}; ends early, with what it has, if the lab is cancelled. */
  Count measure(Lab lab);
}
