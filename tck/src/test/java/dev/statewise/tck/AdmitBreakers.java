package dev.statewise.tck;

import static dev.statewise.tck.Breakers.store;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Admission.Admitted;
import dev.statewise.spi.Admission.KeyTaken;
import dev.statewise.spi.Admission.LimitReached;
import dev.statewise.spi.Overflow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One store for each rule of X3, that breaks it. */
final class AdmitBreakers {

  private static final Comparator<Session> OLDEST_FIRST = Comparator.comparing(Session::createdAt);

  private AdmitBreakers() {}

  /** What admit was called with. */
  record Call(Session session, int max, Overflow overflow, Optional<SessionKey> instead) {

    boolean endsOldest() {
      return overflow == Overflow.END_OLDEST;
    }
  }

  /** Changes what admit answered, or what it did. */
  interface After {
    Admission apply(Indexed store, Call call, Admission admission);
  }

  /** Answers in place of admit, or lets it. */
  interface InPlace {
    Optional<Admission> apply(Indexed store, Call call);
  }

  static List<Breaker<StoreWorld>> all() {
    return List.of(
        insteadOfAdmitting(
            "X3.1",
            "loses the third session",
            (store, call) ->
                call.max() == 3 && alive(store, call).size() == 2
                    ? Optional.of(new Admitted(List.of()))
                    : Optional.empty()),
        insteadOfAdmitting(
            "X3.2",
            "takes one more than three",
            (store, call) ->
                call.max() == 3 ? Optional.of(store.admitted(call.session())) : Optional.empty()),
        admitting(
            "X3.3",
            "stores first and refuses then",
            (store, call, admission) -> {
              if (store.isLimit(admission) && !OnRaceThread.isCurrent()) {
                store.admitted(call.session());
              }
              return admission;
            }),
        insteadOfAdmitting(
            "X3.4",
            "ends the one that was seen least recently",
            (store, call) -> endingFirst(store, call, Comparator.comparing(Session::lastSeen), 9)),
        insteadOfAdmitting(
            "X3.5", "ends one at most", (store, call) -> endingFirst(store, call, OLDEST_FIRST, 1)),
        insteadOfAdmitting(
            "X3.6",
            "counts sessions that have expired",
            (store, call) ->
                !call.endsOldest()
                        && store.findAll(call.session().subject()).stream()
                                .filter(session -> !isInstead(call, session))
                                .filter(session -> !session.equals(call.session()))
                                .count()
                            >= call.max()
                    ? Optional.of(new LimitReached())
                    : Optional.empty()),
        admitting(
            "X3.7",
            "takes a session for expired one millisecond early",
            (store, call, admission) ->
                store.isLimit(admission)
                        && store.findAll(call.session().subject()).stream()
                            .allMatch(
                                other -> other.isExpiredAt(call.session().lastSeen().plusMillis(1)))
                    ? store.admitted(call.session())
                    : admission),
        admitting(
            "X3.8",
            "counts by the end that a session had when it was created",
            (store, call, admission) ->
                store.isLimit(admission)
                        && store.findAll(call.session().subject()).stream()
                            .allMatch(
                                other ->
                                    store
                                        .asCreated
                                        .getOrDefault(other.key(), other)
                                        .isExpiredAt(call.session().lastSeen()))
                    ? store.admitted(call.session())
                    : admission),
        insteadOfAdmitting(
            "X3.9",
            "counts the session that is superseded",
            (store, call) ->
                call.instead().isPresent()
                        && !call.endsOldest()
                        && alive(store, call).size() + 1 > call.max() - 1
                    ? Optional.of(new LimitReached())
                    : Optional.empty()),
        insteadOfAdmitting(
            "X3.10",
            "leaves the session that is superseded",
            (store, call) -> {
              Optional<Session> before = call.instead().flatMap(store::stored);
              if (before.isEmpty()) {
                return Optional.empty();
              }
              Admission admission = admit(store, call);
              if (store.isAdmitted(admission)) {
                store.healthy.create(before.get());
              }
              return Optional.of(admission);
            }),
        admitting(
            "X3.11",
            "deletes the session that is superseded, admitted or not",
            (store, call, admission) -> {
              if (store.isLimit(admission)) {
                call.instead().ifPresent(store::delete);
              }
              return admission;
            }),
        admitting(
            "X3.12",
            "takes another's session for its own",
            (store, call, admission) ->
                admission instanceof KeyTaken ? new Admitted(List.of()) : admission),
        admitting(
            "X3.13",
            "makes room first and finds the key taken then",
            (store, call, admission) -> {
              if (admission instanceof KeyTaken) {
                call.instead().ifPresent(store::delete);
              }
              return admission;
            }),
        insteadOfAdmitting(
            "X3.14",
            "does not know its own session again",
            (store, call) ->
                store.isThere(call.session().key())
                    ? Optional.of(new KeyTaken())
                    : Optional.empty()),
        insteadOfAdmitting(
            "X3.15",
            "ends whatever lies in the slot",
            (store, call) -> {
              store.subjectsSeen().stream()
                  .filter(other -> !other.equals(call.session().subject()))
                  .filter(other -> IndexBreakers.sameSlot(other, call.session().subject()))
                  .forEach(store::deleteAll);
              return Optional.empty();
            }),
        store(
                "X3.16",
                "counts only what was admitted",
                healthy ->
                    new Indexed(healthy) {
                      private final Set<String> admitted = ConcurrentHashMap.newKeySet();

                      @Override
                      public Admission admit(
                          Session session,
                          int max,
                          Overflow overflow,
                          Optional<SessionKey> instead) {
                        Admission admission = super.admit(session, max, overflow, instead);
                        return isLimit(admission)
                                && !OnRaceThread.isCurrent()
                                && admitted.add(session.subject())
                            ? admitted(session)
                            : admission;
                      }
                    })
            .alsoBreaking("X3.2", "X3.3", "X3.7", "X3.8", "X3.11"));
  }

