package dev.statewise.tck;

import static dev.statewise.tck.Breakers.list;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** One list for each rule of R1 to R4, that breaks it. */
final class FloorBreakers {

  private FloorBreakers() {}

  static List<Breaker<ListWorld>> all() {
    return List.of(
        sparing("R1.1", "spares the second version", (list, session) -> session.version() == 2),
        refusing(
                "R1.2",
                "refuses what is at the floor of its session",
                (list, session) ->
                    list.noted(session.key())
                        .filter(note -> note.highest() == session.version())
                        .isPresent())
            .alsoBreaking("R1.8"),
        list(
            "R1.3",
            "refuses a stranger after a logout",
            healthy ->
                new Noted(healthy) {
                  private boolean loggedOut;

                  @Override
                  public Acknowledgement refuseBelow(
                      SessionKey session, long version, Instant until) {
                    loggedOut |= version == Long.MAX_VALUE;
                    return super.refuseBelow(session, version, until);
                  }

                  @Override
                  public boolean isRefused(Session session) {
                    return super.isRefused(session) || (loggedOut && session.version() == 1);
                  }
                }),
        sparing(
                "R1.4",
                "spares the largest versions",
                (list, session) ->
                    list.noted(session.key()).isPresent() && session.version() > Long.MAX_VALUE / 2)
            .alsoBreaking("R1.8"),
        sparing(
            "R1.5",
            "takes the last floor of a session for the highest",
            (list, session) ->
                !OnRaceThread.isCurrent()
                    && list.noted(session.key())
                        .filter(note -> session.version() == 8 && session.version() >= note.last())
                        .isPresent()),
        list(
                "R1.6",
                "raises only once",
                healthy ->
                    new ThroughList(healthy) {
                      private final Set<SessionKey> raised = new HashSet<>();

                      @Override
                      public synchronized Acknowledgement refuseBelow(
                          SessionKey session, long version, Instant until) {
                        Acknowledgement answer = super.refuseBelow(session, version, until);
                        return raised.add(session) ? answer : Acknowledgement.ALREADY;
                      }
                    })
            .alsoBreaking("R1.8"),
        list(
            "R1.7",
            "says RAISED each time",
            healthy ->
                new ThroughList(healthy) {
                  @Override
                  public Acknowledgement refuseBelow(
                      SessionKey session, long version, Instant until) {
                    Acknowledgement answer = super.refuseBelow(session, version, until);
                    return OnRaceThread.isCurrent() ? answer : Acknowledgement.RAISED;
                  }
                }),
        sparing(
                "R1.8",
                "compares versions as doubles",
                (list, session) ->
                    list.noted(session.key())
                        .filter(note -> (double) session.version() >= (double) note.highest())
                        .isPresent())
            .alsoBreaking("R1.4"),
        refusing(
            "R1.9",
            "compares floors without their sign",
            (list, session) ->
                list.noted(session.key()).filter(note -> note.lowest() < 0).isPresent()),
        sparing(
                "R2.1",
                "compares createdAt with a subject's floor in seconds",
                (list, session) ->
                    list.noted(session.key()).isEmpty()
                        && list.noted(session.subject())
                            .filter(
                                note -> Noted.created(session) / 1_000 >= note.highest() / 1_000)
                            .isPresent())
            .alsoBreaking(
                "R2.4", "R2.6", "R2.7", "R2.8", "R3.5", "R5.1", "R5.3", "R5.4", "R5.5", "R5.7"),
        refusing(
                "R2.2",
                "refuses what was created at the floor of its subject",
                (list, session) ->
                    list.noted(session.subject())
                        .filter(note -> note.highest() == Noted.created(session))
                        .isPresent())
            .alsoBreaking("R2.8", "R4.4"),
        refusing(
            "R2.3",
            "compares subjects without their case",
            (list, session) ->
                session.subject().equals("Alice")
                    && list.noted(session.subject().toLowerCase(Locale.ROOT))
                        .filter(note -> Noted.created(session) < note.highest())
                        .isPresent()),
        sparing(
            "R2.4",
            "takes the last floor of a subject for the latest",
            (list, session) ->
                list.noted(session.key()).isEmpty()
                    && list.noted(session.subject())
                        .filter(note -> Noted.created(session) >= note.last())
                        .isPresent()),
        list(
            "R2.5",
            "says RAISED each time for a subject",
            healthy ->
                new ThroughList(healthy) {
                  @Override
                  public Acknowledgement refuseCreatedBefore(
                      String subject, Instant createdBefore, Instant until) {
                    super.refuseCreatedBefore(subject, createdBefore, until);
                    return Acknowledgement.RAISED;
                  }
                }),
        list(
            "R2.6",
            "strips subjects",
            healthy ->
                new ThroughList(healthy) {
                  @Override
                  public Acknowledgement refuseCreatedBefore(
                      String subject, Instant createdBefore, Instant until) {
                    return super.refuseCreatedBefore(subject.strip(), createdBefore, until);
                  }
                }),
        sparing(
            "R2.7",
            "spares what was saved since",
            (list, session) -> list.noted(session.key()).isEmpty() && session.version() > 9),
        list(
            "R2.8",
            "cuts a floor to the millisecond",
            healthy ->
                new ThroughList(healthy) {
                  @Override
                  public Acknowledgement refuseCreatedBefore(
                      String subject, Instant createdBefore, Instant until) {
                    Instant cut = createdBefore.truncatedTo(ChronoUnit.MILLIS);
                    return super.refuseCreatedBefore(subject, cut, until);
                  }
                }),
        sparing("R3.1", "spares visitors", (list, session) -> session.isAnonymous()),
        refusing(
            "R3.2",
            "refuses what was created at the floor of all",
            (list, session) ->
                list.notedOfAll()
                    .filter(note -> note.highest() == Noted.created(session))
                    .isPresent()),
        sparing(
            "R3.3",
            "takes the last floor of all for the latest",
            (list, session) ->
                list.noted(session.subject()).isEmpty()
                    && list.notedOfAll()
                        .filter(note -> Noted.created(session) >= note.last())
                        .isPresent()),
        list(
            "R3.4",
            "says RAISED each time for all",
            healthy ->
                new ThroughList(healthy) {
                  @Override
                  public Acknowledgement refuseAllCreatedBefore(
                      Instant createdBefore, Instant until) {
                    super.refuseAllCreatedBefore(createdBefore, until);
                    return Acknowledgement.RAISED;
                  }
                }),
        sparing(
            "R3.5",
            "forgets the floors of subjects for the floor of all",
            (list, session) ->
                list.noted(session.subject()).isPresent()
                    && list.notedOfAll()
                        .filter(note -> Noted.created(session) >= note.highest())
                        .isPresent()),
        list(
            "R3.6",
            "counts every instant in milliseconds",
            healthy ->
                new ThroughList(healthy) {
                  @Override
                  public Acknowledgement refuseAllCreatedBefore(
                      Instant createdBefore, Instant until) {
                    long millis = createdBefore.plusNanos(999_999).toEpochMilli();
                    return super.refuseAllCreatedBefore(Instant.ofEpochMilli(millis), until);
                  }
                }),
        flooring(
                "R4.1",
                "makes a floor up",
                (list, subject) ->
                    list.noted(subject).isEmpty() && list.notedOfAll().isEmpty()
                        ? Optional.of(Sample.NOW)
                        : Optional.empty())
            .alsoBreaking("R6.2"),
        flooring(
            "R4.2",
            "answers with the floor of all if there is one",
            (list, subject) -> list.notedOfAll().map(FloorBreakers::highest)),
        flooring(
            "R4.3",
            "answers with the floor of the subject if there is one",
            (list, subject) -> list.noted(subject).map(FloorBreakers::highest)),
        flooring(
                "R4.4",
                "rounds a floor to odd milliseconds",
                (list, subject) ->
                    list.noted(subject)
                        .map(FloorBreakers::highest)
                        .map(floor -> Instant.ofEpochMilli((floor.toEpochMilli() - 1) / 2 * 2 + 1))
                        .filter(floor -> list.notedOfAll().isEmpty()))
            .alsoBreaking("R2.8"),
        Breaker.of(
            "R4.5",
            "answers with a floor from a copy",
            () -> perHandle(FloorBreakers::copyingFloors)));
  }

