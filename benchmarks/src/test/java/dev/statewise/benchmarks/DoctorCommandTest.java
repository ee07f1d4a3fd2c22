package dev.statewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.embedded.RedisCluster;
import dev.statewise.embedded.RedisSentinels;
import dev.statewise.embedded.RedisServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import redis.clients.jedis.Jedis;

/** {@code benchmarks.jar doctor}, on real servers. */
class DoctorCommandTest {

  private static final String[] KEPT = {"--maxmemory", "100mb", "--appendonly", "yes"};

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void assumeRedis() {
    assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElse(""));
  }

  @Test
  @DisplayName("A server on which all was seen and nothing breaks a promise MUST exit 0")
  void healthy() {
    try (RedisServer server = RedisServer.start(KEPT)) {
      assertThat(execute("doctor", server.uri().toString())).as(this::all).isZero();

      assertThat(out.toString())
          .contains("SERVER", "127.0.0.1:" + server.port(), "WEAKENS", "NO_REPLICA")
          .contains("0 break a promise, 0 could not be seen");
    }
  }

  @Test
  @DisplayName(
      "A server that breaks a promise MUST exit 1 and name promise and setting, also as JSON")
  void breaks() throws IOException {
    try (RedisServer server = RedisServer.start("--maxmemory-policy", "allkeys-lru")) {
      assertThat(execute("doctor", server.uri().toString())).as(this::all).isEqualTo(1);
      assertThat(out.toString())
          .contains("BREAKS       EVICTS", "a session that was ended stays ended")
          .contains("CONFIG SET maxmemory-policy noeviction", "CONFIG REWRITE");

      out.getBuffer().setLength(0);
      assertThat(execute("doctor", "--json", server.uri().toString())).isEqualTo(1);
      JsonNode json = new ObjectMapper().readTree(out.toString());
      assertThat(json.get("breaksPromise").asBoolean()).isTrue();
      JsonNode evicts =
          StreamSupport.stream(json.get("findings").spliterator(), false)
              .filter(finding -> finding.get("code").asText().equals("EVICTS"))
              .findFirst()
              .orElseThrow();
      assertThat(evicts.get("severity").asText()).isEqualTo("BREAKS");
      assertThat(evicts.get("mend").asText()).contains("noeviction");
      assertThat(evicts.get("server").asText()).isEqualTo("127.0.0.1:" + server.port());
    }
  }

  @Test
  @DisplayName("A server that does not let itself be seen MUST exit 4 and not 0")
  void unseen() {
    try (RedisServer server = RedisServer.start(KEPT);
        Jedis admin = new Jedis(server.host(), server.port())) {
      admin.aclSetUser("app", "on", ">hunter2", "~*", "&*", "+@all", "-config");

      int code = execute("doctor", "redis://app:hunter2@127.0.0.1:" + server.port());

      assertThat(code).as(this::all).isEqualTo(4);
      assertThat(all()).contains("UNSEEN", "PERSISTENCE_UNSEEN").doesNotContain("hunter2");
    }
  }

  @Test
  @DisplayName("Keys of another prefix MUST be looked at if it is named")
  void prefix() {
    try (RedisServer server = RedisServer.start(KEPT);
        Jedis admin = new Jedis(server.host(), server.port())) {
      admin.set("app:{abc}:s:endless", "kept");

      assertThat(execute("doctor", server.uri().toString())).as(this::all).isZero();
      assertThat(execute("doctor", "--prefix", "app:", server.uri().toString())).isEqualTo(1);
      assertThat(out.toString()).contains("KEYS_WITHOUT_TTL", "app:{abc}:s:endless");
    }
  }

  @Test
  @DisplayName("Of a cluster every master MUST be examined, and of sentinels the master")
  void topologies() {
    try (RedisCluster cluster = RedisCluster.start(KEPT)) {
      String[] uris = cluster.uris().stream().map(Object::toString).toArray(String[]::new);
      assertThat(execute("doctor", "--cluster", uris[0], uris[1])).as(this::all).isZero();
      cluster
          .masters()
          .forEach(node -> assertThat(out.toString()).contains("127.0.0.1:" + node.port()));
      assertThat(execute("doctor", uris[0])).isEqualTo(1);
      assertThat(out.toString()).contains("CLUSTER_AS_SINGLE");
    }
    try (RedisSentinels sentinels = RedisSentinels.start(KEPT)) {
      String sentinel = sentinels.sentinelUris().get(0).toString();

      int code = execute("doctor", "--sentinel", sentinels.name(), sentinel);

      assertThat(code).as(this::all).isZero();
      assertThat(out.toString()).contains("127.0.0.1:" + sentinels.master().port());
    }
  }

  @Test
  @DisplayName("Bad usage MUST end with exit 2 and one clear line that quotes no URI")
  void badUsage() {
    refused(2, "Missing required parameter", "doctor");
    refused(2, "not redis or rediss", "doctor", "http://:hunter2@127.0.0.1");
    refused(2, "not a URI", "doctor", "redis://:hunter2 @127.0.0.1");
    refused(2, "more than one URI", "doctor", "redis://:hunter2@127.0.0.1", "redis://127.0.0.2");
    refused(2, "exclude each other", "doctor", "--cluster", "--sentinel", "m", "redis://127.0.0.1");
    refused(2, "--keys", "doctor", "--keys", "redis://:hunter2@127.0.0.1", "redis://127.0.0.1");
    refused(2, "brace", "doctor", "--prefix", "{", "redis://127.0.0.1");
    refused(2, "clockSkew", "doctor", "--clock-skew", "601", "redis://127.0.0.1");
  }

  @Test
  @DisplayName("A server that is not there, or refuses the login, MUST exit 3 without a password")
  void unreachable() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String absent = "redis://:hunter2@127.0.0.1:" + free;

    refused(3, "127.0.0.1:" + free, "doctor", absent);
    refused(3, "127.0.0.1:" + free, "doctor", "--cluster", absent);
    refused(3, "mymaster", "doctor", "--sentinel", "redis://:hunter2@mymaster", absent);
    try (RedisServer server = RedisServer.start("--requirepass", "right")) {
      refused(3, "WRONGPASS", "doctor", "redis://:hunter2@127.0.0.1:" + server.port());
      refused(3, "NOAUTH", "doctor", server.uri().toString());
    }
  }

  @Test
  @DisplayName("Help MUST name every option and exit code")
  void help() {
    assertThat(execute("doctor", "--help")).isZero();

    assertThat(out.toString())
        .contains("--cluster", "--sentinel", "--prefix", "--json", "--within", "--keys")
        .contains("Exit codes", "0 all", "1 something", "2 bad usage", "3 no server", "4 nothing");
  }

  private void refused(int expected, String why, String... arguments) {
    err.getBuffer().setLength(0);

    int code = execute(arguments);

    assertThat(code).as(() -> String.join(" ", arguments) + ": " + err).isEqualTo(expected);
    assertThat(err.toString())
        .contains(why)
        .doesNotContain("\tat ")
        .doesNotContain("Exception:")
        .doesNotContain("hunter2");
    assertThat(err.toString().lines().count()).as(err.toString()).isBetween(1L, 2L);
  }

  private String all() {
    return err.toString() + out;
  }

  private int execute(String... arguments) {
    CommandLine commandLine = Main.commandLine(Arms.all(), List.of());
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
