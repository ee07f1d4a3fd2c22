package dev.statewise.tck;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands a kit's case the world of the breaker that the run is of. */
final class BrokenCase implements ParameterResolver {

  /** What a case is constructed with. */
  record World(Object world) {

    <W> W as(Class<W> type) {
      return type.cast(world);
    }
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