  private static RevocationList copyingFloors(RevocationList healthy) {
    return new ThroughList(healthy) {
      private final Map<String, Instant> copies = new HashMap<>();

      @Override
      public Instant floor(String subject) {
        return copies.computeIfAbsent(subject, super::floor);
      }
    };
  }

  /** A world in which each handle is broken by itself. */
  static ListWorld perHandle(UnaryOperator<RevocationList> handle) {
    return new ListWorld() {
      @Override
      RevocationList open(String namespace, InstantSource clock) {
        return handle.apply(stateOf(namespace, clock));
      }
    };
  }

  static Breaker<ListWorld> sparing(String rule, String does, BiPredicate<Noted, Session> spared) {
    return list(
        rule,
        does,
        healthy ->
            new Noted(healthy) {
              @Override
              public boolean isRefused(Session session) {
                return super.isRefused(session) && !spared.test(this, session);
              }
            });
  }

  static Breaker<ListWorld> refusing(
      String rule, String does, BiPredicate<Noted, Session> refused) {
    return list(
        rule,
        does,
        healthy ->
            new Noted(healthy) {
              @Override
              public boolean isRefused(Session session) {
                return super.isRefused(session) || refused.test(this, session);
              }
            });
  }

  private interface Flooring {
    Optional<Instant> floor(Noted list, String subject);
  }

  private static Breaker<ListWorld> flooring(String rule, String does, Flooring flooring) {
    return list(
        rule,
        does,
        healthy ->
            new Noted(healthy) {
              @Override
              public Instant floor(String subject) {
                return flooring.floor(this, subject).orElseGet(() -> super.floor(subject));
              }
            });
  }

  private static Instant highest(Noted.Note note) {
    return Instant.ofEpochMilli(note.highest());
  }
}
