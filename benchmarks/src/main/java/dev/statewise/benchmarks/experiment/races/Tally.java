package dev.statewise.benchmarks.experiment.races;

/**
 * What was seen in races of one order.
 *
 * @param races how many there were
 * @param accepted how often what was old, or had been ended, was accepted
 * @param lost changes that are gone though nobody was told
 * @param told requests that were told that their change is not kept
 */
record Tally(int races, int accepted, int lost, int told) {

  static final Tally NONE = new Tally(0, 0, 0, 0);

  /** One race more. */
  Tally and(boolean wasAccepted, int moreLost, int moreTold) {
    return new Tally(races + 1, accepted + (wasAccepted ? 1 : 0), lost + moreLost, told + moreTold);
  }
}
