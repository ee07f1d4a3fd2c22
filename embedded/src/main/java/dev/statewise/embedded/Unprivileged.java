package dev.statewise.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs a command as nobody in particular where this JVM runs as root, which PostgreSQL refuses.
 *
 * <p>The command gets a user namespace without a single user in it: the files are root's outside,
 * and inside they and the process belong to the same unknown user. It also gets an IPC namespace,
 * so that its shared memory is gone when it is.
 */
final class Unprivileged {
  private static final List<String> UNSHARE = List.of("unshare", "--user", "--ipc");

  private Unprivileged() {}

  /** What stands before the command's own words: nothing, unless this is root. */
  static List<String> prefix() {
    return isRoot() ? UNSHARE : List.of();
  }

  /** One line on why root cannot run a command so, and what to do; empty if it can, or need not. */
  static Optional<String> whyImpossible() {
    return isRoot() ? failure() : Optional.empty();
  }

  static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return System.getProperty("user.name", "").equals("root");
    }
  }

  private static Optional<String> failure() {
    try {
      Process trial =
          new ProcessBuilder("unshare", "--user", "--ipc", "true")
              .redirectErrorStream(true)
              .start();
      String said = new String(trial.getInputStream().readAllBytes(), UTF_8).strip();
      Waiting.forEnd(trial);
      return trial.exitValue() == 0 ? Optional.empty() : Optional.of(advice(said));
    } catch (IOException e) {
      return Optional.of(advice(String.valueOf(e.getMessage())));
    }
  }

  private static String advice(String why) {
    return "This JVM runs as root, which the server refuses, and \"%s\" does not work here (%s). Run as another user, or allow user namespaces."
        .formatted(String.join(" ", UNSHARE), why.replace('\n', ' '));
  }
}
