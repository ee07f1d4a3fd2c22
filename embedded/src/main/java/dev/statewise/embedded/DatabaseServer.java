package dev.statewise.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * What servers of databases have in common: each has processes and a directory of its own, and one
 * loopback port for its whole life. A make says how it is laid out, launched and found ready.
 */
abstract sealed class DatabaseServer implements AutoCloseable
    permits MariaDbServer, PostgresServer {
  private static final int ATTEMPTS = 10;

  private final String make;
  private final List<String> settings;
  private final ServerProcess server;
  private int port;

  /**
   * @param executable its name, for messages
   */
  DatabaseServer(String make, String executable, List<String> settings) throws IOException {
    this.make = make;
    this.settings = settings;
    this.server = new ServerProcess(executable);
  }

  /** Makes one that is running. */
  interface Starting<S> {
    S start() throws IOException;
  }

  /**
   * @param ours the settings that the make decides by itself
   * @param whyNot it cannot be started
   */
  static <S> S started(
      String make,
      List<String> settings,
      Set<String> ours,
      Optional<String> whyNot,
      Starting<S> starting) {
    settings.forEach(setting -> Settings.requireOneOfTheirs(setting, ours));
    whyNot.ifPresent(
        reason -> {
          throw new IllegalStateException(reason);
        });
    try {
      return starting.start();
    } catch (IOException e) {
      throw new UncheckedIOException(make + " could not be laid out or run", e);
    }
  }

  /** The end of a constructor: nothing is left behind if it fails. */
  final void begin(IntSupplier freePorts) throws IOException {
    try {
      initialise();
      startOnAFreePort(freePorts);
    } catch (IOException | RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  /** Lays out an empty database. */
  abstract void initialise() throws IOException;

  /** What launches it on its port. */
  abstract List<String> command();

  /** Where it writes its number down. */
  abstract Path pidFile();

  /** Whether this very process takes connections. */
  abstract boolean isReady();

  abstract String jdbcUrl(int reachedAt);

  /** Always {@code 127.0.0.1}. */
  public String host() {
    return "127.0.0.1";
  }

  /** The same for this server's whole life, restarts included. */
  public synchronized int port() {
    return port;
  }

  /** For a connection of the {@code user()} to the empty database. */
  public String jdbcUrl() {
    return jdbcUrl(port());
  }

  /** As {@link #jdbcUrl()}, by way of a proxy to this server. */
  public String jdbcUrl(TcpProxy proxy) {
    return jdbcUrl(proxy.port());
  }

  /**
   * Of the process, or the one that starts the others; after {@link #kill}, of the one that was.
   */
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
      throw new UncheckedIOException(make + " could not be run again", e);
    }
    if (!server.becomesReady(this::isReady)) {
      throw server.notStarted("on its port again, " + port, settings);
    }
  }

  /** Ends it, waits for its end and deletes its data. Closing again does nothing. */
  @Override
  public void close() {
    server.close();
  }

  final ServerProcess server() {
    return server;
  }

  final List<String> settings() {
    return settings;
  }

  final Path data() {
    return server.directory().resolve("data");
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
    server.launch(command());
  }
}
