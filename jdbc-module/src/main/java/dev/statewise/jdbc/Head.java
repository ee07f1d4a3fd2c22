package dev.statewise.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * Where the floors of a list stand: the row that everyone who raises one holds until he commits.
 *
 * @param generation moves on when refusals were lost, and whoever moves it refuses all who were
 *     there before
 * @param run drawn by lot when the generation began, so that two beginnings are told apart
 * @param position of the latest change; a change of a higher one was committed later
 */
record Head(long generation, long run, long position) {

  /** Whether it is of the same list, with nothing taken out of it in between. */
  boolean isOfSameRun(@Nullable Head other) {
    return other != null && generation == other.generation && run == other.run;
  }

  /**
   * Whether a database that once stood at {@code known} and now stands here has lost what lay
   * between: it was restored, replaced by a copy that was behind, or emptied.
   */
  boolean hasLost(@Nullable Head known) {
    if (known == null || generation > known.generation) {
      return false;
    }
    return !isOfSameRun(known) || position < known.position;
  }

  /** The later of the two as far as that can be said, else this one. */
  Head orLater(@Nullable Head other) {
    if (other == null || generation > other.generation) {
      return this;
    }
    return other.generation > generation || (isOfSameRun(other) && other.position > position)
        ? other
        : this;
  }
}
