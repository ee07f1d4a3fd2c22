package dev.statewise.benchmarks.run;

/** How strong a number is, strongest first. */
public enum Evidence {
  /** Counted exactly. */
  COUNT,
  /** CPU time of a thread or process, or what it allocated. */
  CPU,
  /** A ratio of two things that were measured side by side. */
  PAIRED,
  /** Elapsed time: on a shared machine the weakest measurement. */
  WALL,
  /** Simulated with measured inputs. */
  SIM,
  /** A formula. */
  MODEL,
  /** Somebody else's number. */
  CITED
}
