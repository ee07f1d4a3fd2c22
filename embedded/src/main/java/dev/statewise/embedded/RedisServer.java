package dev.statewise.embedded;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;

/**
 * A real redis-server, a process of its own on a free loopback port.
 *
 * <p>It keeps nothing on disk unless told to, in a directory of its own below {@code
 * java.io.tmpdir}. The executable is the one that comes with the build (Redis 7.0.15 for Linux and
 * macOS, statically linked), or the one that the system property {@code statewise.redis.exe} names.
 *
 * <p>Nothing is left behind. {@link #close} stops the process and deletes the directory; a shutdown
 * hook does so when the JVM ends without it (the end of {@code main}, an exception, Ctrl-C,
 * SIGTERM); a watchdog process does so when the JVM dies of a SIGKILL or a crash. Only a SIGKILL of
 * the whole process group, watchdog and all, leaves a directory named {@code statewise-redis-…}.
 *
 * <p>Safe for use by several threads.
 */
public final class RedisServer implements AutoCloseable {
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 10;
  private static final int LAST_LINES = 15;

  private static final Duration FOLLOWS_WITHIN = Duration.ofSeconds(60);

  private final List<String> arguments;
  private final List<String> sentinelConfiguration;
  private final Path directory;
  private final Path executable;
  private final Watchdog watchdog;
  private final Thread hook = new Thread(this::cleanUp, "statewise-redis-cleanup");
  private int port;
  private Process process;
  private boolean closed;

