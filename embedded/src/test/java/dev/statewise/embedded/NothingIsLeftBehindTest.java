package dev.statewise.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NothingIsLeftBehindTest {
  @TempDir Path temporary;

  @BeforeAll
  static void aServerIsAvailable() {
    assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElseThrow());
  }

  @ParameterizedTest(name = "no process and no file MUST be left when the program ends by: {0}")
  @ValueSource(strings = {"return", "exit", "throw", "halt"})
  void endsByItself(String end) throws Exception {
    Process program = start(end);

    long server = pidOfItsServer(program);
    program.waitFor();

    assertNothingIsLeft(server);
  }

  @ParameterizedTest(
      name = "no process and no file MUST be left when the program is sent the signal {0}")
  @ValueSource(strings = {"INT", "TERM", "HUP", "KILL"})
  void isKilled(String signal) throws Exception {
    Process program = start("wait");
    long server = pidOfItsServer(program);
    List<Path> whileItRan = left();

    new ProcessBuilder("kill", "-" + signal, Long.toString(program.pid())).start().waitFor();
    boolean ended = program.waitFor(60, TimeUnit.SECONDS);
    program.destroyForcibly();

    // As a program of nohup's does, and all that it starts.
    assumeTrue(
        ended, () -> "this process was started to ignore " + signal + ", so nothing ends by it");
    assertThat(whileItRan).hasSize(1);
    assertNothingIsLeft(server);
  }

  @Test
  @DisplayName("a paused server MUST NOT be left when the program is killed")
  void isKilledWhileItsServerIsPaused() throws Exception {
    Process program = start("wait");
    long server = pidOfItsServer(program);

    new ProcessBuilder("kill", "-STOP", Long.toString(server)).start().waitFor();
    program.destroyForcibly();

    assertNothingIsLeft(server);
  }

  @ParameterizedTest(
      name = "no process and no file of {1} MUST be left when the program ends by: {0}")
  @CsvSource({"return, postgres", "KILL, postgres", "KILL, postgres-paused", "KILL, mariadb"})
  void leavesNoDatabase(String end, String database) throws Exception {
    Optional<String> unavailable =
        database.equals("mariadb")
            ? MariaDbServer.whyUnavailable()
            : PostgresServer.whyUnavailable();
    assumeTrue(unavailable.isEmpty(), unavailable::orElseThrow);
    Process program = start(end, database, "-Dnothing=more");

    long server = pidOfItsServer(program);
    List<ProcessHandle> children =
        ProcessHandle.of(server).stream().flatMap(ProcessHandle::descendants).toList();
    if (end.equals("KILL")) {
      program.destroyForcibly();
    }
    program.waitFor();

    assertNothingIsLeft(server);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> children.stream().allMatch(ServerProcess::isGone));
  }

  @Test
  @DisplayName("no file MUST be left when not one process can be started")
  void startsNothing() throws Exception {
    Process program = start("wait", "redis", "-Djdk.lang.Process.launchMechanism=NONE");

    int exitCode = program.waitFor();

    assertThat(exitCode).isNotZero();
    assertThat(left()).isEmpty();
  }

  private Process start(String end) throws IOException {
    return start(end, "redis", "-Dnothing=more");
  }

  private Process start(String end, String server, String option) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            option,
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + temporary,
            "-D%s=%s"
                .formatted(ServerBinary.PROPERTY, System.getProperty(ServerBinary.PROPERTY, "")),
            "-D%s=%s"
                .formatted(
                    MariaDbBinaries.PROPERTY, System.getProperty(MariaDbBinaries.PROPERTY, "")),
            "-cp",
            System.getProperty("java.class.path"),
            StartsAServer.class.getName(),
            end,
            server)
        .redirectError(Redirect.DISCARD)
        .start();
  }

  private static long pidOfItsServer(Process program) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(program.getInputStream(), UTF_8));
    String line = output.readLine();
    assertThat(line).as("the program's first line").isNotNull();
    return Long.parseLong(line);
  }

  private void assertNothingIsLeft(long server) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(left()).isEmpty();
              assertThat(ProcessHandle.of(server).filter(ProcessHandle::isAlive)).isEmpty();
            });
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(file -> file.getFileName().toString().startsWith("statewise")).toList();
    }
  }
}
