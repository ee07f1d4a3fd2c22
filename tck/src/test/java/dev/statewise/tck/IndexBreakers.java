package dev.statewise.tck;

import static dev.statewise.tck.Breakers.store;
import static dev.statewise.tck.Breakers.world;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One store for each rule of X1, X2 and X4, that breaks it. */
final class IndexBreakers {

  private IndexBreakers() {}

  static List<Breaker<StoreWorld>> findAll() {
    return List.of(
        store(
            "X1.1",
            "lists only the first ten",
            healthy ->
                new Indexed(healthy) {
                  @Override
                  public List<Session> findAll(String subject) {
                    return super.findAll(subject).stream().limit(10).toList();
                  }
                }),
        store(
            "X1.2",
            "compares subjects without their case",
            healthy ->
                new Indexed(healthy) {
                  @Override
                  public List<Session> findAll(String subject) {
                    return subject.equals("alice")
                        ? all(subject::equalsIgnoreCase)
                        : super.findAll(subject);
                  }

                  private List<Session> all(Predicate<String> subjects) {
                    return subjectsSeen().stream()
                        .filter(subjects)
                        .flatMap(one -> super.findAll(one).stream())
                        .toList();
                  }
                }),
        store(
            "X1.3",
            "lists whatever lies in the slot",
            healthy ->
                new Indexed(healthy) {
                  @Override
                  public List<Session> findAll(String subject) {
                    return subject.startsWith("subject-")
                        ? sharers(subject).flatMap(one -> super.findAll(one).stream()).toList()
                        : super.findAll(subject);
                  }

                  private Stream<String> sharers(String subject) {
                    return subjectsSeen().stream().filter(one -> sameSlot(one, subject));
                  }
                }),
        store(
            "X1.4",
            "files visitors under the empty subject",
            healthy ->
                new Indexed(healthy) {
                  @Override
                  public List<Session> findAll(String subject) {
                    return subject.isEmpty()
                        ? asCreated.values().stream().filter(Session::isAnonymous).toList()
                        : super.findAll(subject);
                  }
                }),
        listing(
            "X1.5",
            "lists sessions as they were before a save",
            (created, now) ->
                now.version() > 1 && now.secretHash().equals(created.secretHash()) ? created : now),
        listing(
            "X1.6",
            "lists sessions with the secret hash from before a rotation",
            (created, now) -> Sample.like(now).secretHash(created.secretHash()).build()),
        listing(
            "X1.7",
            "lists sessions as they were before a touch",
            (created, now) -> now.version() == created.version() ? created : now),
        store(
            "X1.8",
            "lists what was deleted",
            healthy ->
                new Indexed(healthy) {
                  private final List<Session> deleted = new ArrayList<>();

                  @Override
                  public boolean delete(SessionKey key) {
                    stored(key).ifPresent(deleted::add);
                    return super.delete(key);
                  }

                  @Override
                  public List<Session> findAll(String subject) {
                    return Stream.concat(
                            super.findAll(subject).stream(),
                            deleted.stream().filter(gone -> gone.subject().equals(subject)))
                        .toList();
                  }
                }),
        store(
            "X1.9",
            "strips subjects",
            healthy ->
                new Indexed(healthy) {
                  @Override
                  public List<Session> findAll(String subject) {
                    return super.findAll(subject.strip());
                  }
                }),
        store(
            "X1.10",
            "fails for a subject that it does not know",
            healthy ->
                new Indexed(healthy) {
                  @Override
                  public List<Session> findAll(String subject) {
                    if (!asCreated.isEmpty() && !subjectsSeen().contains(subject)) {
                      throw new IllegalStateException("no such subject");
                    }
                    return super.findAll(subject);
                  }
                }),
        world(
            "X1.11",
            "lists those of every namespace",
            () ->
                new StoreWorld() {
                  @Override
                  SessionStore open(String namespace) {
                    return new Indexed(stateOf(namespace)) {
                      @Override
                      public List<Session> findAll(String subject) {
                        return stores.values().stream()
                            .flatMap(
                                store -> store.subjects().orElseThrow().findAll(subject).stream())
                            .toList();
                      }
                    };
                  }
                }));
  }

