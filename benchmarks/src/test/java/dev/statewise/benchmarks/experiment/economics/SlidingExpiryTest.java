package dev.statewise.benchmarks.experiment.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.experiment.Counted.Count;
import dev.statewise.benchmarks.experiment.Labs;
import dev.statewise.benchmarks.experiment.races.PretendingSessions;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Verdict;
import dev.statewise.embedded.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SlidingExpiryTest {

  private final List<ArmResult> results = new ArrayList<>();

  @Test
  @DisplayName(
      "A store whose touches are thinned MUST be seen to write seldom, and to be imprecise")
  void thinned() {
    Count count = onRedis("redis");

    assertThat(count.findings()).isEmpty();
    assertThat(count.checked()).isEqualTo(1);
    assertThat(value(count, "redis", SlidingExpiry.WRITING)).isEqualTo(20);
    assertThat(value(count, "redis", "commands")).isEqualTo(1_020);
    assertThat(value(count, "redis", SlidingExpiry.IDLE_PRECISION)).isEqualTo(225);
  }

  @Test
  @DisplayName("A store that touches always MUST be seen to write at every request")
  void always() {
    Count count = onRedis("redis-touch-always");

    assertThat(value(count, "redis-touch-always", SlidingExpiry.WRITING)).isEqualTo(1_000);
    assertThat(value(count, "redis-touch-always", "commands")).isEqualTo(2_000);
    assertThat(value(count, "redis-touch-always", SlidingExpiry.IDLE_PRECISION)).isZero();
  }

  @Test
  @DisplayName("A bare GET MUST write nothing and a bare GETEX each time, in one command")
  void floors() {
    Count count = onRedis("redis");

    assertThat(value(count, BareCommand.GET, SlidingExpiry.WRITING)).isZero();
    assertThat(value(count, BareCommand.GETEX, SlidingExpiry.WRITING)).isEqualTo(1_000);
    assertThat(value(count, BareCommand.GET, "commands")).isEqualTo(1_000);
    assertThat(value(count, BareCommand.GETEX, "commands")).isEqualTo(1_000);
  }

  @Test
  @DisplayName("What a list writes for itself MUST NOT be counted as a session's write")
  void tokens() {
    Count count = onRedis("hybrid");

    assertThat(value(count, "hybrid", "commands")).isEqualTo(1_000);
    assertThat(metric(count, "hybrid", SlidingExpiry.WRITING).value()).isNull();
    assertThat(metric(count, "hybrid", SlidingExpiry.WRITING).reason())
        .contains("the list's own stamp");
  }

  @Test
  @DisplayName("A database MUST be asked a statement a request, and another where it is touched")
  void database() {
    Count count = measured(Servers.NONE, PretendingSessions.named("jdbc-h2"));

    assertThat(value(count, "jdbc-h2", SlidingExpiry.WRITING)).isEqualTo(20);
    assertThat(value(count, "jdbc-h2", "commands")).isEqualTo(1_020);
  }

  @Test
  @DisplayName("A session that ends earlier than is promised MUST be a finding")
  void imprecise() {
    RedisServer.whyUnavailable().ifPresent(why -> assumeTrue(false, why));
    try (RedisServer server = RedisServer.start()) {
      Count count =
          measured(
              Servers.of(RedisAddress.of(server.uri())),
              PretendingSessions.arm("redis", "redis-touch-always"));

      assertThat(count.findings()).singleElement().asString().contains("too early");
    }
  }

  @Test
  @DisplayName("The verdict MUST follow from who writes at each request, whatever the floors do")
  void verdict() {
    assertThat(judged()).isEqualTo(Verdict.NOT_TESTABLE);
    arm(BareCommand.GETEX, 1_000, 1_000);
    assertThat(judged()).isEqualTo(Verdict.NOT_TESTABLE);
    arm("peer-eager", 1_000, 4_000);
    assertThat(judged()).isEqualTo(Verdict.HOLDS);
    arm("redis", 20, 1_020);
    assertThat(judged()).isEqualTo(Verdict.HOLDS_WHEN);
    results.removeIf(arm -> arm.name().equals("peer-eager"));
    assertThat(judged()).isEqualTo(Verdict.DOES_NOT_HOLD);
  }

  @Test
  @DisplayName("Each prediction MUST come true or not by the values")
  void predictions() {
    arm("redis", 101, 1_101);
    arm("redis-touch-always", 1_000, 2_000);
    arm("peer-eager", 1_000, 9_000);

    assertThat(new SlidingRules().predictions(experiment()))
        .contains("one request in ten writes: did not come true (at most 101 of 1,000)")
        .contains("one command but for touches: came true (1,101 in 1,000)")
        .contains("touching always doubles them: came true (× 2.00)")
        .contains("peer-eager makes four to eight: did not come true (9.00)");
  }

  private void arm(String name, double writing, double commands) {
    List<Metric> metrics =
        Stream.of(Map.entry(SlidingExpiry.WRITING, writing), Map.entry("commands", commands))
            .map(
                one ->
                    new Metric(
                        one.getKey(),
                        "",
                        Evidence.COUNT,
                        one.getValue(),
                        one.getValue(),
                        one.getValue(),
                        1_000,
                        null))
            .toList();
    results.add(new ArmResult(name, Map.of(SlidingExpiry.PACE, "one each 5 s"), metrics));
  }

  private Verdict judged() {
    return new SlidingRules().verdict(experiment()).verdict();
  }

  private Experiment experiment() {
    return new Experiment("E27", "", "", Verdict.NOT_TESTABLE, results);
  }

  private static Count onRedis(String name) {
    RedisServer.whyUnavailable().ifPresent(why -> assumeTrue(false, why));
    try (RedisServer server = RedisServer.start()) {
      return measured(Servers.of(RedisAddress.of(server.uri())), PretendingSessions.named(name));
    }
  }

  private static Count measured(Servers servers, Arm arm) {
    return new SlidingExpiry().measure(Labs.of(List.of(arm), servers));
  }

  private static double value(Count count, String arm, String name) {
    return count.results().stream()
        .filter(one -> one.name().equals(arm))
        .findFirst()
        .flatMap(one -> one.value(name))
        .orElseThrow(() -> new AssertionError(arm + " has no " + name));
  }

  private static Metric metric(Count count, String arm, String name) {
    return count.results().stream()
        .filter(one -> one.name().equals(arm))
        .findFirst()
        .flatMap(one -> one.metric(name))
        .orElseThrow();
  }
}
