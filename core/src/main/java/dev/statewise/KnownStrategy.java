package dev.statewise;

import dev.statewise.spi.ListTraits;
import dev.statewise.spi.StoreTraits;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * The strategies that there are, cheapest first, with what each typically keeps: so that a message
 * can name the one to choose instead.
 *
 * @param words what to choose
 * @param typical what it keeps under a policy
 */
record KnownStrategy(String words, Function<SessionPolicy, Guarantees> typical) {

  private static final int TOKEN_STATE_BYTES = 5_000;

  private static final KnownStrategy[] CHEAPEST_FIRST = {
    new KnownStrategy(
        "sessions in this process (StatefulSessions over CaffeineSessionStore)",
        policy -> new Guarantees(StoreTraits.inProcess(), true, policy)),
    new KnownStrategy(
        "signed tokens (StatelessSessions)", policy -> new Guarantees(TOKEN_STATE_BYTES, policy)),
    new KnownStrategy(
        "signed tokens with a shared revocation list (HybridSessions)",
        policy -> new Guarantees(TOKEN_STATE_BYTES, ListTraits.sharedByNodes(), false, policy)),
    new KnownStrategy(
        "signed tokens with a shared revocation list and the replay guard (HybridSessions)",
        policy -> new Guarantees(TOKEN_STATE_BYTES, ListTraits.sharedByNodes(), true, policy)),
    new KnownStrategy(
        "a shared store (StatefulSessions over Redis)",
        policy -> new Guarantees(StoreTraits.sharedByNodes(), true, policy)),
    new KnownStrategy(
        "a shared store that is durable (StatefulSessions over a Redis that persists, or over JdbcSessionStore)",
        policy -> new Guarantees(StoreTraits.sharedByNodes().withDurable(true), true, policy)),
    new KnownStrategy(
        "a shared, durable store that keeps what it acknowledged (StatefulSessions over JdbcSessionStore, on a database that commits synchronously to a second server)",
        policy ->
            new Guarantees(
                StoreTraits.sharedByNodes().withDurable(true).withKeepsAcknowledged(true),
                true,
                policy)),
  };

  /** The cheapest that meets all of {@code requirements} under {@code policy}, in words. */
  static Optional<String> cheapestFor(SessionPolicy policy, Requirement... requirements) {
    return Arrays.stream(CHEAPEST_FIRST)
        .filter(strategy -> strategy.meets(policy, requirements))
        .map(KnownStrategy::words)
        .findFirst();
  }

  private boolean meets(SessionPolicy policy, Requirement... requirements) {
    Guarantees guarantees = typical.apply(policy);
    return Arrays.stream(requirements).allMatch(requirement -> requirement.isMetBy(guarantees));
  }
}
