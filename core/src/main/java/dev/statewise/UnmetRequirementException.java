package dev.statewise;

import java.util.Optional;

/** A strategy was chosen that does not keep what the application says it relies on. */
public final class UnmetRequirementException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnmetRequirementException(
      Requirement unmet, Guarantees guarantees, Optional<String> cheapestForAll) {
    super(
        "The application requires that %s, and the strategy '%s' does not keep that, so it would fail in use. %s"
            .formatted(unmet, guarantees.strategy(), advice(cheapestForAll)));
  }

  private static String advice(Optional<String> cheapestForAll) {
    return cheapestForAll
        .map(strategy -> "The cheapest strategy that keeps all that is required: " + strategy + ".")
        .orElse("No strategy keeps all that is required: drop a requirement.");
  }
}
