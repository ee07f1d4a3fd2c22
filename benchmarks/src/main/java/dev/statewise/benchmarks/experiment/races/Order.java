package dev.statewise.benchmarks.experiment.races;

import java.util.List;
import java.util.stream.Stream;

/**
 * An order of the steps of a {@link Race}, as params spell it. Of two requests either may be the
 * first, in turn, so the three here are all six.
 */
public enum Order {
  SHOWN_AFTER_SAVE(Race.ROLLBACK, "shown after a save"),
  /** One request is over before the other begins, though both were sent before. */
  ONE_AFTER_THE_OTHER(Race.LOST_UPDATE, "one after the other"),
  /** Both have begun; the first saves, then the second. */
  CROSSED(Race.LOST_UPDATE, "crossed"),
  /** Both have begun; the second saves, then the first. */
  NESTED(Race.LOST_UPDATE, "nested"),
  CHANGED_THEN_ENDED(Race.RESURRECTION, "changed, ended, saved"),
  ENDED_THEN_CHANGED(Race.RESURRECTION, "ended, changed, saved"),
  AT_ONCE(Race.REVOCATION, "asked at once"),
  AFTER_ITS_BOUND(Race.REVOCATION, "asked after its bound");

  private final Race race;
  private final String text;

  Order(Race race, String text) {
    this.race = race;
    this.text = text;
  }

  /** Those of one race. */
  public static List<Order> of(Race race) {
    return Stream.of(values()).filter(order -> order.race == race).toList();
  }

  public Race race() {
    return race;
  }

  /** Whether both requests have begun before one of them saves. */
  public boolean overlaps() {
    return this == CROSSED || this == NESTED;
  }

  @Override
  public String toString() {
    return text;
  }
}
