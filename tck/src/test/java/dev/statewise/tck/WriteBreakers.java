package dev.statewise.tck;

import static dev.statewise.tck.Breakers.store;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/** One store for each rule of S3, S4 and S5, that breaks it. */
final class WriteBreakers {

  private WriteBreakers() {}

  static List<Breaker<StoreWorld>> replace() {
    return List.of(
        store(
                "S3.1",
                "acknowledges a save and keeps the old attributes",
                healthy ->
                    new Through(healthy) {
                      @Override
                      public ReplaceResult replace(Session next) {
                        return super.replace(
                            stored(next.key())
                                .map(old -> next.withAttributes(old.attributes()))
                                .orElse(next));
                      }
                    })
            .alsoBreaking("S1.5", "S3.4", "S3.10", "S6.3", "S8.5", "S8.7", "S8.10"),
        store(
                "S3.2",
                "saves by an upsert what was deleted",
                healthy ->
                    new Through(healthy) {
                      @Override
                      public ReplaceResult replace(Session next) {
                        ReplaceResult result = super.replace(next);
                        if (result != ReplaceResult.GONE
                            || !wasCreated(next.key())
                            || OnRaceThread.isCurrent()) {
                          return result;
                        }
                        healthy.create(next);
                        return ReplaceResult.REPLACED;
                      }
                    })
            .alsoBreaking("S7.2"),
        acknowledging(
                "S3.3",
                "acknowledges a save from an old state",
                (stored, next) -> next.version() == stored.version() && !next.equals(stored))
            .alsoBreaking("S7.3"),
        store(
            "S3.4",
            "moves lastSeen on a conflict",
            healthy ->
                new Through(healthy) {
                  @Override
                  public ReplaceResult replace(Session next) {
                    ReplaceResult result = super.replace(next);
                    if (result == ReplaceResult.CONFLICT) {
                      touch(next.key(), next.lastSeen());
                    }
                    return result;
                  }
                }),
        store(
            "S3.5",
            "stores the successor's lastSeen, be it earlier",
            healthy ->
                new Through(healthy) {
                  @Override
                  public ReplaceResult replace(Session next) {
                    ReplaceResult result = super.replace(next);
                    if (result == ReplaceResult.REPLACED && !OnRaceThread.isCurrent()) {
                      force(next);
                    }
                    return result;
                  }
                }),
        store(
            "S3.6",
            "keeps the old secret hash",
            healthy ->
                new Through(healthy) {
                  @Override
                  public ReplaceResult replace(Session next) {
                    return super.replace(
                        stored(next.key())
                            .map(old -> Sample.like(next).secretHash(old.secretHash()).build())
                            .orElse(next));
                  }
                }),
        acknowledging(
            "S3.7",
            "takes any higher version",
            (stored, next) -> next.version() > stored.version()),
        acknowledging(
            "S3.8",
            "compares versions as doubles",
            (stored, next) -> (double) next.version() == (double) stored.version() + 1),
        store(
            "S3.9",
            "saves by an upsert what never was",
            healthy ->
                new Through(healthy) {
                  @Override
                  public ReplaceResult replace(Session next) {
                    if (wasCreated(next.key())) {
                      return super.replace(next);
                    }
                    create(next);
                    return ReplaceResult.REPLACED;
                  }
                }),
        store(
            "S3.10",
            "merges attributes",
            healthy ->
                new Through(healthy) {
                  @Override
                  public ReplaceResult replace(Session next) {
                    Map<String, String> merged = new HashMap<>();
                    stored(next.key()).ifPresent(old -> merged.putAll(old.attributes()));
                    merged.putAll(next.attributes());
                    return super.replace(next.withAttributes(merged));
                  }
                }),
        acknowledging(
                "S3.11",
                "takes an equal successor for the same write",
                (stored, next) -> next.equals(stored))
            .alsoBreaking("S3.7", "S3.8"));
  }

