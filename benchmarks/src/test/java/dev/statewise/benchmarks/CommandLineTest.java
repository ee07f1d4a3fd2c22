package dev.statewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.DishonestSessions;
import dev.statewise.benchmarks.arm.ForgetfulPeer;
import dev.statewise.benchmarks.arm.Lie;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Peers;
import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import dev.statewise.benchmarks.run.Target;
import dev.statewise.embedded.PostgresServer;
import dev.statewise.embedded.RedisServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import redis.clients.jedis.Jedis;

class CommandLineTest {

  /** Names another PostgreSQL than the one that comes with the build. */
  private static final String POSTGRES_HOME = "statewise.postgres.home";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  @DisplayName(
      "A comparison of counts MUST write a run that follows the schema, with each arm and exact counts")
  void counts() throws IOException {
    assumeRedis();

    int code =
        execute(
            Arms.all(),
            Peers.besideTheJar(InstantSource.system()),
            "compare",
            "--tier",
            "smoke",
            "--only",
            "E6,E8",
            "--out",
            folder.toString());

    assertThat(code).as(() -> err.toString() + out).isZero();
    Run run = RunFile.read(folder.resolve("run.json"));
    Experiment e6 = run.experiment("E6").orElseThrow();
    Map<String, String> validate = Map.of("operation", "validate");
    assertThat(e6.value("redis", validate, "commands")).contains(1.0);
    assertThat(e6.value("redis", validate, "roundTrips")).contains(1.0);
    assertThat(e6.value("hybrid", validate, "roundTrips")).contains(1.0);
    assertThat(e6.value("memory", validate, "commands")).contains(0.0);
    assertThat(e6.value("redis-touch-always", validate, "roundTrips")).contains(2.0);
    assertThat(e6.value("redis-near", validate, "roundTrips")).contains(0.0);
    assertThat(e6.value("hybrid-local", validate, "roundTrips")).contains(0.0);
    assertThat(e6.value("jdbc-h2", validate, "commands")).contains(1.0);
    assertThat(e6.value("jdbc-h2", validate, "roundTrips")).contains(0.0);
    assertThat(e6.value("object-s3", validate, "roundTrips")).contains(1.0);
    if (PostgresServer.whyUnavailable().isEmpty()) {
      assertThat(e6.value("jdbc-postgres", validate, "commands")).contains(1.0);
      assertThat(e6.value("jdbc-postgres", validate, "roundTrips")).contains(1.0);
    }
    assertThat(run.targets())
        .filteredOn(target -> target.outcome() == Target.Outcome.MET)
        .extracting(Target::id)
        .containsExactly("T6a", "T7", "T9", "T11a", "T11b");
    assertThat(run.targets()).noneMatch(target -> target.outcome() == Target.Outcome.MISSED);
    assertThat(out.toString()).contains("met          T6a");
    Map<String, String> change = Map.of("operation", "validate-save");
    assertThat(e6.value("redis", change, "roundTrips")).contains(2.0);
    assertThat(e6.value("peer-spring-redis", change, "roundTrips")).contains(4.0);
    assertThat(e6.value("peer-spring-redis-indexed", change, "roundTrips")).contains(7.0);
    assertThat(e6.value("peer-jedis-csc", validate, "roundTrips")).contains(0.0);
    for (Arm arm : Arms.all()) {
      assertThat(e6.arm(arm.name(), validate)).as(arm.name()).isPresent();
      assertThat(run.experiment("E8").orElseThrow().arm(arm.name(), Map.of("profile", "typ")))
          .as(arm.name())
          .isPresent();
    }
    Experiment e8 = run.experiment("E8").orElseThrow();
    assertThat(e8.value("redis", idLine(), "bytes")).contains(60.0);
    assertThat(e8.value("jwt-hs256-iss20", ownClaims(), "bytes"))
        .hasValueSatisfying(bytes -> assertThat(bytes).isLessThanOrEqualTo(380));
    assertThat(e8.arm("jwt-ps256", ownClaims())).isPresent();
    assertThat(e8.arm("jwt-hs256", Map.of("profile", "g200")).orElseThrow().metrics().get(0))
        .extracting("reason")
        .asString()
        .contains("of which attribute 'groups' with");
    assertThat(run.invariants())
        .noneMatch(invariant -> invariant.outcome() == Invariant.Outcome.BROKEN);
    assertThat(execute(Arms.all(), "validate", folder.resolve("run.json").toString())).isZero();
  }

