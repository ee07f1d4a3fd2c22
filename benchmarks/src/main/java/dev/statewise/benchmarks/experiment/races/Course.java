package dev.statewise.benchmarks.experiment.races;

import dev.statewise.benchmarks.experiment.races.Contender.Begun;
import dev.statewise.benchmarks.experiment.races.Contender.Saved;
import dev.statewise.benchmarks.experiment.races.Contender.Shown;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a contender through races on one node. Every step is taken by one thread, in an order that
 * is fixed beforehand, so that a race is provoked and not waited for.
 */
final class Course {

  private static final String LEFT = "left";
  private static final String RIGHT = "right";
  private static final String BEFORE = "before";
  private static final String AFTER = "after";
  private static final Map<String, String> FIRST_STATE = Map.of(LEFT, BEFORE, RIGHT, BEFORE);

  private final Contender contender;
  private final int races;

  /**
   * @param races how often each race is provoked, its orders in turn
   */
  Course(Contender contender, int races) {
    this.contender = contender;
    this.races = races;
  }

  /** Opens the session of a race. */
  static String opened(Contender contender, int at) {
    return contender.open("user-%05d".formatted(at), FIRST_STATE);
  }

  /** All races that take one node. */
  static Map<Order, Tally> onOneNode(Contender contender, int races) {
    Course course = new Course(contender, races);
    Map<Order, Tally> seen = new EnumMap<>(Order.class);
    for (Order order : Order.values()) {
      if (order.race() != Race.REVOCATION) {
        seen.put(order, course.run(order));
      }
    }
    return seen;
  }

  /** All races of one order. */
  Tally run(Order order) {
    List<Order> orders = Order.of(order.race());
    Tally tally = Tally.NONE;
    for (int at = orders.indexOf(order); at < races; at += orders.size()) {
      tally =
          switch (order.race()) {
            case ROLLBACK -> rollback(tally, at);
            case LOST_UPDATE -> lostUpdate(tally, order, at);
            case RESURRECTION -> resurrection(tally, order, at);
            case REVOCATION ->
                throw new IllegalArgumentException(order + " takes another node: see OtherNode");
          };
    }
    return tally;
  }

  private Tally rollback(Tally tally, int at) {
    String old = opened(contender, at);
    Begun request = begun(old);
    request.set(LEFT, AFTER);
    Saved saved = request.finish();
    String now = contender.ask(saved.credential()).map(Course::left).orElse("nothing");
    if (saved.told() || !now.equals(AFTER)) {
      throw new IllegalStateException(
          "A change that nobody raced with was not kept: there is %s.".formatted(now));
    }
    boolean oldState = contender.ask(old).map(Course::left).filter(BEFORE::equals).isPresent();
    return tally.and(oldState, 0, 0);
  }

  /**
   * Both requests carry the credential that the client had when it sent them; of the answers, which
   * come in the order of the saves, the client keeps the last.
   */
  private Tally lostUpdate(Tally tally, Order order, int at) {
    String credential = opened(contender, at);
    boolean mirrored = at / Order.of(Race.LOST_UPDATE).size() % 2 == 1;
    String ofFirst = mirrored ? RIGHT : LEFT;
    String ofSecond = mirrored ? LEFT : RIGHT;
    Begun first = begun(credential);
    if (order == Order.ONE_AFTER_THE_OTHER) {
      Saved saved = saved(first, ofFirst);
      return tally(tally, ofFirst, saved, ofSecond, saved(begun(credential), ofSecond));
    }
    Begun second = begun(credential);
    if (order == Order.NESTED) {
      Saved saved = saved(second, ofSecond);
      return tally(tally, ofSecond, saved, ofFirst, saved(first, ofFirst));
    }
    Saved saved = saved(first, ofFirst);
    return tally(tally, ofFirst, saved, ofSecond, saved(second, ofSecond));
  }

  private Tally tally(Tally tally, String earlier, Saved before, String later, Saved last) {
    Map<String, String> kept =
        contender
            .ask(last.told() ? before.credential() : last.credential())
            .map(Shown::attributes)
            .orElse(Map.of());
    int told = (before.told() ? 1 : 0) + (last.told() ? 1 : 0);
    return tally.and(false, lost(kept, earlier, before) + lost(kept, later, last), told);
  }

  private static int lost(Map<String, String> kept, String attribute, Saved saved) {
    return saved.told() || AFTER.equals(kept.get(attribute)) ? 0 : 1;
  }

  private Tally resurrection(Tally tally, Order order, int at) {
    String credential = opened(contender, at);
    Begun request = begun(credential);
    if (order == Order.CHANGED_THEN_ENDED) {
      request.set(LEFT, AFTER);
    }
    contender.end(credential);
    if (order == Order.ENDED_THEN_CHANGED) {
      request.set(LEFT, AFTER);
    }
    Saved saved = request.finish();
    boolean accepted =
        contender.ask(credential).isPresent() || contender.ask(saved.credential()).isPresent();
    return tally.and(accepted, 0, saved.told() ? 1 : 0);
  }

  private Begun begun(String credential) {
    Optional<Begun> begun = contender.begin(credential);
    return begun.orElseThrow(
        () -> new IllegalStateException("A session that nobody ended was not accepted."));
  }

  private static Saved saved(Begun request, String attribute) {
    request.set(attribute, AFTER);
    return request.finish();
  }

  private static String left(Shown shown) {
    return shown.attributes().getOrDefault(LEFT, "nothing");
  }
}
