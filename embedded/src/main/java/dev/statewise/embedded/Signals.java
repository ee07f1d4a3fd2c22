package dev.statewise.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;

/** Sends a process what Java has no method for. */
final class Signals {
  private Signals() {}

  static void send(String name, Process process) {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "The server is not running, so it cannot be sent SIG%s. Restart it first."
              .formatted(name));
    }
    send(name, process.pid());
  }

  static void send(String name, long pid) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(pid))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      Waiting.forEnd(kill);
      if (kill.exitValue() != 0) {
        throw new IllegalStateException("kill -" + name + " failed for process " + pid);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "A server can be paused only where there is a kill command", e);
    }
  }
}