  @Test
  @DisplayName(
      "A dishonest arm MUST make the run INVALID, exit 3, and not be measured; a report MUST be written")
  void dishonest() throws IOException {
    List<Arm> arms = List.of(Arms.all().get(0), DishonestSessions.arm(Lie.ACCEPTS_EXPIRED));

    int code =
        execute(arms, "compare", "--tier", "smoke", "--only", "E8", "--out", folder.toString());

    assertThat(code).isEqualTo(3);
    Run run = RunFile.read(folder.resolve("run.json"));
    assertThat(run.run().status()).isEqualTo(Run.Status.INVALID);
    assertThat(run.invariants())
        .filteredOn(invariant -> invariant.outcome() == Invariant.Outcome.BROKEN)
        .extracting(Invariant::id)
        .containsExactly("I5");
    Experiment e8 = run.experiment("E8").orElseThrow();
    assertThat(e8.value("memory", idLine(), "bytes")).contains(60.0);
    assertThat(e8.value("dishonest", idLine(), "bytes")).isEmpty();
    assertThat(folder.resolve("report.html")).exists();
  }

  @Test
  @DisplayName(
      "A server that does not start MUST be among the exceptions with the reason, and the rest of the run go on")
  void serverThatDoesNotStart() throws IOException {
    Path broken = folder.resolve("broken");
    Path bin = Files.createDirectories(broken.resolve("bin"));
    for (String program : List.of("postgres", "initdb")) {
      Path executable = Files.writeString(bin.resolve(program), "#!/bin/sh\nexit 7\n");
      assertThat(executable.toFile().setExecutable(true)).isTrue();
    }
    List<Arm> arms =
        Arms.all().stream()
            .filter(arm -> List.of("memory", "jdbc-h2", "jdbc-postgres").contains(arm.name()))
            .toList();
    System.setProperty(POSTGRES_HOME, broken.toString());
    try {
      int code =
          execute(arms, "compare", "--tier", "smoke", "--only", "E6", "--out", folder.toString());

      assertThat(code).as(() -> err.toString() + out).isZero();
    } finally {
      System.clearProperty(POSTGRES_HOME);
    }
    Run run = RunFile.read(folder.resolve("run.json"));
    Map<String, String> validate = Map.of("operation", "validate");
    Experiment e6 = run.experiment("E6").orElseThrow();
    assertThat(run.exceptions())
        .singleElement()
        .asString()
        .startsWith("jdbc-postgres was left out: PostgreSQL could not be started (")
        .contains("exit code 7")
        .hasLineCount(1);
    assertThat(e6.value("jdbc-h2", validate, "commands")).contains(1.0);
    assertThat(e6.arm("jdbc-postgres", validate).orElseThrow().metric("commands"))
        .hasValueSatisfying(
            commands -> assertThat(commands.reason()).contains("could not be started"));
    assertThat(run.env())
        .hasEntrySatisfying("postgres", fact -> assertThat(fact.text()).contains("exit code 7"));
    assertThat(run.run().status()).isEqualTo(Run.Status.OK);
  }