  static Breaker<StoreWorld> admitting(String rule, String does, After after) {
    return store(
        rule,
        does,
        healthy ->
            new Indexed(healthy) {
              @Override
              public Admission admit(
                  Session session, int max, Overflow overflow, Optional<SessionKey> instead) {
                Admission admission = super.admit(session, max, overflow, instead);
                return after.apply(this, new Call(session, max, overflow, instead), admission);
              }
            });
  }

  static Breaker<StoreWorld> insteadOfAdmitting(String rule, String does, InPlace inPlace) {
    return store(
        rule,
        does,
        healthy ->
            new Indexed(healthy) {
              @Override
              public Admission admit(
                  Session session, int max, Overflow overflow, Optional<SessionKey> instead) {
                Call call = new Call(session, max, overflow, instead);
                return inPlace
                    .apply(this, call)
                    .orElseGet(() -> super.admit(session, max, overflow, instead));
              }
            });
  }

  private static Admission admit(Indexed store, Call call) {
    return store.index().admit(call.session(), call.max(), call.overflow(), call.instead());
  }

  private static Optional<Admission> endingFirst(
      Indexed store, Call call, Comparator<Session> order, int atMost) {
    if (!call.endsOldest() || OnRaceThread.isCurrent() || store.isThere(call.session().key())) {
      return Optional.empty();
    }
    List<Session> alive = alive(store, call);
    List<SessionKey> ended =
        alive.stream()
            .sorted(order.thenComparing(OLDEST_FIRST))
            .limit(Math.max(0, Math.min(atMost, alive.size() + 1 - call.max())))
            .map(Session::key)
            .toList();
    ended.forEach(store::delete);
    store.admitted(call.session());
    return Optional.of(new Admitted(ended));
  }

  private static List<Session> alive(Indexed store, Call call) {
    return store.findAll(call.session().subject()).stream()
        .filter(session -> !session.isExpiredAt(call.session().lastSeen()))
        .filter(session -> !isInstead(call, session))
        .toList();
  }

  private static boolean isInstead(Call call, Session session) {
    return call.instead().equals(Optional.of(session.key()));
  }
}
