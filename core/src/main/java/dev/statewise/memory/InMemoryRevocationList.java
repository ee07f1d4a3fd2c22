package dev.statewise.memory;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ListTraits;
import dev.statewise.spi.RevocationList;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Keeps refusals in this process. They are gone when it stops, and no other process knows them: for
 * one node, for tests, and beneath a list that is shared.
 *
 * <p>Bounded by expiry alone: a refusal is dropped, in passing, once its {@code until} is reached
 * and never before, however many there are.
 */
public final class InMemoryRevocationList implements RevocationList {

  private static final ListTraits TRAITS = ListTraits.inProcess();
  private static final String EVERYBODY = "";
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private final InstantSource clock;
  private final Floors<SessionKey> versions = new Floors<>();
  private final Floors<String> subjects = new Floors<>();
  private final Floors<String> everybody = new Floors<>();

  private InMemoryRevocationList(InstantSource clock) {
    this.clock = requireNonNull(clock, "clock");
  }

  /** A list on the system clock. */
  public static InMemoryRevocationList create() {
    return create(InstantSource.system());
  }

  /**
   * A list on a clock of the caller's.
   *
   * @param clock tells which refusals have served their time
   */
  public static InMemoryRevocationList create(InstantSource clock) {
    return new InMemoryRevocationList(clock);
  }

  @Override
  public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
    return raise(versions, session, version, until);
  }

  @Override
  public Acknowledgement refuseCreatedBefore(String subject, Instant createdBefore, Instant until) {
    return raise(subjects, subject, millisUp(createdBefore), until);
  }

  @Override
  public Acknowledgement refuseAllCreatedBefore(Instant createdBefore, Instant until) {
    return raise(everybody, EVERYBODY, millisUp(createdBefore), until);
  }

  @Override
  public Instant floor(String subject) {
    return Instant.ofEpochMilli(Math.max(0, createdFloor(subject)));
  }

  @Override
  public boolean isRefused(Session session) {
    return session.version() < versions.of(session.key())
        || session.createdAt().toEpochMilli() < createdFloor(session.subject());
  }

  @Override
  public ListTraits traits() {
    return TRAITS;
  }

  /** Does nothing: there is nothing to give back but memory, which goes with the list. */
  @Override
  public void close() {}

  /** How many refusals there are, those included that were not dropped yet. */
  public int size() {
    return versions.size() + subjects.size() + everybody.size();
  }

  private long createdFloor(String subject) {
    return Math.max(subjects.of(subject), everybody.of(EVERYBODY));
  }

  private <K> Acknowledgement raise(Floors<K> floors, K key, long floor, Instant until) {
    floors.dropSome(clock.instant());
    return floors.raise(key, floor, until) ? Acknowledgement.RAISED : Acknowledgement.ALREADY;
  }

  /**
   * Rounded up: what was created in the part of a millisecond before the instant is before it. No
   * session is created before 1970 or after 9999.
   */
  private static long millisUp(Instant instant) {
    Instant bounded =
        instant.isBefore(Instant.EPOCH)
            ? Instant.EPOCH
            : instant.isAfter(LATEST) ? LATEST : instant;
    long millis = bounded.toEpochMilli();
    return Instant.ofEpochMilli(millis).isBefore(bounded) ? millis + 1 : millis;
  }
}
