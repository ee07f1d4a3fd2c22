package dev.statewise.tck;

import static dev.statewise.tck.Breakers.store;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** One store for each rule of S1 and S2, that breaks it. */
final class CreateAndFindBreakers {

  private CreateAndFindBreakers() {}

  static List<Breaker<StoreWorld>> all() {
    return List.of(
        store(
                "S1.1",
                "finds a new session only when asked twice",
                healthy ->
                    new Through(healthy) {
                      private final Set<SessionKey> asked = ConcurrentHashMap.newKeySet();

                      @Override
                      public Optional<Session> find(SessionKey key) {
                        boolean isNew = stored(key).map(Session::version).equals(Optional.of(1L));
                        return isNew && asked.add(key) ? Optional.empty() : super.find(key);
                      }
                    })
            .alsoBreaking("S2.2", "S4.1", "S4.2", "S4.7", "S4.8"),
        store(
            "S1.2",
            "tells two owners that the key is theirs",
            healthy ->
                new Through(healthy) {
                  @Override
                  public boolean create(Session session) {
                    boolean created = super.create(session);
                    return created || !OnRaceThread.isCurrent();
                  }
                }),
        store(
            "S1.3",
            "creates by an upsert",
            healthy ->
                new Through(healthy) {
                  @Override
                  public boolean create(Session session) {
                    boolean created = super.create(session);
                    if (!created && !OnRaceThread.isCurrent()) {
                      force(session);
                    }
                    return created;
                  }
                }),
        store(
            "S1.4",
            "does not know its own session again",
            healthy ->
                new Through(healthy) {
                  @Override
                  public boolean create(Session session) {
                    boolean taken = isThere(session.key());
                    return super.create(session) && !taken;
                  }
                }),
        store(
            "S1.5",
            "writes its own session again",
            healthy ->
                new Through(healthy) {
                  @Override
                  public boolean create(Session session) {
                    boolean own = super.create(session);
                    // Only then, for what is forced anew is away for a moment: a race would see it.
                    if (own && !find(session.key()).equals(Optional.of(session))) {
                      force(session);
                    }
                    return own;
                  }
                }),
        store(
                "S1.6",
                "begins each session at version 1",
                healthy ->
                    new Through(healthy) {
                      @Override
                      public boolean create(Session session) {
                        return super.create(Sample.like(session).version(1).build());
                      }
                    })
            .alsoBreaking("S3.8", "S4.6"),
        store(
                "S2.1",
                "makes a session up for a key it does not know",
                healthy ->
                    new Through(healthy) {
                      @Override
                      public Optional<Session> find(SessionKey key) {
                        return wasCreated(key)
                            ? super.find(key)
                            : Optional.of(Sample.anonymous().key(key).build());
                      }
                    })
            .alsoBreaking("S7.4"),
        store(
            "S2.2",
            "rounds the absolute end to the second",
            healthy ->
                new Through(healthy) {
                  @Override
                  public Optional<Session> find(SessionKey key) {
                    return super.find(key).map(this::rounded);
                  }

                  private Session rounded(Session session) {
                    Instant end = session.absoluteEnd().truncatedTo(ChronoUnit.SECONDS);
                    return Sample.like(session).absoluteEnd(end).build();
                  }
                }),
        store(
            "S2.3",
            "takes reading for activity",
            healthy ->
                new Through(healthy) {
                  @Override
                  public Optional<Session> find(SessionKey key) {
                    Optional<Session> found = super.find(key);
                    found.ifPresent(seen -> touch(key, seen.lastSeen().plusSeconds(1)));
                    return found;
                  }
                }),
        store(
            "S2.4",
            "answers findCurrent from a copy",
            healthy ->
                new Through(healthy) {
                  private final Map<SessionKey, Session> copies = new ConcurrentHashMap<>();

                  @Override
                  public Optional<Session> find(SessionKey key) {
                    Optional<Session> found = super.find(key);
                    found.ifPresent(copy -> copies.put(key, copy));
                    return found;
                  }

                  @Override
                  public Optional<Session> findCurrent(SessionKey key) {
                    Session copy = copies.get(key);
                    return copy == null ? super.findCurrent(key) : Optional.of(copy);
                  }

                  @Override
                  public boolean delete(SessionKey key) {
                    copies.remove(key);
                    return super.delete(key);
                  }
                }),
        losing("S2.5", "takes 2001 for long ago", session -> year(session.createdAt()) < 2010)
            .alsoBreaking("S10.2"),
        losing(
                "S2.6",
                "counts the idle timeout in an int of milliseconds",
                session -> (int) session.idleTimeout().toMillis() < 0)
            .alsoBreaking("S10.3"),
        losing(
            "S2.7",
            "takes a session for expired that was seen before it was created",
            session -> session.lastSeen().isBefore(session.createdAt())));
  }

  private static Breaker<StoreWorld> losing(String rule, String does, Predicate<Session> lost) {
    return store(
        rule,
        does,
        healthy ->
            new Through(healthy) {
              @Override
              public boolean create(Session session) {
                return lost.test(session) || super.create(session);
              }
            });
  }

  private static long year(Instant instant) {
    return 1970 + Duration.between(Instant.EPOCH, instant).toDays() / 365;
  }
}
