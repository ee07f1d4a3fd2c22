package dev.statewise;

/** A strategy was chosen that does not keep what the application says it relies on. */
public final class UnmetRequirementException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnmetRequirementException(Requirement unmet, Guarantees guarantees, Requirement... all) {
    super(
        "The application requires that %s, and the strategy '%s' does not keep that, so it would fail in use. %s"
            .formatted(unmet, guarantees.strategy(), advice(all)));
  }

  private static String advice(Requirement... all) {
    return KnownStrategy.cheapestFor(all)
        .map(strategy -> "The cheapest strategy that keeps all that is required: " + strategy + ".")
        .orElse("No strategy keeps all that is required: drop a requirement.");
  }
}
