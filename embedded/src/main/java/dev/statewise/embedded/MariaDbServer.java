package dev.statewise.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * A real MariaDB or MySQL, a process of its own on a free loopback port, with an empty database
 * {@code statewise} and a user {@code statewise}, who may do everything and needs no password.
 *
 * <p>None comes with the build: it runs the {@code mariadbd} or {@code mysqld} that is installed,
 * or the one that the system property {@code statewise.mariadb.exe} names. Ask {@link
 * #whyUnavailable} before.
 *
 * <p>What was acknowledged outlives {@link #kill}; it would not outlive a power failure, since
 * {@code innodb_flush_log_at_trx_commit} is 2 unless asked for otherwise.
 *
 * <p>Nothing is left behind, as {@link RedisServer} says. Safe for use by several threads.
 */
public final class MariaDbServer extends DatabaseServer {
  private static final Pattern VERSION = Pattern.compile("\\bVer\\s+(\\S+)");
  private static final int PATIENCE_MILLIS = 1_000;
  private static final byte PROTOCOL = 10; // the fifth byte of what it greets with
  private static final Set<String> OURS =
      Set.of("port", "datadir", "bind-address", "socket", "pid-file", "init-file");

  private final Path executable;

  private MariaDbServer(Path executable, List<String> settings, IntSupplier freePorts)
      throws IOException {
    super("MariaDB", "mariadb", settings);
    this.executable = executable;
    begin(freePorts);
  }

  /**
   * Starts a server on an empty database and waits until it takes connections.
   *
   * @param settings more of the server's own, each {@code name=value}: {@code
   *     "max_connections=20"}. They override what this class sets
   * @throws IllegalArgumentException if a setting has no value, or is one that this class decides:
   *     where the server listens and where its data lie
   * @throws IllegalStateException if there is none, see {@link #whyUnavailable}, or it did not
   *     start; the message has its last lines
   */
  public static MariaDbServer start(String... settings) {
    return start(Ports::free, settings);
  }

  static MariaDbServer start(IntSupplier freePorts, String... settings) {
    List<String> theirs = List.of(settings);
    return started(
        "MariaDB",
        theirs,
        OURS,
        whyUnavailable(),
        () -> new MariaDbServer(MariaDbBinaries.server(), theirs, freePorts));
  }

  /** One line on why {@link #start} cannot work here and what to do about it; empty if it can. */
  public static Optional<String> whyUnavailable() {
    return MariaDbBinaries.whyUnavailable();
  }

  /** The user's name, {@code statewise}; there is no password. */
  public String user() {
    return "statewise";
  }

  @Override
  String jdbcUrl(int reachedAt) {
    return "jdbc:mariadb://%s:%d/statewise?user=%s".formatted(host(), reachedAt, user());
  }

  /** For example {@code 10.11.18-MariaDB-0+deb12u1}, as the executable reports it. */
  public String version() {
    return Versions.of(executable, VERSION);
  }

  /** Ends it in order, if it is running. */
  public void stop() {
    server().stop("TERM");
  }

  @Override
  void initialise() throws IOException {
    Optional<Path> installer = MariaDbBinaries.installer(executable);
    List<String> command = new ArrayList<>();
    command.add(installer.orElse(executable).toString());
    command.addAll(List.of("--no-defaults", "--datadir=" + data()));
    command.add("--basedir=" + MariaDbBinaries.base(executable));
    command.addAll(asWhom());
    command.addAll(
        installer.isPresent()
            ? List.of("--auth-root-authentication-method=normal", "--skip-test-db")
            : List.of("--initialize-insecure"));
    server().run(command);
    Files.writeString(
        initFile(),
        """
        CREATE DATABASE IF NOT EXISTS statewise;
        CREATE USER IF NOT EXISTS statewise@'127.0.0.1';
        CREATE USER IF NOT EXISTS statewise@localhost;
        GRANT ALL ON *.* TO statewise@'127.0.0.1' WITH GRANT OPTION;
        GRANT ALL ON *.* TO statewise@localhost WITH GRANT OPTION;
        """);
  }

  @Override
  List<String> command() {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(executable.toString(), "--no-defaults", "--datadir=" + data()));
    command.add("--basedir=" + MariaDbBinaries.base(executable));
    command.addAll(asWhom());
    command.addAll(List.of("--innodb-flush-log-at-trx-commit=2", "--loose-mysqlx=OFF"));
    settings().forEach(setting -> command.add("--" + setting));
    command.addAll(List.of("--bind-address=" + host(), "--port=" + port(), "--socket=server.sock"));
    command.addAll(List.of("--pid-file=" + pidFile(), "--init-file=" + initFile()));
    return command;
  }

  private static List<String> asWhom() {
    return Unprivileged.isRoot() ? List.of("--user=root") : List.of();
  }

  /** It binds its port, then writes its number down, then greets who connects. */
  @Override
  boolean isReady() {
    try {
      String pid = Files.readString(pidFile(), US_ASCII).strip();
      return pid.equals(Long.toString(pid())) && greets();
    } catch (IOException notYet) {
      return false;
    }
  }

  private boolean greets() throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), PATIENCE_MILLIS);
      byte[] greeting = socket.getInputStream().readNBytes(5);
      return greeting.length == 5 && greeting[4] == PROTOCOL;
    }
  }

  @Override
  Path pidFile() {
    return server().directory().resolve("server.pid");
  }

  private Path initFile() {
    return server().directory().resolve("init.sql");
  }
}
