package dev.statewise.benchmarks.run;

import java.util.List;

/**
 * What became of what was counted when it was held against what is declared.
 *
 * @param checked how many results were
 * @param findings what did not add up, a sentence each
 */
public record Checks(int checked, List<String> findings) {
  public Checks {
    findings = List.copyOf(findings);
  }
}
