package dev.statewise.redis;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.SubjectIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Uses the sessions of one subject, whose only user it is, and knows therefore what the store has
 * to answer. A call that got no answer is made again until it gets one. For one thread.
 */
public final class SubjectUnderLoad {

  private static final int MOST_SESSIONS = 12;
  private static final int MOST_TRIES = 200;

  private final SessionStore store;
  private final SubjectIndex index;
  private final String subject;
  private final Random random;
  private final Map<SessionKey, Session> live = new HashMap<>();
  private final List<SessionKey> ended = new ArrayList<>();
  private final Counts counts = new Counts();

  /** What came of it. */
  public static final class Counts {
    /** Answers. */
    public long answers;

    /** Calls that got none, which is allowed. */
    public long unavailable;

    /** Of those, the ones that name a script's keys in several slots. */
    public long crossSlot;

    /** Sessions, or changes to them, that were acknowledged and are not there. */
    public long lost;

    /** Sessions that were ended and are there. */
    public long broughtBack;

    /** Adds what came of another load. */
    public void add(Counts other) {
      answers += other.answers;
      unavailable += other.unavailable;
      crossSlot += other.crossSlot;
      lost += other.lost;
      broughtBack += other.broughtBack;
    }

    @Override
    public String toString() {
      return "%d answers, %d unavailable, %d CROSSSLOT, %d lost, %d brought back"
          .formatted(answers, unavailable, crossSlot, lost, broughtBack);
    }
  }

  /**
   * @param seed decides what is done in which order
   */
  public SubjectUnderLoad(SessionStore store, String subject, long seed) {
    this.store = store;
    this.index = store.subjects().orElseThrow();
    this.subject = subject;
    this.random = new Random(seed);
  }

  /** Makes one call, of any kind, and judges its answer. */
  public void step() {
    if (live.isEmpty() || (live.size() < MOST_SESSIONS && random.nextInt(4) == 0)) {
      begin();
      return;
    }
    Session session = List.copyOf(live.values()).get(random.nextInt(live.size()));
    switch (random.nextInt(16)) {
      case 0, 1 -> end(session);
      case 2 -> list();
      case 3 -> findEnded();
      case 4, 5, 6 -> touch(session);
      case 7, 8, 9, 10 -> save(session);
      default -> find(session);
    }
    if (random.nextInt(50) == 0) {
      endAll();
    }
  }

  /** Looks at everything once more. */
  public Counts finish() {
    live.values().forEach(this::find);
    ended.forEach(this::expectEnded);
    list();
    return counts;
  }

  private void begin() {
    Session session = Samples.createdAt(subject, Samples.NOW);
    boolean created =
        random.nextBoolean()
            ? answer(() -> store.create(session))
            : answer(() -> index.admit(session, 100, Overflow.REFUSE, Optional.empty()))
                instanceof Admission.Admitted;
    if (created) {
      live.put(session.key(), session);
    } else {
      counts.lost++;
    }
  }

  private void find(Session session) {
    if (!answer(() -> store.find(session.key())).equals(Optional.of(session))) {
      counts.lost++;
    }
  }

  private void touch(Session session) {
    if (answer(() -> store.touch(session.key(), session.lastSeen().plusMillis(1)))) {
      Session touched =
          Session.restore(
              session.key(),
              session.subject(),
              session.secretHash(),
              session.version(),
              session.createdAt(),
              session.lastSeen().plusMillis(1),
              session.idleTimeout(),
              session.absoluteEnd(),
              session.attributes());
      live.put(session.key(), touched);
    } else {
      counts.lost++;
    }
  }

  private void save(Session session) {
    long before = counts.unavailable;
    Session next =
        session
            .with("cart", Integer.toString(random.nextInt()))
            .next(session.lastSeen().plus(Duration.ofMillis(1)));
    ReplaceResult result = answer(() -> store.replace(next));
    // A new call is a new write: it conflicts with the one before, if that happened unanswered.
    boolean withItself = result == ReplaceResult.CONFLICT && counts.unavailable > before;
    if (result == ReplaceResult.REPLACED || withItself) {
      live.put(session.key(), next);
    } else {
      counts.lost++;
    }
  }

  private void end(Session session) {
    answer(() -> store.delete(session.key()));
    live.remove(session.key());
    ended.add(session.key());
    expectEnded(session.key());
  }

  private void endAll() {
    answer(() -> index.deleteAll(subject));
    ended.addAll(live.keySet());
    live.clear();
    list();
  }

  private void findEnded() {
    if (!ended.isEmpty()) {
      expectEnded(ended.get(random.nextInt(ended.size())));
    }
  }

  private void expectEnded(SessionKey key) {
    if (answer(() -> store.find(key)).isPresent()) {
      counts.broughtBack++;
    }
  }

  private void list() {
    Set<Session> listed = new HashSet<>(answer(() -> index.findAll(subject)));
    Set<Session> expected = new HashSet<>(live.values());
    counts.lost += expected.stream().filter(session -> !listed.contains(session)).count();
    counts.broughtBack += listed.stream().filter(session -> ended.contains(session.key())).count();
  }

  private <T> T answer(Supplier<T> call) {
    StoreUnavailableException last = null;
    for (int i = 0; i < MOST_TRIES; i++) {
      try {
        T answer = call.get();
        counts.answers++;
        return answer;
      } catch (StoreUnavailableException e) {
        last = e;
        counts.unavailable++;
        counts.crossSlot += String.valueOf(e.getMessage()).contains("CROSSSLOT") ? 1 : 0;
      }
    }
    throw new IllegalStateException("The store gave no answer for long", last);
  }
}
