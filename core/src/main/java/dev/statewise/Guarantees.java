package dev.statewise;

import dev.statewise.spi.ListTraits;
import dev.statewise.spi.StoreTraits;
import java.time.Duration;

/**
 * What a strategy on its store or list keeps, as data; the report prints the same beside what was
 * measured. Made by {@link Sessions#guarantees} alone.
 */
public final class Guarantees {

  private static final Duration TOKEN_PRECISION = Duration.ofSeconds(1);

  private final SessionPolicy policy;
  private final String strategy;
  private final boolean sharedByNodes;
  private final boolean survivesRestart;
  private final boolean holdsServerState;
  private final boolean detectsConflicts;
  private final boolean listsBySubject;
  private final boolean keepsAcknowledged;
  private final boolean mayEvictLive;
  private final Duration endsWithin;
  private final Duration idlePrecision;
  private final int storeRoundTrips;
  private final int largestState;

  /** Sessions in a store. */
  Guarantees(StoreTraits store, boolean listsBySubject, SessionPolicy policy) {
    this.policy = policy;
    this.listsBySubject = listsBySubject;
    strategy = store.shared() ? "stateful, shared" : "stateful, in process";
    sharedByNodes = store.shared();
    survivesRestart = store.durable();
    holdsServerState = true;
    detectsConflicts = true;
    keepsAcknowledged = store.keepsAcknowledged();
    mayEvictLive = store.mayEvictLive();
    endsWithin = store.staleness();
    idlePrecision = policy.touchAfter();
    storeRoundTrips = store.findRoundTrips();
    largestState = store.maxStateBytes();
  }

  /** Tokens alone. Whoever has a token can renew it until its session's absolute end. */
  Guarantees(int maxStateBytes, SessionPolicy policy) {
    this.policy = policy;
    listsBySubject = false;
    strategy = "stateless";
    sharedByNodes = true;
    survivesRestart = true;
    holdsServerState = false;
    detectsConflicts = false;
    keepsAcknowledged = true;
    mayEvictLive = false;
    endsWithin = policy.absoluteLifetime();
    idlePrecision = tokenIdlePrecision(policy);
    storeRoundTrips = 0;
    largestState = maxStateBytes;
  }

  /**
   * Tokens with a list. One that is not shared is no use to a second node, and goes with the first.
   */
  Guarantees(int maxStateBytes, ListTraits list, boolean replayGuard, SessionPolicy policy) {
    this.policy = policy;
    listsBySubject = false;
    strategy = list.shared() ? "hybrid" : "hybrid, list in process";
    sharedByNodes = list.shared();
    survivesRestart = list.durable();
    holdsServerState = false;
    detectsConflicts = replayGuard;
    keepsAcknowledged = list.keepsAcknowledged();
    mayEvictLive = false;
    endsWithin = list.staleness();
    idlePrecision = tokenIdlePrecision(policy);
    storeRoundTrips = list.roundTrips();
    largestState = maxStateBytes;
  }

  private static Duration tokenIdlePrecision(SessionPolicy policy) {
    return Renewal.latestAfter(policy.maxIdleTimeout()).plus(TOKEN_PRECISION);
  }

  /** The strategy in words, for messages. */
  public String strategy() {
    return strategy;
  }

  /** After an ending every node refuses the session at the latest after this. */
  public Duration endsWithin() {
    return endsWithin;
  }

  /** Whether sessions, and their endings, outlive the node that opened them. */
  public boolean survivesNodeLoss() {
    return sharedByNodes;
  }

  /**
   * Whether sessions, and their endings, survive a restart of what holds them: this process, or the
   * server of the store or list. For tokens alone that is the client.
   */
  public boolean survivesRestart() {
    return survivesRestart;
  }

  /** Whether any node accepts a session that another opened, and refuses one that another ended. */
  public boolean sharedByNodes() {
    return sharedByNodes;
  }

  /** Whether the state is on the server, where no client can replay it. */
  public boolean holdsServerState() {
    return holdsServerState;
  }

  /** Whether of two saves from the same version one is told so. */
  public boolean detectsConflicts() {
    return detectsConflicts;
  }

  /** Whether an older state, once superseded, is refused. */
  public boolean refusesOldState() {
    return detectsConflicts;
  }

  /** Whether {@code list} answers. */
  public boolean listsBySubject() {
    return listsBySubject;
  }

  /** Whether a limit of sessions a subject can be kept. */
  public boolean keepsLimit() {
    return listsBySubject;
  }

  /** Whether what was acknowledged survives the loss of one server. */
  public boolean keepsAcknowledged() {
    return keepsAcknowledged;
  }

  /** Whether a live session may be dropped to make room. */
  public boolean mayEvictLive() {
    return mayEvictLive;
  }

  /**
   * By how much the effective idle timeout may be shorter than the setting. In a store the policy's
   * {@code touchAfter}. Of tokens three quarters of the longest idle timeout, and a second: what
   * happens before a token is due for renewal is not noted in it.
   */
  public Duration idlePrecision() {
    return idlePrecision;
  }

  /**
   * How many round trips a validation costs that touches nothing. With a near cache that is 0 for a
   * session of which it has a copy, and the first validation of a session, and one each {@link
   * #endsWithin}, costs one.
   */
  public int storeRoundTrips() {
    return storeRoundTrips;
  }

  /**
   * The largest {@code Session.stateBytes()} that fits; in a token, of text that needs no escaping.
   */
  public int largestState() {
    return largestState;
  }

  /**
   * Fails if a requirement is not met; for the line after the construction.
   *
   * @return this
   * @throws UnmetRequirementException naming the first requirement that is not met and the cheapest
   *     strategy that meets them all
   */
  public Guarantees require(Requirement... requirements) {
    for (Requirement requirement : requirements) {
      if (!requirement.isMetBy(this)) {
        throw new UnmetRequirementException(
            requirement, this, KnownStrategy.cheapestFor(policy, requirements));
      }
    }
    return this;
  }

  @Override
  public String toString() {
    return "Guarantees[%s, ends within %s, shared %s, survives restart %s, detects conflicts %s, lists by subject %s, %d round trips, states up to %d bytes]"
        .formatted(
            strategy,
            endsWithin,
            sharedByNodes,
            survivesRestart,
            detectsConflicts,
            listsBySubject,
            storeRoundTrips,
            largestState);
  }
}
