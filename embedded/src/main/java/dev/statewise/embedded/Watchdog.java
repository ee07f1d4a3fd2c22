package dev.statewise.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Kills a server and deletes its directory when this JVM is gone, however it went.
 *
 * <p>It is a shell that reads the server's process ids, whenever they change, from a pipe. The
 * system closes the pipe when the JVM dies, of a SIGKILL too; then the shell does its work. It
 * ignores the signals that a terminal sends to everyone. Where there is no {@code /bin/sh} there is
 * none.
 */
final class Watchdog {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      pids=
      while read -r line; do pids=$line; done
      if [ -n "$pids" ]; then kill -9 $pids; fi
      rm -rf "$1"
      """;

  private final @Nullable Process shell;

  private Watchdog(@Nullable Process shell) {
    this.shell = shell;
  }

  static Watchdog over(Path directory) throws IOException {
    if (!Files.isExecutable(SHELL)) {
      return new Watchdog(null);
    }
    ProcessBuilder shell =
        new ProcessBuilder(
            SHELL.toString(), "-c", SCRIPT, "statewise-watchdog", directory.toString());
    shell.directory(directory.getRoot().toFile());
    shell.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
    return new Watchdog(shell.start());
  }

  void guard(long pid) throws IOException {
    tell(Long.toString(pid));
  }

  void guard(Collection<Long> pids) throws IOException {
    tell(pids.stream().map(pid -> Long.toString(pid)).collect(Collectors.joining(" ")));
  }

  void guardNone() throws IOException {
    tell("");
  }

  /** Lets the shell end, and with it the directory. */
  void close() {
    if (shell == null) {
      return;
    }
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      shell.destroyForcibly();
    }
    Waiting.forEnd(shell);
  }

  private void tell(String line) throws IOException {
    if (shell != null) {
      OutputStream pipe = shell.getOutputStream();
      pipe.write((line + "\n").getBytes(UTF_8));
      pipe.flush();
    }
  }
}
