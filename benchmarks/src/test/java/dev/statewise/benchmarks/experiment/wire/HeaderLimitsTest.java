package dev.statewise.benchmarks.experiment.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.experiment.Carrier;
import dev.statewise.benchmarks.experiment.Counted;
import dev.statewise.benchmarks.experiment.Labs;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("E10, the header limits of servers")
class HeaderLimitsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<Arm> HS256 =
      Arms.all().stream().filter(arm -> arm.name().equals("jwt-hs256")).toList();

  @ParameterizedTest
  @CsvSource({"11, 400", "1023, 431", "1024, 400", "8138, 431", "8192, 400", "123457, 414"})
  @DisplayName("a limit that is known MUST be found to the byte, and what is answered above it")
  void finds(int limit, int status) throws IOException {
    assertThat(limitOf(FakeServer.taking(limit, status)))
        .isEqualTo(new HeaderLimit(OptionalInt.of(limit), OptionalInt.of(status), true));
  }

  @Test
  @DisplayName("a server that closes without a word above its limit MUST be said to do so")
  void closes() throws IOException {
    assertThat(limitOf(FakeServer.taking(5_000, FakeServer.SILENCE)))
        .isEqualTo(new HeaderLimit(OptionalInt.of(5_000), OptionalInt.empty(), true));
  }

  @Test
  @DisplayName("a server that takes every line MUST have no limit, and not the longest line tried")
  void takesAll() throws IOException {
    assertThat(limitOf(FakeServer.taking(Integer.MAX_VALUE, 400)).largestLine()).isEmpty();
  }

  @Test
  @DisplayName("a server that refuses every line MUST be a failure, and not a limit of nothing")
  void takesNothing() {
    assertThatThrownBy(() -> limitOf(FakeServer.taking(0, 400)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refuses even a line");
  }

  @Test
  @DisplayName("a search MUST take a few dozen requests, and end in time")
  void isBounded() throws IOException {
    FakeServer server = FakeServer.taking(388_945, 400);

    limitOf(server);

    assertThat(server.requests()).isLessThan(40);
    try (ProbedServer.Running running = server.start(PATIENCE)) {
      HeaderProbe probe = new HeaderProbe(running.port(), PATIENCE);
      assertThatThrownBy(() -> HeaderLimit.of(probe, Duration.ofSeconds(-1)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in time");
    }
  }

  @Test
  @DisplayName("a server that answers otherwise when it is asked again MUST be a finding")
  void wavers() {
    AtomicInteger asked = new AtomicInteger();
    FakeServer server =
        FakeServer.answering(
            line -> line <= 3_000 - (asked.incrementAndGet() > 15 ? 500 : 0) ? 200 : 400);

    assertThat(HeaderLimits.of(Labs.of(List.of(), Servers.NONE), List.of(server)).findings())
        .singleElement()
        .asString()
        .startsWith("fake: ");
  }

  @Test
  @DisplayName("what fits MUST be told by tokens: the groups that do, and not one more")
  void groups() {
    Counted.Count count =
        HeaderLimits.of(Labs.of(HS256, Servers.NONE), List.of(FakeServer.taking(4_000, 400)));

    ArmResult room =
        count.results().stream()
            .filter(
                row ->
                    row.name().equals("fake")
                        && row.has(
                            Map.of(
                                HeaderLimits.CARRIER, "bearer", HeaderLimits.TOKEN, "jwt-hs256")))
            .findFirst()
            .orElseThrow();
    int groups = room.value(HeaderLimits.GROUPS).orElseThrow().intValue();
    try (FittingGroups tokens = new FittingGroups(HS256.get(0))) {
      assertThat(Carrier.BEARER.lineBytes(tokens.of(groups).bytes())).isLessThanOrEqualTo(4_000);
      assertThat(Carrier.BEARER.lineBytes(tokens.of(groups + 1).bytes())).isGreaterThan(4_000);
    }
    assertThat(count.findings()).isEmpty();
    assertThat(count.checked()).isOne();
  }

  @Test
  @DisplayName("a token that is not issued MUST be marked MODEL, one that is COUNT")
  void evidence() {
    List<ArmResult> results = HeaderLimits.of(Labs.of(HS256, Servers.NONE), List.of()).results();

    assertThat(evidenceOf(results, Profile.TYP)).isEqualTo(Evidence.COUNT);
    assertThat(evidenceOf(results, Profile.G200)).isEqualTo(Evidence.MODEL);
  }

  private static Evidence evidenceOf(List<ArmResult> results, Profile profile) {
    return results.stream()
        .filter(row -> row.has(Map.of(HeaderLimits.PROFILE, profile.toString())))
        .findFirst()
        .flatMap(row -> row.metric(HeaderLimits.BYTES))
        .orElseThrow()
        .evidence();
  }

  @Test
  @DisplayName("what is quoted MUST be marked CITED, with its source")
  void cited() {
    assertThat(HeaderLimits.of(Labs.of(List.of(), Servers.NONE), List.of()).results())
        .extracting(ArmResult::name)
        .contains("aws-alb", "envoy", "cloudflare", "fastly");
    assertThat(HeaderLimits.of(Labs.of(List.of(), Servers.NONE), List.of()).results())
        .allSatisfy(
            row -> {
              assertThat(row.params().get(HeaderLimits.SOURCE)).contains(".");
              assertThat(row.metrics()).allMatch(m -> m.evidence() == Evidence.CITED);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk-httpserver", "tomcat", "jetty", "undertow"})
  @DisplayName("an embedded server MUST be found by the build, start, and have a limit")
  void embedded(String name) throws IOException {
    ProbedServer server =
        ProbedServer.all().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();

    try (ProbedServer.Running running = server.start(PATIENCE)) {
      assertThat(running.version()).matches("[1-9].*");
      HeaderLimit limit = HeaderLimit.of(new HeaderProbe(running.port(), PATIENCE), PATIENCE);
      assertThat(limit.largestLine().orElseThrow()).isGreaterThan(4_096);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx", "haproxy", "node"})
  @DisplayName("an installed server MUST have a limit, and be gone when it was probed")
  void installed(String name) throws IOException {
    ProbedServer server =
        ProbedServer.all().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    ProbedServer.Running running;
    try {
      running = server.start(PATIENCE);
    } catch (IOException e) {
      assumeTrue(false, String.valueOf(e.getMessage()));
      return;
    }

    HeaderProbe probe = new HeaderProbe(running.port(), PATIENCE);
    try (running) {
      assertThat(HeaderLimit.of(probe, PATIENCE).largestLine()).isPresent();
    }
    assertThatThrownBy(() -> probe.send(HeaderProbe.LEAST_LINE)).isInstanceOf(IOException.class);
  }

  private static HeaderLimit limitOf(FakeServer server) throws IOException {
    try (ProbedServer.Running running = server.start(PATIENCE)) {
      return HeaderLimit.of(new HeaderProbe(running.port(), PATIENCE), PATIENCE);
    }
  }
}
