package dev.statewise.benchmarks.rig;

/**
 * One arm doing one operation, as the rig times it.
 *
 * @param arm the arm's name
 * @param operation what it does
 * @param body does it once
 */
public record Task(String arm, String operation, Body body) {

  /** The name of the task that is timed between the others, to see how quiet the machine is. */
  public static final String CANARY = "canary";

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
