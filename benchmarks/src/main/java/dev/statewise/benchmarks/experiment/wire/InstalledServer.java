package dev.statewise.benchmarks.experiment.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server that is probed where its executable is found: a process of its own on a port of its own,
 * with the least configuration that makes it answer, in a temporary folder that goes with it.
 *
 * @param executable what to look for
 * @param versionOption what makes it print its version
 * @param configuration its file's content, by folder and port
 * @param arguments by folder and configuration file
 */
record InstalledServer(
    String name,
    String executable,
    String versionOption,
    BiFunction<Path, Integer, String> configuration,
    BiFunction<Path, Path, List<String>> arguments)
    implements ProbedServer {

  /** Where a system keeps servers that are not on everybody's path. */
  private static final List<String> BESIDES = List.of("/usr/sbin", "/usr/local/sbin");

  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+\\S*");
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration TO_STOP = Duration.ofSeconds(2);

  static List<ProbedServer> all() {
    return List.of(nginx(), haproxy(), node());
  }

  private static InstalledServer nginx() {
    return new InstalledServer(
        "nginx",
        "nginx",
        "-v",
        (folder, port) ->
            """
            daemon off;
            master_process off;
            pid %1$s/pid;
            error_log stderr crit;
            events {}
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              server {
                listen 127.0.0.1:%2$d;
                location / { return 200; }
              }
            }
            """
                .formatted(folder, port),
        (folder, file) -> List.of("-p", folder.toString(), "-c", file.toString()));
  }

  private static InstalledServer haproxy() {
    return new InstalledServer(
        "haproxy",
        "haproxy",
        "-v",
        (folder, port) ->
            """
            defaults
              mode http
              timeout client 5s
              timeout server 5s
              timeout connect 5s
            frontend probed
              bind 127.0.0.1:%d
              http-request return status 200
            """
                .formatted(port),
        (folder, file) -> List.of("-db", "-q", "-f", file.toString()));
  }

  private static InstalledServer node() {
    return new InstalledServer(
        "node",
        "node",
        "--version",
        (folder, port) ->
            """
            require('http')
              .createServer((request, response) => response.end())
              .listen(%d, '127.0.0.1');
            """
                .formatted(port),
        (folder, file) -> List.of(file.toString()));
  }

  @Override
  public Kind kind() {
    return Kind.INSTALLED;
  }

  @Override
  public Running start(Duration within) throws IOException {
    Path found =
        find().orElseThrow(() -> new IOException("no %s is installed here".formatted(executable)));
    Path folder = Files.createTempDirectory("statewise-" + name);
    try {
      return start(found, folder, System.nanoTime() + within.toNanos());
    } catch (IOException e) {
      delete(folder);
      throw e;
    }
  }

  private Running start(Path found, Path folder, long deadline) throws IOException {
    String version = version(found, deadline);
    int port = freePort();
    Path file = folder.resolve("probed.conf");
    Files.writeString(file, configuration.apply(folder, port), UTF_8);
    Process process = process(found, arguments.apply(folder, file)).start();
    try {
      awaitPort(process, port, deadline);
    } catch (IOException e) {
      stop(process);
      throw e;
    }
    return new Running(
        version,
        port,
        () -> {
          stop(process);
          delete(folder);
        });
  }

  private Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), BESIDES.stream())
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, executable))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static ProcessBuilder process(Path found, List<String> arguments) {
    return new ProcessBuilder(
            Stream.concat(Stream.of(found.toString()), arguments.stream()).toList())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  private String version(Path found, long deadline) throws IOException {
    Path output = Files.createTempFile("statewise-" + name, ".version");
    try {
      Process process =
          process(found, List.of(versionOption)).redirectOutput(output.toFile()).start();
      awaitEnd(process, deadline);
      Matcher version = VERSION.matcher(Files.readString(output));
      return version.find() ? version.group() : "unknown";
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static void awaitEnd(Process process, long deadline) throws IOException {
    try {
      if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        process.destroyForcibly();
        throw new IOException("it does not say its version in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Free a moment ago: if somebody takes it first, the server does not start, and says nothing. */
  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static void awaitPort(Process process, int port, long deadline) throws IOException {
    while (System.nanoTime() < deadline) {
      if (listens(port)) {
        return;
      }
      try {
        if (process.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException("it ends at once, with code %d".formatted(process.exitValue()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    throw new IOException("it does not listen in time");
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PAUSE.toMillis());
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // What is left is in the system's folder for temporary files, which it clears itself.
      return;
    }
  }
}
