package dev.statewise.tck;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A list on a server that tells how long it keeps each floor, and on which no time passes. */
final class KeepingList extends ThroughList {

  /** What a server makes of one more refusal. */
  interface Keeping {

    /** The later of both, which is what a healthy server keeps a floor to. */
    Keeping TO_THE_LATER = (floor, before, asked) -> before.compareTo(asked) > 0 ? before : asked;

    /**
     * For how long it keeps a floor from now on.
     *
     * @param floor a {@link SessionKey}, a subject after "of ", or {@link #ALL}
     * @param before for how long it was to be kept so far; zero if it was not there
     * @param asked negative if the node takes the refusal for over
     */
    Duration from(Object floor, Duration before, Duration asked);
  }

  static final String ALL = "all";

  private final Map<Object, Duration> left = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Keeping keeping;

  KeepingList(RevocationList healthy, InstantSource clock, Keeping keeping) {
    super(healthy);
    this.clock = clock;
    this.keeping = keeping;
  }

  @Override
  public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
    keep(session, until);
    return super.refuseBelow(session, version, until);
  }

  @Override
  public Acknowledgement refuseCreatedBefore(String subject, Instant createdBefore, Instant until) {
    keep("of " + subject, until);
    return super.refuseCreatedBefore(subject, createdBefore, until);
  }

  @Override
  public Acknowledgement refuseAllCreatedBefore(Instant createdBefore, Instant until) {
    keep(ALL, until);
    return super.refuseAllCreatedBefore(createdBefore, until);
  }

  Duration keptFor(Session session) {
    Duration own = left(session.key());
    Duration subjects = left("of " + session.subject());
    Duration everybodys = left(ALL);
    return Keeping.TO_THE_LATER.from(
        ALL, own, Keeping.TO_THE_LATER.from(ALL, subjects, everybodys));
  }

  private void keep(Object floor, Instant until) {
    Duration asked = Duration.between(clock.instant(), until);
    left.put(floor, keeping.from(floor, left(floor), asked));
  }

  private Duration left(Object floor) {
    return left.getOrDefault(floor, Duration.ZERO);
  }
}
