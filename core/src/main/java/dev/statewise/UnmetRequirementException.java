package dev.statewise;

/** A strategy was chosen that does not keep what the application says it relies on. */
public final class UnmetRequirementException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnmetRequirementException(Requirement requirement, Guarantees guarantees) {
    super(
        "The application requires that %s, and '%s' does not keep that, so it would fail in use. The cheapest strategy that keeps it: %s."
            .formatted(requirement, guarantees.strategy(), requirement.cheapestStrategy()));
  }
}
