package dev.statewise.embedded;

/** Waits for a process that is about to end, and keeps an interrupt for later. */
final class Waiting {
  private Waiting() {}

  static void forEnd(Process process) {
    boolean interrupted = false;
    while (true) {
      try {
        process.waitFor();
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
