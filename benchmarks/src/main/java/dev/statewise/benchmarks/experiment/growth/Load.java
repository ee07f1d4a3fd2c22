package dev.statewise.benchmarks.experiment.growth;

/** Something of which many are held in memory, to be weighed. */
interface Load extends AutoCloseable {

  /**
   * Brings about what is there but once, whatever the number: classes, connections, threads. May
   * hold some of what {@link #hold} does.
   */
  void warmUp();

  /**
   * Holds so many more.
   *
   * @return how many of them are held now; fewer only if what holds them drops some
   */
  int hold(int count);

  @Override
  void close();
}
