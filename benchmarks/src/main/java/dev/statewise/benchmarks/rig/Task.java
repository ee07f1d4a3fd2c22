package dev.statewise.benchmarks.rig;

/**
 * One arm doing one operation, as the rig times it.
 *
 * @param arm the arm's name
 * @param operation what it does
 * @param body does it once
 * @param beforeSlice brings about what a slice is to find, and is not timed: on a busy machine one
 *     is so seldom that all that is kept near for a while has become too old, and a slice that was
 *     sized by misses never gets to the hits
 * @param most how many operations a slice may have: after so many what a slice is to find is no
 *     longer there
 */
public record Task(String arm, String operation, Body body, Runnable beforeSlice, int most) {

  /** The name of the task that is timed between the others, to see how quiet the machine is. */
  public static final String CANARY = "canary";

  /** A task that a slice finds as the one before left it. */
  public Task(String arm, String operation, Body body) {
    this(arm, operation, body, () -> {});
  }

  /** A task that may go on for as long as a slice is. */
  public Task(String arm, String operation, Body body, Runnable beforeSlice) {
    this(arm, operation, body, beforeSlice, Integer.MAX_VALUE);
  }

  /** What is timed. */
  @FunctionalInterface
  public interface Body {
    /**
     * Does the operation once.
     *
     * @param index counts up from 0 over warm-up and all slices
     * @return something that depends on all the work, so that none of it can be left out; negative
     *     exactly if the answer was not the expected one
     */
    int once(int index);
  }
}
