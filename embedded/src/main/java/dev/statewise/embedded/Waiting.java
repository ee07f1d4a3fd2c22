package dev.statewise.embedded;

/** Waits for what is about to end, and keeps an interrupt for later. */
final class Waiting {
  private interface Wait {
    void once() throws InterruptedException;
  }

  private Waiting() {}

  static void forEnd(Process process) {
    untilDone(process::waitFor);
  }

  static void forEnd(Thread thread) {
    untilDone(thread::join);
  }

  private static void untilDone(Wait wait) {
    boolean interrupted = false;
    while (true) {
      try {
        wait.once();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