  static List<Breaker<StoreWorld>> deleteAll() {
    return List.of(
        store(
            "X2.1",
            "deletes only the first ten",
            healthy ->
                new Indexed(healthy) {
                  @Override
                  public int deleteAll(String subject) {
                    List<Session> all = findAll(subject);
                    if (all.size() <= 10) {
                      return super.deleteAll(subject);
                    }
                    all.stream().limit(10).forEach(session -> delete(session.key()));
                    return all.size();
                  }
                }),
        store(
            "X2.2",
            "counts what was deleted before",
            healthy ->
                new Indexed(healthy) {
                  private int deleted;

                  @Override
                  public boolean delete(SessionKey key) {
                    deleted++;
                    return super.delete(key);
                  }

                  @Override
                  public int deleteAll(String subject) {
                    return super.deleteAll(subject) + deleted;
                  }
                }),
        store(
            "X2.3",
            "deletes whatever lies in the slot",
            healthy ->
                new Indexed(healthy) {
                  @Override
                  public int deleteAll(String subject) {
                    subjectsSeen().stream()
                        .filter(other -> !other.equals(subject) && sameSlot(other, subject))
                        .forEach(super::deleteAll);
                    return super.deleteAll(subject);
                  }
                }),
        store(
            "X2.4",
            "counts again what it deleted before",
            healthy ->
                new Indexed(healthy) {
                  private int before;

                  @Override
                  public int deleteAll(String subject) {
                    int count = super.deleteAll(subject);
                    if (count > 0) {
                      before = count;
                    }
                    return OnRaceThread.isCurrent() ? count : before;
                  }
                }),
        store(
            "X2.5",
            "saves by an upsert what deleteAll deleted",
            healthy ->
                new Indexed(healthy) {
                  @Override
                  public ReplaceResult replace(Session next) {
                    ReplaceResult result = super.replace(next);
                    if (result == ReplaceResult.GONE && !OnRaceThread.isCurrent()) {
                      healthy.create(next);
                    }
                    return result;
                  }
                }),
        world(
                "X2.6",
                "deletes only what the same handle created",
                () ->
                    new StoreWorld() {
                      @Override
                      SessionStore open(String namespace) {
                        return new Indexed(stateOf(namespace)) {
                          @Override
                          public int deleteAll(String subject) {
                            return (int)
                                findAll(subject).stream()
                                    .filter(session -> wasCreated(session.key()))
                                    .filter(session -> delete(session.key()))
                                    .count();
                          }
                        };
                      }
                    })
            .alsoBreaking("X4.4", "X4.5", "X5.2"),
        store(
            "X2.7",
            "never lists a subject again that was logged out everywhere",
            healthy ->
                new Indexed(healthy) {
                  private final Set<String> loggedOut = ConcurrentHashMap.newKeySet();

                  @Override
                  public int deleteAll(String subject) {
                    loggedOut.add(subject);
                    return super.deleteAll(subject);
                  }

                  @Override
                  public List<Session> findAll(String subject) {
                    return loggedOut.contains(subject) && subject.equals("alice")
                        ? List.of()
                        : super.findAll(subject);
                  }
                }),
        store(
            "X2.8",
            "takes all visitors for one subject",
            healthy ->
                new Indexed(healthy) {
                  @Override
                  public int deleteAll(String subject) {
                    return subject.isEmpty() ? deleteVisitors() : super.deleteAll(subject);
                  }

                  private int deleteVisitors() {
                    return (int)
                        asCreated.values().stream()
                            .filter(Session::isAnonymous)
                            .filter(visitor -> delete(visitor.key()))
                            .count();
                  }
                }));
  }

  static List<Breaker<StoreWorld>> races() {
    return List.of(
        AdmitBreakers.admitting(
            "X4.1",
            "counts first and creates then",
            (store, call, admission) ->
                store.isLimit(admission) && OnRaceThread.isCurrent()
                    ? store.admitted(call.session())
                    : admission),
        AdmitBreakers.insteadOfAdmitting(
            "X4.2",
            "creates without ending another, two at a time",
            (store, call) ->
                OnRaceThread.isCurrent() && call.endsOldest()
                    ? Optional.of(store.admitted(call.session()))
                    : Optional.empty()),
        store(
            "X4.3",
            "creates first and lists then",
            healthy ->
                new Indexed(healthy) {
                  private final Set<String> loggedOut = ConcurrentHashMap.newKeySet();
                  private final Set<SessionKey> unlisted = ConcurrentHashMap.newKeySet();

                  @Override
                  public boolean create(Session session) {
                    if (OnRaceThread.isCurrent()
                        && OnRaceThread.await(() -> loggedOut.contains(session.subject()))) {
                      unlisted.add(session.key());
                    }
                    return super.create(session);
                  }

                  @Override
                  public int deleteAll(String subject) {
                    int count = super.deleteAll(subject);
                    loggedOut.add(subject);
                    return count;
                  }

                  @Override
                  public List<Session> findAll(String subject) {
                    return super.findAll(subject).stream()
                        .filter(session -> !unlisted.contains(session.key()))
                        .toList();
                  }
                }),
        store(
            "X4.4",
            "looks first and saves then",
            healthy ->
                new Indexed(healthy) {
                  @Override
                  public ReplaceResult replace(Session next) {
                    if (OnRaceThread.isCurrent()
                        && OnRaceThread.await(() -> !isThere(next.key()))) {
                      healthy.create(next);
                      return ReplaceResult.REPLACED;
                    }
                    return super.replace(next);
                  }
                }),
        store(
            "X4.5",
            "counts first and deletes then",
            healthy ->
                new Indexed(healthy) {
                  @Override
                  public int deleteAll(String subject) {
                    int count = super.deleteAll(subject);
                    return OnRaceThread.isCurrent() ? 2 : count;
                  }
                }));
  }

  private static Breaker<StoreWorld> listing(
      String rule, String does, BinaryOperator<Session> createdAndNow) {
    return store(
        rule,
        does,
        healthy ->
            new Indexed(healthy) {
              @Override
              public List<Session> findAll(String subject) {
                return super.findAll(subject).stream()
                    .map(now -> createdAndNow.apply(asCreated.getOrDefault(now.key(), now), now))
                    .toList();
              }
            });
  }

  static boolean sameSlot(String one, String other) {
    return slot(one).equals(slot(other));
  }

  private static String slot(String subject) {
    // an anonymous session's slot is random, and shared with nobody here
    return subject.isEmpty() ? "" : Sample.of(subject).build().key().slot();
  }
}
