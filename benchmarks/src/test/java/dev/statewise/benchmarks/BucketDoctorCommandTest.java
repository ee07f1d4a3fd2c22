package dev.statewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.embedded.S3Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code benchmarks.jar doctor s3://…}, on an S3 API with and without its atomic front. */
class BucketDoctorCommandTest {

  private static final String ID = "aws.accessKeyId";
  private static final String SECRET = "aws.secretAccessKey";

  private static S3Server server;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    System.setProperty(ID, "app");
    System.setProperty(SECRET, "hunter2");
    server = S3Server.start();
    server.createBucket("sessions");
  }

  @AfterAll
  static void stop() {
    server.close();
    System.clearProperty(ID);
    System.clearProperty(SECRET);
  }

  @Test
  @DisplayName("an atomic server MUST exit 0, and the bare one behind it 1, with what mends it")
  void tellsThemApart() throws IOException {
    int atomic = doctor("--rounds", "20", uri(server.endpoint(), "/app/"));

    assertThat(atomic).as(this::all).isZero();
    assertThat(out.toString())
        .contains("RACED", "NO_LIFECYCLE", "0 break a promise, 0 could not be seen")
        .contains("bucket sessions at 127.0.0.1:" + server.endpoint().getPort());

    out.getBuffer().setLength(0);
    int bare = doctor("--json", "--rounds", "60", uri(server.bareEndpoint(), ""));

    assertThat(bare).as(this::all).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("breaksPromise").asBoolean()).isTrue();
    assertThat(json.get("findings").findValuesAsText("code")).contains("REPLACE_NOT_ATOMIC");
    assertThat(json.get("findings").get(0).get("mend").asText()).contains("atomic");
    assertThat(all()).doesNotContain("hunter2");
  }

  @Test
  @DisplayName("races that ran out of time MUST exit 4")
  void unseen() {
    int code = doctor("--within", "1", "--rounds", "10000", uri(server.endpoint(), ""));

    assertThat(code).as(this::all).isEqualTo(4);
    assertThat(out.toString()).contains("UNSEEN       TIME_RAN_OUT");
  }

  @Test
  @DisplayName("a bucket that is not there MUST exit 3, and say so in a line")
  void unreachable() {
    int code = doctor("s3://nowhere?endpoint=" + server.endpoint());

    assertThat(code).isEqualTo(3);
    assertThat(err.toString()).contains("404 NoSuchBucket", "make it").hasLineCount(1);
  }

  @Test
  @DisplayName("bad usage MUST end with exit 2 and one clear line that quotes no URI")
  void badUsage() {
    for (String[] arguments :
        List.of(
            new String[] {"s3://app:hunter2@sessions"},
            new String[] {"s3://app:hunter2@my_sessions?endpoint=http://127.0.0.1:1"},
            new String[] {"s3://sessions:hunter2?endpoint=http://127.0.0.1:1"},
            new String[] {"s3:///prefix"},
            new String[] {"s3://sessions?endpoint=http://127.0.0.1:1&path-style=hunter2"},
            new String[] {"s3://sessions?secret=hunter2"},
            new String[] {"s3://sessions?endpoint=hunter2 "},
            new String[] {"s3://sessions?endpoint=hunter2"},
            new String[] {"s3://sessions?endpoint=http://127.0.0.1:1", "s3://hunter2"},
            new String[] {"--writers", "1", "s3://sessions?endpoint=http://127.0.0.1:1"},
            new String[] {"--longest-idle", "0", "s3://sessions?endpoint=http://127.0.0.1:1"},
            new String[] {"s3://sessions//x?endpoint=http://127.0.0.1:1"})) {
      err.getBuffer().setLength(0);

      assertThat(doctor(arguments)).as(String.join(" ", arguments)).isEqualTo(2);

      assertThat(err.toString()).doesNotContain("hunter2", "\tat ");
      assertThat(err.toString().lines().count()).as(err.toString()).isBetween(1L, 2L);
    }
  }

  @Test
  @DisplayName("help MUST name what concerns a bucket")
  void help() {
    assertThat(doctor("--help")).isZero();

    assertThat(out.toString())
        .contains("s3://bucket", "--rounds", "--writers", "--longest-idle", "endpoint=");
  }

  private static String uri(URI endpoint, String prefix) {
    return "s3://sessions%s?endpoint=%s".formatted(prefix, endpoint);
  }

  private String all() {
    return err.toString() + out;
  }

  private int doctor(String... arguments) {
    CommandLine commandLine = Main.commandLine(Arms.all(), List.of());
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 1];
    all[0] = "doctor";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return commandLine.execute(all);
  }
}
