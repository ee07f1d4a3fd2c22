package dev.statewise.objectstorage;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Notices that this thread is interrupted while it waits for the SDK.
 *
 * <p>The SDK's timer ends a call by interrupting the thread, and clears the flag afterwards, with
 * it the flag of anybody else who interrupted the thread meanwhile. A channel is told of an
 * interrupt by the thread that does it, so that the two can be told apart.
 */
final class InterruptWatch extends AbstractInterruptibleChannel {

  /** What the names of the SDK's own timer threads begin with. */
  private static final String TIMER = "sdk-";

  private volatile boolean interrupted;

  private InterruptWatch() {}

  /** Watches this thread, until it calls {@link #end}. */
  static InterruptWatch begun() {
    InterruptWatch watch = new InterruptWatch();
    watch.begin();
    return watch;
  }

  /** Whether somebody but the SDK's timer interrupted this thread. */
  boolean end() {
    try {
      end(true);
    } catch (AsynchronousCloseException seen) {
      // its flag says it all
    }
    return interrupted;
  }

  @Override
  protected void implCloseChannel() {
    interrupted = !Thread.currentThread().getName().startsWith(TIMER);
  }
}
