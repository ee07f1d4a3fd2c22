package dev.statewise.embedded;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a proxy does to its connections at present. */
final class Faults {
  private final AtomicBoolean loseNextReply = new AtomicBoolean();
  private volatile long delayNanos;
  private volatile boolean dropToServer;
  private volatile boolean dropFromServer;

  void delay(Duration eachWay) {
    delayNanos = eachWay.toNanos();
  }

  long delayNanos() {
    return delayNanos;
  }

  void dropToServer() {
    dropToServer = true;
  }

  boolean dropsToServer() {
    return dropToServer;
  }

  void dropFromServer() {
    dropFromServer = true;
  }

  boolean dropsFromServer() {
    return dropFromServer;
  }

  void loseNextReply() {
    loseNextReply.set(true);
  }

  /** Whether the request that begins now is the one whose reply is lost; true once. */
  boolean takesTheReply() {
    return loseNextReply.get() && loseNextReply.compareAndSet(true, false);
  }

  void heal() {
    delayNanos = 0;
    dropToServer = false;
    dropFromServer = false;
    loseNextReply.set(false);
  }
}
