package dev.statewise.tck;

import static dev.statewise.tck.Breakers.list;
import static dev.statewise.tck.FloorBreakers.sparing;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ListTraits;
import dev.statewise.spi.RevocationList;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** One list for each rule of R5 to R8, that breaks it. */
final class LastingBreakers {

  private static final Duration EARLY = Duration.ofSeconds(1);
  private static final int ROOM = 5_000;

  private LastingBreakers() {}

  static List<Breaker<ListWorld>> all() {
    return List.of(
        forgetting(
            "R5.1",
            "forgets a short refusal a second early",
            (list, session) ->
                list.noted(session.key())
                    .or(() -> list.noted(session.subject()))
                    .map(note -> latest(note.firstUntil(), note.lastUntil()))
                    .filter(ListRules.UNTIL::equals)
                    .map(until -> until.minus(EARLY))),
        forgetting(
            "R5.2",
            "forgets the floor of all a second early",
            (list, session) -> list.notedOfAll().map(note -> note.lastUntil().minus(EARLY))),
        forgetting(
            "R5.3",
            "forgets a refusal when it was first to be forgotten",
            (list, session) ->
                list.noted(session.key())
                    .or(() -> list.noted(session.subject()))
                    .map(Noted.Note::firstUntil)),
        forgetting(
            "R5.4",
            "forgets a refusal when it was last told to",
            (list, session) ->
                list.noted(session.key())
                    .or(() -> list.noted(session.subject()))
                    .map(Noted.Note::lastUntil)),
        list(
            "R5.5",
            "makes room for newer refusals",
            healthy ->
                new ThroughList(healthy) {
                  private final AtomicInteger refusals = new AtomicInteger();

                  @Override
                  public Acknowledgement refuseBelow(
                      SessionKey session, long version, Instant until) {
                    refusals.incrementAndGet();
                    return super.refuseBelow(session, version, until);
                  }

                  @Override
                  public boolean isRefused(Session session) {
                    return refusals.get() < ROOM && super.isRefused(session);
                  }
                }),
        list(
                "R5.6",
                "remembers that it did not refuse a session",
                healthy ->
                    new ThroughList(healthy) {
                      private final Set<SessionKey> good = new HashSet<>();

                      @Override
                      public boolean isRefused(Session session) {
                        boolean refused = super.isRefused(session);
                        if (!refused) {
                          good.add(session.key());
                        }
                        return refused && !good.contains(session.key());
                      }
                    })
            .alsoBreaking("R2.6", "R6.1"),
        list(
            "R5.7",
            "counts until when to refuse in milliseconds",
            healthy ->
                new ThroughList(healthy) {
                  @Override
                  public Acknowledgement refuseBelow(
                      SessionKey session, long version, Instant until) {
                    Instant counted = Instant.ofEpochMilli(until.toEpochMilli());
                    return super.refuseBelow(session, version, counted);
                  }
                }),
        Breaker.of(
            "R6.1",
            "does not look for what another handle refused, however long one waits",
            () -> FloorBreakers.perHandle(LastingBreakers::copying)),
        Breaker.<ListWorld>of(
                "R6.2",
                "keeps one floor of all for every namespace",
                () ->
                    new ListWorld() {
                      @Override
                      RevocationList open(String namespace, InstantSource clock) {
                        RevocationList everybody = stateOf("everybody", clock);
                        return new ThroughList(stateOf(namespace, clock)) {
                          @Override
                          public Acknowledgement refuseAllCreatedBefore(
                              Instant createdBefore, Instant until) {
                            everybody.refuseAllCreatedBefore(createdBefore, until);
                            return super.refuseAllCreatedBefore(createdBefore, until);
                          }

                          @Override
                          public boolean isRefused(Session session) {
                            return super.isRefused(session) || everybody.isRefused(session);
                          }
                        };
                      }
                    })
            .alsoBreaking("R3.6"),
        Breaker.of(
            "R6.3",
            "closes the client that all handles share",
            () ->
                new ListWorld() {
                  private final Set<String> closed = new HashSet<>();

                  @Override
                  RevocationList open(String namespace, InstantSource clock) {
                    return new ThroughList(stateOf(namespace, clock)) {
                      @Override
                      public boolean isRefused(Session session) {
                        if (closed.contains(namespace) && session.version() > 1) {
                          throw new IllegalStateException("closed");
                        }
                        return super.isRefused(session);
                      }

                      @Override
                      public void close() {
                        closed.add(namespace);
                      }
                    };
                  }
                }),
        Breaker.of(
                "R6.4",
                "does not bear to be closed twice",
                () -> FloorBreakers.perHandle(LastingBreakers::closingOnce))
            // the kit closes every handle after a test, also one that the test has closed
            .alsoBreaking("R6.3"),
        list(
            "R6.5",
            "counts its round trips in its traits",
            healthy ->
                new ThroughList(healthy) {
                  private final AtomicInteger calls = new AtomicInteger();

                  @Override
                  public ListTraits traits() {
                    return new ListTraits(
                        false, false, false, Duration.ZERO, calls.incrementAndGet());
                  }
                }),
        list(
            "R6.6",
            "swallows an interrupt",
            healthy ->
                new ThroughList(healthy) {
                  @Override
                  public Instant floor(String subject) {
                    boolean swallowed = Thread.interrupted();
                    return swallowed ? Instant.EPOCH : super.floor(subject);
                  }
                }),
        list(
            "R7.1",
            "compares first and raises then",
            healthy ->
                new ThroughList(healthy) {
                  @Override
                  public Acknowledgement refuseBelow(
                      SessionKey session, long version, Instant until) {
                    Acknowledgement answer = super.refuseBelow(session, version, until);
                    return OnRaceThread.isCurrent() ? Acknowledgement.RAISED : answer;
                  }
                }),
        sparing(
            "R7.2",
            "compares first and writes the lower floor then",
            (list, session) ->
                list.noted(session.key())
                    .filter(note -> note.lowest() == 5 && note.highest() == Long.MAX_VALUE)
                    .isPresent()),
        list(
                "R7.3",
                "compares first and writes the earlier floor then",
                healthy ->
                    new Noted(healthy) {
                      @Override
                      public Instant floor(String subject) {
                        return noted(subject)
                            .map(note -> Instant.ofEpochMilli(note.lowest()))
                            .orElseGet(() -> super.floor(subject));
                      }
                    })
            .alsoBreaking("R4.3"),
        lossy(
            "R8.1",
            "loses the refusal with its reply",
            healthy ->
                new LossyList(healthy, true) {
                  @Override
                  public Acknowledgement refuseBelow(
                      SessionKey session, long version, Instant until) {
                    return isLost()
                        ? Acknowledgement.RAISED
                        : super.refuseBelow(session, version, until);
                  }
                }),
        lossy(
            "R8.2",
            "finds its own floor as high",
            healthy ->
                new LossyList(healthy, true) {
                  @Override
                  public Acknowledgement refuseBelow(
                      SessionKey session, long version, Instant until) {
                    boolean again = isLost();
                    Acknowledgement first = super.refuseBelow(session, version, until);
                    return again ? super.refuseBelow(session, version, until) : first;
                  }
                }),
        lossy(
            "R8.3",
            "makes an answer up when none came",
            healthy ->
                new LossyList(healthy, false) {
                  @Override
                  public Acknowledgement refuseBelow(
                      SessionKey session, long version, Instant until) {
                    boolean unanswered = isLost();
                    Acknowledgement answer = super.refuseBelow(session, version, until);
                    return unanswered ? Acknowledgement.ALREADY : answer;
                  }
                }));
  }

