package dev.statewise.embedded;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server of several processes, one of which starts the others, and the directory that it has to
 * itself. Both are gone when it is closed, or else when this JVM is.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);
  private static final int LINES = 15;

  private final String name;
  private final Path directory;
  private final Watchdog watchdog;
  private final Thread hook;
  private @Nullable Process process;
  private List<ProcessHandle> paused = List.of();
  private boolean closed;

  /**
   * Makes the directory, {@code statewise-<name>-…}.
   *
   * @param name of the executable, for messages
   */
  ServerProcess(String name) throws IOException {
    this.name = name;
    this.directory = Files.createTempDirectory("statewise-" + name + "-").toAbsolutePath();
    this.hook = new Thread(this::cleanUp, "statewise-" + name + "-cleanup");
    try {
      this.watchdog = Watchdog.over(directory);
    } catch (IOException | RuntimeException e) {
      Directories.delete(directory);
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(hook);
  }

  Path directory() {
    return directory;
  }

  /**
   * Runs something to its end, a preparation.
   *
   * @throws IllegalStateException if it did not end well; the message has its first lines
   */
  void run(List<String> command) throws IOException {
    Process once = begin(command);
    Waiting.forEnd(once);
    if (once.exitValue() != 0) {
      throw new IllegalStateException(
          "%s ended with exit code %d. Its first lines:\n  %s"
              .formatted(String.join(" ", command), once.exitValue(), firstLines()));
    }
  }

  /** Starts the server. Whoever calls this waits with {@link #becomesReady}. */
  synchronized void launch(List<String> command) throws IOException {
    requireOpen();
    Process launched = begin(command);
    process = launched;
    watchdog.guard(launched.pid());
  }

  synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "This server was closed and its directory is gone. Start another.");
    }
  }

  private Process begin(List<String> command) throws IOException {
    ProcessBuilder server = new ProcessBuilder(command).directory(directory.toFile());
    Map<String, String> environment = server.environment();
    environment.keySet().removeIf(variable -> variable.startsWith("PG"));
    environment.put("LC_ALL", "C");
    server.redirectErrorStream(true).redirectOutput(Redirect.to(log().toFile()));
    Process begun = startPatiently(server);
    begun.getOutputStream().close();
    return begun;
  }

  /**
   * A child that another thread forks inherits, until its exec, the descriptor through which the
   * executable was written; until then the system answers "text file busy".
   */
  @SuppressWarnings("ThreadPriorityCheck") // there is nothing to wait for but the other thread
  static Process startPatiently(ProcessBuilder server) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return server.start();
      } catch (IOException e) {
        boolean busy = String.valueOf(e.getMessage()).contains("error=26");
        if (!busy || attempt == 100) {
          throw e;
        }
        Thread.yield();
      }
    }
  }

  /** False if it ended, or is not ready in time, or the thread is interrupted. */
  boolean becomesReady(BooleanSupplier isReady) {
    Process started = running();
    long begun = System.nanoTime();
    try {
      while (System.nanoTime() - begun < STARTS_WITHIN.toNanos()) {
        if (isReady.getAsBoolean()) {
          return true;
        }
        if (started.waitFor(10, MILLISECONDS)) {
          return false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** What to throw when it did not become ready; what is left of it is killed. */
  IllegalStateException notStarted(String where, List<String> settings) {
    Process started = running();
    String fate =
        started.isAlive() ? "gave no answer" : "ended with exit code " + started.exitValue();
    kill();
    return new IllegalStateException(
        "%s did not start %s: it %s. Settings: %s. Its last lines:\n  %s"
            .formatted(name, where, fate, settings, lastLines()));
  }

  synchronized long pid() {
    return running().pid();
  }

  synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Kills all of its processes (SIGKILL) and waits until they are gone, unless it is closed. */
  synchronized void kill() {
    if (!closed) {
      endAll();
    }
  }

  private void endAll() {
    Process killed = process;
    if (killed == null) {
      return;
    }
    List<ProcessHandle> all = paused.isEmpty() ? frozen(killed) : paused;
    all.forEach(ProcessHandle::destroyForcibly);
    killed.destroyForcibly();
    Waiting.forEnd(killed);
    gone(all);
  }

  /** Asks it to end with a signal, waits until it is gone, and kills it if it does not go. */
  synchronized void stop(String signal) {
    Process stopped = process;
    if (stopped == null || !stopped.isAlive() || !paused.isEmpty()) {
      kill();
      return;
    }
    List<ProcessHandle> all = stopped.descendants().toList();
    Signals.send(signal, stopped);
    try {
      if (!stopped.waitFor(ENDS_WITHIN.toMillis(), MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
    gone(all);
  }

  /** Stops all of its processes where they stand. */
  synchronized void pause() {
    Process stopped = running();
    Signals.send("STOP", stopped); // or else it is refused
    paused = frozen(stopped);
    paused.forEach(one -> Signals.send("STOP", one.pid()));
    guard(Stream.concat(Stream.of(stopped.toHandle()), paused.stream()).toList());
  }

  /** Lets paused processes go on. */
  synchronized void resume() {
    Process stopped = running();
    paused.forEach(one -> Signals.send("CONT", one.pid()));
    paused = List.of();
    Signals.send("CONT", stopped);
    guard(List.of(stopped.toHandle()));
  }

  /** What it has said since it was started last. */
  String output() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      return "(its output could not be read: " + e + ")";
    }
  }

  /** Kills it, waits for its end and deletes its directory. Closing again does nothing. */
  @Override
  public void close() {
    cleanUp();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException theJvmIsEnding) {
      // the hook finds nothing left to do
    }
  }

  private synchronized void cleanUp() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      endAll();
    } finally {
      watchdog.close();
      Directories.delete(directory);
    }
  }

  /** Its children, of which there will be no more: it is stopped before they are counted. */
  private static List<ProcessHandle> frozen(Process parent) {
    try {
      Signals.send("STOP", parent);
    } catch (IllegalStateException e) {
      if (parent.isAlive()) {
        throw e;
      }
    }
    return parent.descendants().toList();
  }

  private void gone(List<ProcessHandle> all) {
    paused = List.of();
    Waiting.until(
        ENDS_WITHIN, "the end of " + name, () -> all.stream().allMatch(ServerProcess::isGone));
    try {
      watchdog.guardNone(); // the process ids may be others' from now on
    } catch (IOException e) {
      throw new UncheckedIOException("the watchdog of " + directory + " is gone", e);
    }
  }

  /** A process that nobody waits for stays in the table, with nothing left of it but its number. */
  static boolean isGone(ProcessHandle one) {
    try {
      return !one.isAlive()
          || Files.readString(Path.of("/proc/" + one.pid() + "/stat")).contains(") Z ");
    } catch (IOException e) {
      return !one.isAlive();
    }
  }

  private void guard(List<ProcessHandle> all) {
    try {
      watchdog.guard(all.stream().map(ProcessHandle::pid).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("the watchdog of " + directory + " is gone", e);
    }
  }

  private Process running() {
    Process there = process;
    if (there == null) {
      throw new IllegalStateException("This server was never started.");
    }
    return there;
  }

  /** Of what fails early and then gives much advice. */
  private String firstLines() {
    return output().lines().limit(LINES).collect(Collectors.joining("\n  "));
  }

  private String lastLines() {
    List<String> lines = output().lines().toList();
    return String.join("\n  ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }

  private Path log() {
    return directory.resolve("output.log");
  }
}
