package dev.statewise.benchmarks.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One question and what was found.
 *
 * @param claim what people say
 * @param hypothesis what was expected, fixed in code before anything was measured
 * @param verdict one of the four of {@link Verdict}, in words
 */
public record Experiment(
    String id, String claim, String hypothesis, Verdict verdict, List<ArmResult> arms) {
  public Experiment {
    arms = List.copyOf(arms);
  }

  /** The first arm of that name that has all these params. */
  public Optional<ArmResult> arm(String name, Map<String, String> params) {
    return arms.stream().filter(arm -> arm.name().equals(name) && arm.has(params)).findFirst();
  }

  /** One value of one arm; empty if the arm, the metric or the value is not there. */
  public Optional<Double> value(String arm, Map<String, String> params, String metric) {
    return arm(arm, params).flatMap(found -> found.value(metric));
  }
}
