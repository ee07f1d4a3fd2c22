package dev.statewise.tck;

import static dev.statewise.tck.Breakers.store;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One store for each rule of S8, that breaks it: right when calls come one by one, and with a gap
 * between looking and writing. Each waits in its gap until the other contender was through, so that
 * it loses every race.
 */
final class StoreRaceBreakers {

  private StoreRaceBreakers() {}

  static List<Breaker<StoreWorld>> all() {
    return List.of(
        store(
            "S8.1",
            "looks first and saves then",
            healthy ->
                new Racing(healthy) {
                  @Override
                  ReplaceResult replaceInRace(Session next) {
                    return isRotation(next) ? healthy.replace(next) : resurrecting(next);
                  }
                }),
        store(
                "S8.2",
                "looks first and touches then",
                healthy ->
                    new Racing(healthy) {
                      @Override
                      boolean touchInRace(SessionKey key, Instant lastSeen) {
                        if (OnRaceThread.await(() -> !isThere(key))) {
                          healthy.create(Sample.like(created(key)).lastSeen(lastSeen).build());
                          return true;
                        }
                        return healthy.touch(key, lastSeen);
                      }
                    })
            .alsoBreaking("S8.4"),
        store(
                "S8.3",
                "looks first and rotates then",
                healthy ->
                    new Racing(healthy) {
                      @Override
                      ReplaceResult replaceInRace(Session next) {
                        return isRotation(next) ? resurrecting(next) : healthy.replace(next);
                      }
                    })
            .alsoBreaking("S8.4"),
        store(
            "S8.4",
            "rotates anew after a touch that came between",
            healthy ->
                new Racing(healthy) {
                  private final Set<SessionKey> touched = ConcurrentHashMap.newKeySet();

                  @Override
                  boolean touchInRace(SessionKey key, Instant lastSeen) {
                    touched.add(key);
                    return healthy.touch(key, lastSeen);
                  }

                  @Override
                  ReplaceResult replaceInRace(Session next) {
                    boolean confused =
                        isRotation(next) && OnRaceThread.await(() -> touched.contains(next.key()));
                    return confused ? resurrecting(next) : healthy.replace(next);
                  }
                }),
        store(
            "S8.5",
            "tells two savers that each has won",
            healthy ->
                new Racing(healthy) {
                  @Override
                  ReplaceResult replaceInRace(Session next) {
                    ReplaceResult result = healthy.replace(next);
                    return result == ReplaceResult.CONFLICT && !next.attributes().containsKey("n")
                        ? ReplaceResult.REPLACED
                        : result;
                  }
                }),
        store(
            "S8.6",
            "tells two creators that each has won",
            healthy ->
                new Through(healthy) {
                  @Override
                  public boolean create(Session session) {
                    boolean created = super.create(session);
                    return created || OnRaceThread.isCurrent();
                  }
                }),
        store(
            "S8.7",
            "reads, touches and writes the whole session back",
            healthy ->
                new Racing(healthy) {
                  @Override
                  boolean touchInRace(SessionKey key, Instant lastSeen) {
                    Session read = created(key);
                    boolean saved = OnRaceThread.await(() -> isSaved(key));
                    if (saved) {
                      force(Sample.like(read).lastSeen(lastSeen).build());
                    }
                    return saved || healthy.touch(key, lastSeen);
                  }

                  private boolean isSaved(SessionKey key) {
                    Optional<Session> now = stored(key);
                    return now.isPresent() && now.get().version() > 1 && !isRotation(now.get());
                  }
                }),
        store(
            "S8.8",
            "reads, saves and writes the lastSeen back that it read",
            healthy ->
                new Racing(healthy) {
                  @Override
                  ReplaceResult replaceInRace(Session next) {
                    if (isRotation(next)) {
                      return healthy.replace(next);
                    }
                    boolean touched = OnRaceThread.await(() -> isSeenAfter(next));
                    ReplaceResult result = healthy.replace(next);
                    if (touched && result == ReplaceResult.REPLACED) {
                      force(next);
                    }
                    return result;
                  }

                  private boolean isSeenAfter(Session next) {
                    return stored(next.key())
                        .filter(now -> now.lastSeen().isAfter(next.lastSeen()))
                        .isPresent();
                  }
                }),
        store(
            "S8.9",
            "writes the earlier touch over the later",
            healthy ->
                new Racing(healthy) {
                  @Override
                  boolean touchInRace(SessionKey key, Instant lastSeen) {
                    boolean there = healthy.touch(key, lastSeen);
                    boolean outdone =
                        OnRaceThread.await(
                            () ->
                                stored(key)
                                    .filter(now -> now.lastSeen().isAfter(lastSeen))
                                    .isPresent());
                    if (outdone) {
                      force(key, now -> Sample.like(now).lastSeen(lastSeen).build());
                    }
                    return there;
                  }
                }),
        store(
            "S8.10",
            "forgets the third version of a session that is saved by several",
            healthy ->
                new Racing(healthy) {
                  @Override
                  ReplaceResult replaceInRace(Session next) {
                    return next.version() == 3 ? ReplaceResult.REPLACED : healthy.replace(next);
                  }
                }));
  }

  /** Right on the thread of the test, and wrong in some way on those of a race. */
  private static class Racing extends Through {

    Racing(SessionStore healthy) {
      super(healthy);
    }

    @Override
    public final ReplaceResult replace(Session next) {
      return OnRaceThread.isCurrent() ? replaceInRace(next) : super.replace(next);
    }

    @Override
    public final boolean touch(SessionKey key, Instant lastSeen) {
      return OnRaceThread.isCurrent() ? touchInRace(key, lastSeen) : super.touch(key, lastSeen);
    }

    ReplaceResult replaceInRace(Session next) {
      return healthy.replace(next);
    }

    boolean touchInRace(SessionKey key, Instant lastSeen) {
      return healthy.touch(key, lastSeen);
    }

    final ReplaceResult resurrecting(Session next) {
      if (OnRaceThread.await(() -> !isThere(next.key()))) {
        healthy.create(next);
        return ReplaceResult.REPLACED;
      }
      return healthy.replace(next);
    }
  }
}