  private interface Forgotten {
    Optional<Instant> at(Noted list, Session session);
  }

  private static Breaker<ListWorld> forgetting(String rule, String does, Forgotten forgotten) {
    return Breaker.of(
        rule,
        does,
        () ->
            new ListWorld(
                (healthy, clock) ->
                    new Noted(healthy) {
                      @Override
                      public boolean isRefused(Session session) {
                        boolean isForgotten =
                            forgotten
                                .at(this, session)
                                .filter(at -> !clock.instant().isBefore(at))
                                .isPresent();
                        return super.isRefused(session) && !isForgotten;
                      }
                    }));
  }

  private static Breaker<ListWorld> lossy(
      String rule, String does, Function<RevocationList, LossyList> losing) {
    return Breaker.of(rule, does, () -> new ListWorld((healthy, clock) -> healthy, losing));
  }

  private static RevocationList copying(RevocationList healthy) {
    return new ThroughList(healthy) {
      private final Set<SessionKey> good = ConcurrentHashMap.newKeySet();

      @Override
      public ListTraits traits() {
        return super.traits().withStaleness(Duration.ofMillis(20));
      }

      @Override
      public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
        good.remove(session);
        return super.refuseBelow(session, version, until);
      }

      @Override
      public boolean isRefused(Session session) {
        boolean refused = super.isRefused(session);
        if (!refused && session.version() > 1) {
          good.add(session.key());
        }
        return refused && !good.contains(session.key());
      }
    };
  }

  private static RevocationList closingOnce(RevocationList healthy) {
    return new ThroughList(healthy) {
      private boolean closed;

      @Override
      public void close() {
        if (closed) {
          throw new IllegalStateException("closed twice");
        }
        closed = true;
      }
    };
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