  @Test
  @DisplayName(
      "A peer that fails its gate MUST be left out with the reason, and not make the run INVALID")
  void forgetfulPeer() throws IOException {
    assumeRedis();
    List<PeerArm> peers = List.of(ForgetfulPeer.arm(ForgetfulPeer.Forgets.TO_END));

    int code =
        execute(
            List.of(Arms.all().get(0)),
            peers,
            "compare",
            "--tier",
            "smoke",
            "--only",
            "E6",
            "--out",
            folder.toString());

    assertThat(code).as(() -> err.toString() + out).isZero();
    Run run = RunFile.read(folder.resolve("run.json"));
    assertThat(run.exceptions())
        .singleElement()
        .asString()
        .contains("peer-forgetful was left out", "refuses ended at once: Found");
    assertThat(
            run.experiment("E6")
                .orElseThrow()
                .value("peer-forgetful", Map.of("operation", "validate"), "commands"))
        .isEmpty();
  }

  @Test
  @DisplayName("Bad usage MUST end with exit 2 and one clear line, without a stack trace")
  void badUsage() throws IOException {
    Path file = Files.createFile(folder.resolve("a-file"));

    refused("--tier", "compare", "--tier", "huge");
    refused("--only", "compare", "--only", "E99");
    assertThat(err.toString()).as("the ids that there are").contains("E1", "E26");
    refused("--out (" + file, "compare", "--only", "E8", "--out", file.toString());
    refused("compere", "compere");
    refused("COSTS", "readme-table", "--of", "nothing", "run.json");
    refused("report", "report");
    refused("Missing command");
    refused("cannot be read", "validate", folder.resolve("none.json").toString());
    refused("cannot be read", "report", folder.resolve("none.json").toString());
  }