  static List<Breaker<StoreWorld>> touch() {
    return List.of(
        store(
                "S4.1",
                "does not move lastSeen",
                healthy ->
                    new Through(healthy) {
                      @Override
                      public boolean touch(SessionKey key, Instant lastSeen) {
                        return OnRaceThread.isCurrent() ? super.touch(key, lastSeen) : isThere(key);
                      }
                    })
            .alsoBreaking("S3.5", "S4.6", "S4.7", "S4.8", "S9.3", "S10.5"),
        touchedBy(
                "S4.2",
                "moves lastSeen to whatever it is told",
                (session, lastSeen) -> session.seenAt(lastSeen))
            .alsoBreaking("S4.8"),
        store(
                "S4.3",
                "says that it touched what is not there",
                healthy ->
                    new Through(healthy) {
                      @Override
                      public boolean touch(SessionKey key, Instant lastSeen) {
                        super.touch(key, lastSeen);
                        return true;
                      }
                    })
            .alsoBreaking("S7.2"),
        store(
                "S4.4",
                "touches by an upsert",
                healthy ->
                    new Through(healthy) {
                      @Override
                      public boolean touch(SessionKey key, Instant lastSeen) {
                        boolean there = super.touch(key, lastSeen);
                        if (!there && wasCreated(key) && !OnRaceThread.isCurrent()) {
                          healthy.create(created(key));
                        }
                        return there;
                      }
                    })
            .alsoBreaking("S7.2"),
        touchedBy(
                "S4.5",
                "moves the version",
                (session, lastSeen) ->
                    later(session, lastSeen).next(later(session, lastSeen).lastSeen()))
            .alsoBreaking("S3.5", "S4.6", "S9.3", "S10.6"),
        touchedBy(
                "S4.6",
                "writes the idle timeout afresh",
                (session, lastSeen) ->
                    later(session, lastSeen).withIdleTimeout(Duration.ofMinutes(20)))
            .alsoBreaking("S9.3", "S10.5"),
        store(
            "S4.7",
            "rounds up to the millisecond",
            healthy ->
                new Through(healthy) {
                  @Override
                  public boolean touch(SessionKey key, Instant lastSeen) {
                    Instant up =
                        lastSeen.equals(Instant.MAX)
                            ? lastSeen
                            : lastSeen.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
                    return super.touch(key, up);
                  }
                }),
        store(
            "S4.8",
            "counts lastSeen in milliseconds",
            healthy ->
                new Through(healthy) {
                  @Override
                  public boolean touch(SessionKey key, Instant lastSeen) {
                    return super.touch(key, Instant.ofEpochMilli(lastSeen.toEpochMilli()));
                  }
                }));
  }

  static List<Breaker<StoreWorld>> delete() {
    return List.of(
        store(
            "S5.1",
            "still finds what it deleted, in a copy",
            healthy ->
                new Through(healthy) {
                  private final Map<SessionKey, Session> copies = new ConcurrentHashMap<>();

                  @Override
                  public Optional<Session> find(SessionKey key) {
                    super.find(key).ifPresent(found -> copies.put(key, found));
                    return Optional.ofNullable(copies.get(key));
                  }
                }),
        store(
                "S5.2",
                "denies that there was a session",
                healthy ->
                    new Through(healthy) {
                      @Override
                      public boolean delete(SessionKey key) {
                        super.delete(key);
                        return false;
                      }
                    })
            .alsoBreaking("S7.6"),
        store(
            "S5.3",
            "says that there was a session each time",
            healthy ->
                new Through(healthy) {
                  @Override
                  public boolean delete(SessionKey key) {
                    super.delete(key);
                    return true;
                  }
                }),
        store(
            "S5.4",
            "deletes whatever lies in the slot",
            healthy ->
                new Through(healthy) {
                  @Override
                  public boolean delete(SessionKey key) {
                    asCreated.keySet().stream()
                        .filter(other -> other.slot().equals(key.slot()) && !other.equals(key))
                        .forEach(healthy::delete);
                    return super.delete(key);
                  }
                }));
  }

  /** Says REPLACED where it wrote nothing. */
  private static Breaker<StoreWorld> acknowledging(
      String rule, String does, BiPredicate<Session, Session> acknowledged) {
    return store(
        rule,
        does,
        healthy ->
            new Through(healthy) {
              @Override
              public ReplaceResult replace(Session next) {
                ReplaceResult result = super.replace(next);
                return result == ReplaceResult.CONFLICT
                        && !OnRaceThread.isCurrent()
                        && acknowledged.test(stored(next.key()).orElseThrow(), next)
                    ? ReplaceResult.REPLACED
                    : result;
              }
            });
  }

  private interface Touched {
    Session by(Session session, Instant lastSeen);
  }

  /** Writes at a touch whatever it likes; its races are kept. */
  private static Breaker<StoreWorld> touchedBy(String rule, String does, Touched touched) {
    return store(
        rule,
        does,
        healthy ->
            new Through(healthy) {
              @Override
              public boolean touch(SessionKey key, Instant lastSeen) {
                boolean there = super.touch(key, lastSeen);
                if (!OnRaceThread.isCurrent()) {
                  force(key, session -> touched.by(session, lastSeen));
                }
                return there;
              }
            });
  }

  private static Session later(Session session, Instant lastSeen) {
    return lastSeen.isAfter(session.lastSeen()) ? session.seenAt(lastSeen) : session;
  }
}
