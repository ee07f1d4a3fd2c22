package dev.statewise.tck;

import static dev.statewise.tck.Breakers.store;
import static dev.statewise.tck.Breakers.world;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** One store for each rule of S6 and S7, that breaks it. */
final class StateBreakers {

  private static final int SMALL = 500_000;
  private static final int FEW = 1_000;

  private StateBreakers() {}

  static List<Breaker<StoreWorld>> state() {
    return List.of(
        withTraits(
            "S6.1",
            "counts its round trips in its traits",
            new UnaryOperator<>() {
              private final AtomicInteger calls = new AtomicInteger();

              @Override
              public StoreTraits apply(StoreTraits traits) {
                return traits(traits.maxStateBytes(), calls.incrementAndGet());
              }
            }),
        withTraits("S6.2", "takes only 1,000 bytes", traits -> traits(1_000, 0)),
        storing(
            "S6.3",
            "drops what is beyond its frame",
            session -> session.stateBytes() > SMALL ? session.withAttributes(Map.of()) : session),
        storing("S6.4", "drops attributes beyond the thousandth", StateBreakers::first),
        storing("S6.5", "takes an empty value for none", StateBreakers::withoutEmpty),
        storing("S6.6", "normalises text", StateBreakers::normalised),
        store(
            "S6.7",
            "keeps no session without a subject",
            healthy ->
                new Through(healthy) {
                  @Override
                  public boolean create(Session session) {
                    return session.isAnonymous() || super.create(session);
                  }
                }),
        store(
            "S6.8",
            "swallows an interrupt",
            healthy ->
                new Through(healthy) {
                  @Override
                  public Optional<Session> find(SessionKey key) {
                    boolean swallowed = Thread.interrupted();
                    return swallowed ? Optional.empty() : super.find(key);
                  }
                }));
  }

  static List<Breaker<StoreWorld>> isolation() {
    return List.of(
        perHandle(
                "S7.1",
                "sees only what the same handle created",
                healthy ->
                    new Through(healthy) {
                      @Override
                      public Optional<Session> find(SessionKey key) {
                        return wasCreated(key) ? super.find(key) : Optional.empty();
                      }

                      @Override
                      public Optional<Session> findCurrent(SessionKey key) {
                        return find(key);
                      }
                    })
            .alsoBreaking("S2.4", "S8.6", "S8.10", "S9.1"),
        perHandle(
            "S7.2",
            "touches a copy that it holds",
            healthy ->
                new Copying(healthy) {
                  @Override
                  public boolean touch(SessionKey key, Instant lastSeen) {
                    return super.touch(key, lastSeen) || copies.containsKey(key);
                  }
                }),
        perHandle(
            "S7.3",
            "compares versions with a copy that it holds",
            healthy ->
                new Copying(healthy) {
                  @Override
                  public ReplaceResult replace(Session next) {
                    Session copy = copies.get(next.key());
                    ReplaceResult result = super.replace(next);
                    return result == ReplaceResult.CONFLICT
                            && copy != null
                            && copy.version() == next.version() - 1
                        ? ReplaceResult.REPLACED
                        : result;
                  }
                }),
        world(
            "S7.4",
            "looks for a session in every namespace",
            () ->
                new StoreWorld() {
                  @Override
                  SessionStore open(String namespace) {
                    return new Through(stateOf(namespace)) {
                      @Override
                      public Optional<Session> find(SessionKey key) {
                        return stores.values().stream()
                            .map(store -> store.find(key))
                            .flatMap(Optional::stream)
                            .findFirst();
                      }
                    };
                  }
                }),
        world(
            "S7.5",
            "deletes in every namespace that ends alike",
            () ->
                new StoreWorld() {
                  @Override
                  SessionStore open(String namespace) {
                    return new Through(stateOf(namespace)) {
                      @Override
                      public boolean delete(SessionKey key) {
                        stores.forEach((name, store) -> deleteIfAlike(name, store, key));
                        return super.delete(key);
                      }

                      private void deleteIfAlike(String name, SessionStore store, SessionKey key) {
                        if (namespace.endsWith(name) && !namespace.equals(name)) {
                          store.delete(key);
                        }
                      }
                    };
                  }
                }),
        world(
                "S7.6",
                "closes the client that all handles share",
                () ->
                    new StoreWorld() {
                      private final Set<String> closed = new HashSet<>();

                      @Override
                      SessionStore open(String namespace) {
                        return new Through(stateOf(namespace)) {
                          @Override
                          public Optional<Session> findCurrent(SessionKey key) {
                            requireOpen();
                            return super.findCurrent(key);
                          }

                          @Override
                          public boolean create(Session session) {
                            requireOpen();
                            return super.create(session);
                          }

                          @Override
                          public void close() {
                            closed.add(namespace);
                          }

                          private void requireOpen() {
                            if (closed.contains(namespace)) {
                              throw new IllegalStateException("closed");
                            }
                          }
                        };
                      }
                    })
            .alsoBreaking("S7.7"),
        perHandle(
                "S7.7",
                "does not bear to be closed twice",
                healthy ->
                    new Through(healthy) {
                      private boolean closed;

                      @Override
                      public void close() {
                        if (closed) {
                          throw new IllegalStateException("closed twice");
                        }
                        closed = true;
                      }
                    })
            // the kit closes every handle after a test, also one that the test has closed
            .alsoBreaking("S7.6"));
  }

  private static Breaker<StoreWorld> withTraits(
      String rule, String does, UnaryOperator<StoreTraits> change) {
    return store(
        rule,
        does,
        healthy ->
            new Through(healthy) {
              @Override
              public StoreTraits traits() {
                return change.apply(super.traits());
              }
            });
  }

  private static Breaker<StoreWorld> storing(
      String rule, String does, UnaryOperator<Session> harmed) {
    return store(
        rule,
        does,
        healthy ->
            new Through(healthy) {
              @Override
              public boolean create(Session session) {
                return super.create(harmed.apply(session));
              }

              @Override
              public ReplaceResult replace(Session next) {
                return super.replace(harmed.apply(next));
              }
            });
  }

  private static Breaker<StoreWorld> perHandle(
      String rule, String does, UnaryOperator<SessionStore> handle) {
    return world(
        rule,
        does,
        () ->
            new StoreWorld() {
              @Override
              SessionStore open(String namespace) {
                return handle.apply(stateOf(namespace));
              }
            });
  }

  /** Keeps a copy of what it found. */
  private static class Copying extends Through {

    final Map<SessionKey, Session> copies = new ConcurrentHashMap<>();

    Copying(SessionStore healthy) {
      super(healthy);
    }

    @Override
    public Optional<Session> find(SessionKey key) {
      Optional<Session> found = super.find(key);
      found.ifPresent(copy -> copies.put(key, copy));
      return found;
    }
  }

  private static StoreTraits traits(int maxStateBytes, int findRoundTrips) {
    return new StoreTraits(
        false, false, false, Duration.ZERO, maxStateBytes, false, findRoundTrips);
  }

  private static Session first(Session session) {
    return session.attributes().size() <= FEW
        ? session
        : session.withAttributes(
            session.attributes().entrySet().stream()
                .limit(FEW)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static Session withoutEmpty(Session session) {
    return session.withAttributes(
        session.attributes().entrySet().stream()
            .filter(attribute -> !Objects.equals(attribute.getValue(), ""))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static Session normalised(Session session) {
    return session.withAttributes(
        session.attributes().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    attribute -> Normalizer.normalize(attribute.getValue(), Normalizer.Form.NFC))));
  }
}
