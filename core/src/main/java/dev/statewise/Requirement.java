package dev.statewise;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Something an application relies on, to be checked against {@link Guarantees#require} where its
 * {@link Sessions} are built, so that a wrong choice fails at start and not at a logout.
 */
public final class Requirement {

  /** Sessions outlive the node that opened them. */
  public static final Requirement SURVIVES_NODE_LOSS =
      of("sessions survive the loss of a node", Guarantees::survivesNodeLoss);

  /** Sessions survive a restart of what holds them. */
  public static final Requirement SURVIVES_RESTART =
      of("sessions survive a restart of what holds them", Guarantees::survivesRestart);

  /** Any node accepts a session that another opened, without sticky routing. */
  public static final Requirement SHARED_BY_NODES =
      of("sessions are shared by all nodes", Guarantees::sharedByNodes);

  /** State is kept on the server, where no client can replay it. */
  public static final Requirement HOLDS_SERVER_STATE =
      of("state is held on the server", Guarantees::holdsServerState);

  /** Of two saves from the same version, one is told so. */
  public static final Requirement DETECTS_CONFLICTS =
      of("conflicting saves are detected", Guarantees::detectsConflicts);

  /** An older state is refused once it is superseded. */
  public static final Requirement REFUSES_OLD_STATE =
      of("superseded state is refused", Guarantees::refusesOldState);

  /** The sessions of a subject can be listed. */
  public static final Requirement LISTS_BY_SUBJECT =
      of("sessions are listed by subject", Guarantees::listsBySubject);

  /** A limit of sessions a subject can be kept. */
  public static final Requirement KEEPS_LIMIT =
      of("a limit of sessions a subject is kept", Guarantees::keepsLimit);

  /** What was acknowledged survives the loss of one server. */
  public static final Requirement KEEPS_ACKNOWLEDGED =
      of("what was acknowledged is kept when a server is lost", Guarantees::keepsAcknowledged);

  /** No live session is ever dropped to make room. */
  public static final Requirement NEVER_EVICTS_LIVE =
      of("no live session is evicted", guarantees -> !guarantees.mayEvictLive());

  private final String description;
  private final Predicate<Guarantees> isMet;

  private Requirement(String description, Predicate<Guarantees> isMet) {
    this.description = requireNonNull(description);
    this.isMet = isMet;
  }

  /** An ended session is refused by every node at the latest after {@code bound}. */
  public static Requirement endsWithin(Duration bound) {
    requireNonNull(bound, "bound");
    return of(
        "an ended session is refused within " + bound,
        guarantees -> guarantees.endsWithin().compareTo(bound) <= 0);
  }

  /** The effective idle timeout is shorter than the setting by {@code bound} at most. */
  public static Requirement idlePreciseTo(Duration bound) {
    requireNonNull(bound, "bound");
    return of(
        "the idle timeout is precise to " + bound,
        guarantees -> guarantees.idlePrecision().compareTo(bound) <= 0);
  }

  /** A state of so many bytes fits. */
  public static Requirement holdsStateOf(int bytes) {
    return of(
        "a state of " + bytes + " bytes fits", guarantees -> guarantees.largestState() >= bytes);
  }

  boolean isMetBy(Guarantees guarantees) {
    return isMet.test(guarantees);
  }

  /** What is required, in words. */
  @Override
  public String toString() {
    return description;
  }

  private static Requirement of(String description, Predicate<Guarantees> isMet) {
    return new Requirement(description, isMet);
  }
}
