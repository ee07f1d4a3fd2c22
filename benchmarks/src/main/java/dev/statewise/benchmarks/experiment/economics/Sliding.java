package dev.statewise.benchmarks.experiment.economics;

/** Somebody whose session is asked for again and again, and so does not end. */
interface Sliding extends AutoCloseable {

  /**
   * One request.
   *
   * @throws IllegalStateException if the session was not accepted
   */
  void request();

  /**
   * How much earlier than it should the session would now end, in seconds, if nobody asked for it
   * any more; 0 if that is not told.
   */
  double endsTooEarlyBy();

  @Override
  void close();
}
