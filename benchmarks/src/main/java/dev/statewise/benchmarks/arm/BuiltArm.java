package dev.statewise.benchmarks.arm;

import dev.statewise.Sessions;

/**
 * An arm that was built: its front door, and what is closed when it is done with.
 *
 * @param sessions the front door
 * @param resources what was opened for it
 */
public record BuiltArm(Sessions sessions, Resources resources) implements AutoCloseable {

  /** What an arm opened. */
  @FunctionalInterface
  public interface Resources {
    /** Nothing to close. */
    Resources NONE = () -> {};

    void close();
  }

  @Override
  public void close() {
    resources.close();
  }
}