  @Test
  @DisplayName(
      "A server that is not there MUST end with exit 2 and one line that names it, never a password")
  void redisNotThere() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    refused(
        "--redis redis://127.0.0.1:" + port + " does not answer",
        "compare",
        "--redis",
        "redis://:hunter2@127.0.0.1:" + port,
        "--out",
        folder.resolve("never").toString());
    assertThat(err.toString()).doesNotContain("hunter2");
    assertThat(folder.resolve("never")).as("a folder without a report").doesNotExist();
    refused(
        "is not redis://host:port", "compare", "--redis", "localhost", "--out", folder.toString());
    refused("--redis is not a URI", "compare", "--redis", "not a uri", "--out", folder.toString());
  }

  @Test
  @DisplayName("A server that refuses the login MUST be said to be there, with exit 2 and one line")
  void redisRefuses() {
    assumeRedis();
    try (RedisServer server = RedisServer.start();
        Jedis jedis = new Jedis(server.host(), server.port())) {
      String place = "@" + server.host() + ":" + server.port();
      refused("refused the login (ERR)", "compare", "--redis", "redis://:hunter2" + place);
      jedis.configSet("requirepass", "right");

      refused("refused the login (WRONGPASS)", "compare", "--redis", "redis://:hunter2" + place);
      assertThat(err.toString()).doesNotContain("hunter2").doesNotContain("Start it");
      refused("refused the login (NOAUTH)", "compare", "--redis", "redis://" + place.substring(1));
      jedis.auth("right");
      jedis.configSet("requirepass", "");
    }
  }

  @Test
  @DisplayName("A run MUST NOT leave files of an earlier one beside its own")
  void replacesAnEarlierRun() throws IOException {
    Path slices = Files.writeString(folder.resolve("slices.csv"), "of an earlier run");
    Path theirs = Files.writeString(folder.resolve("notes.txt"), "theirs");

    execute(
        List.of(Arms.all().get(0)),
        "compare",
        "--tier",
        "smoke",
        "--only",
        "E8",
        "--out",
        folder.toString());

    assertThat(slices).doesNotExist();
    assertThat(theirs).hasContent("theirs");
    assertThat(folder.resolve("run.json")).exists();
  }

  @Test
  @DisplayName("Of somebody's server every key MUST be there after a run as before, and no other")
  void somebodysServer() {
    assumeRedis();
    try (RedisServer server = RedisServer.start();
        Jedis jedis = new Jedis(server.host(), server.port())) {
      jedis.set("theirs", "kept");

      int code =
          execute(
              Arms.all().stream().filter(arm -> arm.asks(Server.REDIS)).toList(),
              Peers.besideTheJar(InstantSource.system()),
              "compare",
              "--tier",
              "smoke",
              "--only",
              "E6,E8",
              "--redis",
              server.uri().toString(),
              "--out",
              folder.toString());

      assertThat(code).as(() -> err.toString() + out).isZero();
      assertThat(jedis.keys("*")).containsExactly("theirs");
    }
  }

  @Test
  @DisplayName("Help and version MUST say what there is, and exit 0")
  void help() {
    assertThat(execute(Arms.all(), "--help")).isZero();
    assertThat(out.toString())
        .contains("compare", "validate", "report", "readme-table", "Exit codes")
        .doesNotContain("fork");
    assertThat(execute(Arms.all(), "compare", "--help")).isZero();
    assertThat(out.toString())
        .contains("--tier", "--out", "--redis", "--only", "smoke", "statewise-report")
        .contains("130", "lib/", "peers/", "providers/", "Targets");
    assertThat(execute(Arms.all(), "--version")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare", "report", "diff", "jmh", "validate", "readme-table", "doctor"})
  @DisplayName("The help of every command MUST have an example and its exit codes, and exit 0")
  void helpOfEach(String command) {
    assertThat(execute(Arms.all(), command, "--help")).isZero();
    assertThat(out.toString()).contains("Exit codes: 0", "java -jar benchmarks.jar " + command);
  }

  @Test
  @DisplayName(
      "A report that is rendered again MUST be the same; a file that is no run MUST exit 1")
  void rendersAgain() throws IOException {
    execute(
        List.of(Arms.all().get(0)),
        "compare",
        "--tier",
        "smoke",
        "--only",
        "E8",
        "--out",
        folder.toString());
    Path again = folder.resolve("again");

    assertThat(
            execute(
                Arms.all(),
                "report",
                folder.resolve("run.json").toString(),
                "--out",
                again.toString()))
        .isZero();
    assertThat(out.toString()).contains("Data:    " + folder.resolve("run.json"));
    assertThat(out.toString()).doesNotContain(again.resolve("run.json").toString());

    for (String name : List.of("report.html", "report.md", "results.csv")) {
      assertThat(again.resolve(name)).hasSameTextualContentAs(folder.resolve(name));
    }
    String twice = folder.resolve("run.json").toString();
    assertThat(execute(Arms.all(), "report", twice, twice)).isEqualTo(2);
    assertThat(err.toString()).contains("are the same run");
    Path noRun = Files.writeString(folder.resolve("other.json"), "{}");
    assertThat(execute(Arms.all(), "validate", noRun.toString())).isEqualTo(1);
    assertThat(execute(Arms.all(), "report", noRun.toString())).isEqualTo(1);
    assertThat(execute(Arms.all(), "readme-table", noRun.toString())).isEqualTo(1);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).noneMatch(path -> path.toString().endsWith(".tmp"));
    }
  }

  private void refused(String why, String... arguments) {
    err.getBuffer().setLength(0);

    int code = execute(Arms.all(), arguments);

    assertThat(code).as(() -> String.join(" ", arguments) + ": " + err).isEqualTo(2);
    assertThat(err.toString()).contains(why).doesNotContain("\tat ").doesNotContain("Exception:");
    assertThat(err.toString().lines().count()).as(err.toString()).isBetween(1L, 2L);
  }

  private int execute(List<Arm> arms, String... arguments) {
    return execute(arms, List.of(), arguments);
  }

  private int execute(List<Arm> arms, List<PeerArm> peers, String... arguments) {
    CommandLine commandLine = Main.commandLine(arms, peers);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  private static Map<String, String> ownClaims() {
    return Map.of("carrier", "bearer", "profile", "min", "part", "credential line");
  }

  private static Map<String, String> idLine() {
    return Map.of("carrier", "cookie", "profile", "typ", "part", "credential line");
  }

  private static void assumeRedis() {
    assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElse(""));
  }
}