  private RedisServer(
      Path directory,
      IntSupplier freePorts,
      List<String> arguments,
      List<String> sentinelConfiguration)
      throws IOException {
    this.arguments = arguments;
    this.sentinelConfiguration = sentinelConfiguration;
    this.directory = directory;
    this.watchdog = Watchdog.over(directory);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      this.executable = ServerBinary.in(directory);
      Files.write(configuration(), sentinelConfiguration);
      this.process = startOnAFreePort(freePorts);
    } catch (IOException | RuntimeException e) {
      cleanUp();
      forgetHook();
      throw e;
    }
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param arguments more of redis-server's own, each word by itself: {@code "--maxmemory",
   *     "10mb"}. They override what this class sets: {@code --save "" --appendonly no --bind
   *     127.0.0.1 --repl-diskless-sync-delay 0 --loglevel warning}, {@code --dir} and {@code
   *     --port}
   * @throws IllegalStateException if there is no server for this system, see {@link
   *     #whyUnavailable}, or it did not start; the message has its last lines
   */
  public static RedisServer start(String... arguments) {
    return start(Ports::free, arguments);
  }

  static RedisServer start(IntSupplier freePorts, String... arguments) {
    return start(freePorts, List.of(arguments), List.of());
  }

  /** A server that is a sentinel, with these lines in its configuration file. */
  static RedisServer startSentinel(List<String> configuration) {
    return start(Ports::free, List.of(), configuration);
  }

  private static RedisServer start(
      IntSupplier freePorts, List<String> arguments, List<String> sentinelConfiguration) {
    whyUnavailable()
        .ifPresent(
            reason -> {
              throw new IllegalStateException(reason);
            });
    try {
      Path directory = Files.createTempDirectory("statewise-redis-").toAbsolutePath();
      return startIn(directory, freePorts, arguments, sentinelConfiguration);
    } catch (IOException e) {
      throw new UncheckedIOException("redis-server could not be laid out or run", e);
    }
  }

  private static RedisServer startIn(
      Path directory,
      IntSupplier freePorts,
      List<String> arguments,
      List<String> sentinelConfiguration)
      throws IOException {
    try {
      return new RedisServer(directory, freePorts, arguments, sentinelConfiguration);
    } catch (IOException | RuntimeException | Error e) {
      Directories.delete(directory); // there may be no watchdog yet that would
      throw e;
    }
  }

  /**
   * Starts a replica of this server and waits until it follows it. It is a server of its own:
   * closing either leaves the other.
   *
   * @param more of redis-server's own arguments; if this server has a password, the replica is
   *     given it
   * @throws IllegalStateException if it did not start, or does not follow within a minute
   */
  public RedisServer startReplica(String... more) {
    List<String> all = new ArrayList<>(List.of("--replicaof", host() + " " + port()));
    if (!password().isEmpty()) {
      all.addAll(List.of("--masterauth", password(), "--requirepass", password()));
    }
    all.addAll(List.of(more));
    RedisServer replica = start(all.toArray(String[]::new));
    try {
      Waiting.until(FOLLOWS_WITHIN, "the replica to follow its master", replica::isFollowing);
      return replica;
    } catch (RuntimeException | Error e) {
      replica.close();
      throw e;
    }
  }

  private boolean isFollowing() {
    return Resp.text(this, "INFO", "replication").contains("master_link_status:up\r\n");
  }

  /**
   * One line on why {@link #start} cannot work here and what to do about it; empty if it can. There
   * is no bundled server for Windows, for instance.
   */
  public static Optional<String> whyUnavailable() {
    return ServerBinary.whyUnavailable();
  }

  /** Always {@code 127.0.0.1}. */
  public String host() {
    return "127.0.0.1";
  }

  /** The same for this server's whole life, restarts included. */
  public synchronized int port() {
    return port;
  }

  /** For example {@code redis://127.0.0.1:6379}. */
  public URI uri() {
    return URI.create("redis://" + host() + ":" + port());
  }

  /** What {@code --requirepass} said, or nothing. */
  String password() {
    int at = arguments.lastIndexOf("--requirepass");
    return at < 0 ? "" : arguments.get(at + 1);
  }

  /** For example {@code 7.0.15}, as the executable reports it. */
  public String version() {
    return ServerBinary.version(executable);
  }

  /** The process id; after {@link #kill} or {@link #close}, that of the process that was. */
  public synchronized long pid() {
    return process.pid();
  }

  /** Whether the process lives; a paused one does. */
  public synchronized boolean isRunning() {
    return process.isAlive();
  }

  /**
   * Kills the process as a crash would (SIGKILL) and waits until it is gone. What was not on disk
   * is lost. Does nothing if it is not running.
   */
  public synchronized void kill() {
    if (!closed) {
      stop();
    }
  }

  /**
   * Stops the process where it stands (SIGSTOP): connections stay open, new ones are accepted by
   * the system, no answer comes.
   */
  public synchronized void pause() {
    Signals.send("STOP", process);
  }

  /** Lets a paused process go on (SIGCONT); what was sent to it meanwhile is answered. */
  public synchronized void resume() {
    Signals.send("CONT", process);
  }

  /**
   * Kills the process, if it runs, and starts another on the same port, in the same directory and
   * with the same arguments. It knows what persistence kept: by default nothing.
   *
   * @throws IllegalStateException if this was closed, or the server did not start
   */
  public synchronized void restart() {
    if (closed) {
      throw new IllegalStateException(
          "This server was closed and its directory is gone. Start another.");
    }
    stop();
    try {
      Files.deleteIfExists(log());
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException("redis-server could not be run again", e);
    }
    if (!becomesReady(process)) {
      throw notStarted("on its port again, " + port);
    }
  }

  /** Kills the process, waits for its end and deletes its directory. Closing again does nothing. */
  @Override
  public void close() {
    cleanUp();
    forgetHook();
  }

  private synchronized void cleanUp() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      stop();
    } finally {
      watchdog.close();
      Directories.delete(directory);
    }
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException theJvmIsEnding) {
      // the hook finds nothing left to do
    }
  }

  private void stop() {
    if (process == null) {
      return;
    }
    List<ProcessHandle> writers = process.descendants().toList(); // of snapshots, for replicas
    process.destroyForcibly();
    Waiting.forEnd(process);
    writers.forEach(ProcessHandle::destroyForcibly);
    try {
      watchdog.guardNone(); // the process id may be another's from now on
    } catch (IOException e) {
      throw new UncheckedIOException("the watchdog of " + directory + " is gone", e);
    }
  }

  private Process startOnAFreePort(IntSupplier freePorts) throws IOException {
    OptionalInt wanted = wantedPort();
    for (int attempt = 1; ; attempt++) {
      port = wanted.isPresent() ? wanted.getAsInt() : freePorts.getAsInt();
      process = launch();
      if (becomesReady(process)) {
        return process;
      }
      boolean portWasTaken = wanted.isEmpty() && output().contains("in use");
      if (!portWasTaken || attempt == ATTEMPTS) {
        throw notStarted("on port " + port);
      }
    }
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>(List.of(executable.toString()));
    command.addAll(isSentinel() ? sentinelSettings() : serverSettings());
    command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--daemonize", "no", "--dir", directory.toString()));
    command.addAll(arguments);
    ProcessBuilder server = new ProcessBuilder(command).directory(directory.toFile());
    server.redirectErrorStream(true).redirectOutput(Redirect.to(log().toFile()));
    Process launched = ServerProcess.startPatiently(server);
    watchdog.guard(launched.pid());
    launched.getOutputStream().close();
    return launched;
  }

  private boolean isSentinel() {
    return !sentinelConfiguration.isEmpty();
  }

  private List<String> sentinelSettings() {
    return List.of(configuration().toString(), "--sentinel");
  }

  private static List<String> serverSettings() {
    return List.of(
        "--save",
        "",
        "--appendonly",
        "no",
        "--repl-diskless-sync-delay",
        "0",
        "--loglevel",
        "warning");
  }

  private boolean becomesReady(Process started) {
    long begun = System.nanoTime();
    try {
      while (System.nanoTime() - begun < STARTS_WITHIN.toNanos()) {
        if (Readiness.answers(port, started.pid())) {
          return true;
        }
        if (started.waitFor(5, MILLISECONDS)) {
          return false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private IllegalStateException notStarted(String where) throws UncheckedIOException {
    String fate =
        process.isAlive() ? "gave no answer" : "ended with exit code " + process.exitValue();
    stop();
    List<String> lines = output().lines().toList();
    String last =
        String.join("\n  ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    return new IllegalStateException(
        "redis-server did not start %s: it %s. Arguments: %s. Its last lines:\n  %s"
            .formatted(where, fate, arguments, last));
  }

  private String output() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      return "(its output could not be read: " + e + ")";
    }
  }

  private Path log() {
    return directory.resolve("output.log");
  }

  private Path configuration() {
    return directory.resolve("sentinel.conf"); // which the sentinel itself rewrites
  }

  private OptionalInt wantedPort() {
    int at = arguments.lastIndexOf("--port");
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(arguments.get(at + 1)));
  }
}
