package dev.statewise.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question and what was found.
 *
 * @param claim what people say
 * @param hypothesis what was expected, fixed in code before anything was measured
 * @param verdict one of the four of {@link Verdict}, in words
 * @param timing how it was timed; null if it was not, and in a run before schema 1.2
 * @param checks what was held against what is declared; null if nothing was
 */
public record Experiment(
    String id,
    String claim,
    String hypothesis,
    Verdict verdict,
    List<ArmResult> arms,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Timing timing,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Checks checks) {
  public Experiment {
    arms = List.copyOf(arms);
  }

  /** One that was not timed, and not checked. */
  public Experiment(
      String id, String claim, String hypothesis, Verdict verdict, List<ArmResult> arms) {
    this(id, claim, hypothesis, verdict, arms, null, null);
  }

  /** The same with how it was timed. */
  public Experiment timedBy(@Nullable Timing how) {
    return new Experiment(id, claim, hypothesis, verdict, arms, how, checks);
  }

  /** The same with what was held against what is declared. */
  public Experiment checkedBy(Checks with) {
    return new Experiment(id, claim, hypothesis, verdict, arms, timing, with);
  }

  /** The same without the samples of its metrics. */
  Experiment withoutSamples() {
    List<ArmResult> bare = arms.stream().map(ArmResult::withoutSamples).toList();
    return new Experiment(id, claim, hypothesis, verdict, bare, timing, checks);
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
