package dev.statewise.embedded;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** What the front of an S3 server does to requests at present. */
final class S3Faults {
  private static final Set<String> READS = Set.of("GET", "HEAD");

  /** An answer that stands in for the server's. */
  record Instead(String method, int status, String code) {}

  private final AtomicBoolean loseNextReply = new AtomicBoolean();
  private final Queue<Instead> answers = new ConcurrentLinkedQueue<>();
  private volatile long delayNanos;

  static boolean isRead(String method) {
    return READS.contains(method);
  }

  void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  void loseNextReply() {
    loseNextReply.set(true);
  }

  void answerNext(String method, int status, String code) {
    answers.add(new Instead(method, status, code));
  }

  void heal() {
    delayNanos = 0;
    loseNextReply.set(false);
    answers.clear();
  }

  void await() {
    long due = System.nanoTime() + delayNanos;
    for (long left = delayNanos; left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Whether the reply to this request is the one that is lost; true once. */
  boolean takesTheReply(String method) {
    return !isRead(method) && loseNextReply.get() && loseNextReply.compareAndSet(true, false);
  }

  /** The answer to this request, if it is not the server that answers; each once. */
  Optional<Instead> answer(String method) {
    for (Iterator<Instead> all = answers.iterator(); all.hasNext(); ) {
      Instead next = all.next();
      if (next.method().equals(method) && answers.remove(next)) {
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }
}
