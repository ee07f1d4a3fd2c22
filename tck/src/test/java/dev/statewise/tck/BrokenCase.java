package dev.statewise.tck;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a kit's case the world of the breaker that the run is of. A run of no breaker, as by a
 * pattern of class names, leaves the case out.
 */
final class BrokenCase implements ExecutionCondition, ParameterResolver {

  /** What a case is constructed with. */
  record World(Object world) {

    <W> W as(Class<W> type) {
      return type.cast(world);
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return context.getConfigurationParameter(KitRun.BROKEN).isPresent()
        ? ConditionEvaluationResult.enabled("a run of a breaker")
        : ConditionEvaluationResult.disabled("run by the kit's own tests alone: it is to fail");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == World.class;
  }

  @Override
  public World resolveParameter(ParameterContext parameter, ExtensionContext context) {
    String rule = context.getConfigurationParameter(KitRun.BROKEN).orElseThrow();
    return new World(Breakers.named(rule).world().get());
  }
}
