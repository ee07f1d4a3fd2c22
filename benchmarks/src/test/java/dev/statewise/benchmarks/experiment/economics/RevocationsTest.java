package dev.statewise.benchmarks.experiment.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.experiment.Labs;
import dev.statewise.benchmarks.experiment.races.PretendingSessions;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Verdict;
import dev.statewise.embedded.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RevocationsTest {

  private static final Map<String, String> COUNTED = Map.of(Revocations.PART, Revocations.COUNTED);
  private static final Map<String, String> QUARTER = Map.of(Revocations.LIFE, "15 min");

  private final List<ArmResult> results = new ArrayList<>();

  @Test
  @DisplayName(
      "A list MUST be seen to ask once or never, to be smaller than sessions, and to keep a refusal longer than a token")
  void counted() {
    RedisServer.whyUnavailable().ifPresent(why -> assumeTrue(false, why));
    Experiment experiment;
    try (RedisServer server = RedisServer.start()) {
      experiment =
          new Experiment(
              "E20",
              "",
              "",
              Verdict.NOT_TESTABLE,
              new Revocations()
                  .measure(
                      Labs.of(
                          Stream.of("redis", "jwt-hs256", "hybrid", "hybrid-local")
                              .map(PretendingSessions::named)
                              .toList(),
                          Servers.of(RedisAddress.of(server.uri()))))
                  .results());
    }

    assertThat(experiment.value("redis", COUNTED, Revocations.COMMANDS)).contains(1.0);
    assertThat(experiment.value("hybrid", COUNTED, Revocations.COMMANDS)).contains(1.0);
    assertThat(experiment.value("hybrid-local", COUNTED, Revocations.COMMANDS)).contains(0.0);
    double session = value(experiment, "redis", COUNTED, Revocations.REDIS_BYTES);
    double refusal = value(experiment, "hybrid", COUNTED, Revocations.REDIS_BYTES);
    assertThat(refusal).isBetween(50.0, session);
    double kept = value(experiment, "hybrid", QUARTER, Revocations.KEPT);
    assertThat(kept).isBetween(900.0, 3_600.0);
    assertThat(
            kept - value(experiment, "hybrid", Map.of(Revocations.LIFE, "5 min"), Revocations.KEPT))
        .isEqualTo(600);
    assertThat(value(experiment, "hybrid", QUARTER, Revocations.SESSIONS_TO_LIST))
        .isCloseTo(1e6 * session / (300_000 / 86_400.0 * kept * refusal), within(1e-6));
    assertThat(new RevocationRules().verdict(experiment).verdict()).isEqualTo(Verdict.HOLDS_WHEN);
    assertThat(new RevocationRules().asides(experiment))
        .singleElement()
        .asString()
        .contains("300,000 a day", "100,000 users", "1,000,000 live sessions");
  }

  @Test
  @DisplayName("The model MUST be the product of its inputs, and be called one")
  void model() {
    ArmResult life =
        new Model(
                Duration.ofMinutes(15),
                count(Revocations.KEPT, 1_728),
                count("redisBytes", 100),
                Optional.of(count("heapBytes", 50)),
                count("redisBytes", 300))
            .of("hybrid-local");

    assertThat(life.value(Revocations.ENTRIES)).contains(6_000.0);
    assertThat(life.value(Revocations.MEGABYTES).orElseThrow()).isCloseTo(0.6, within(1e-9));
    assertThat(life.value(Revocations.HEAP_MEGABYTES).orElseThrow()).isCloseTo(0.3, within(1e-9));
    assertThat(life.value(Revocations.SESSIONS_TO_LIST).orElseThrow()).isCloseTo(500, within(1e-6));
    assertThat(life.value(Revocations.EXPOSURE)).contains(5.0);
    assertThat(life.metrics())
        .filteredOn(metric -> !metric.name().equals(Revocations.KEPT))
        .allMatch(metric -> metric.evidence() == Evidence.MODEL);
    Metric renewals = life.metric(Revocations.RENEWALS).orElseThrow();
    assertThat(renewals.lo()).isCloseTo(100_000 / 675.0, within(1e-9));
    assertThat(renewals.hi()).isCloseTo(100_000 / 600.0, within(1e-9));
  }

  @Test
  @DisplayName("Without an input there MUST be no value, and the reason is the input's")
  void withoutInput() {
    ArmResult life =
        new Model(
                Duration.ofMinutes(15),
                Metric.absent(Revocations.KEPT, "s", Evidence.COUNT, "no Redis to ask"),
                count("redisBytes", 100),
                Optional.empty(),
                count("redisBytes", 300))
            .of("hybrid");

    assertThat(life.value(Revocations.ENTRIES)).isEmpty();
    assertThat(life.metric(Revocations.ENTRIES).orElseThrow().reason()).contains("no Redis to ask");
    assertThat(life.value(Revocations.RENEWALS)).isPresent();
  }

  @Test
  @DisplayName("The verdict MUST follow from what is asked and from what is taken")
  void verdict() {
    assertThat(judged()).isEqualTo(Verdict.NOT_TESTABLE);
    commands("redis", 1);
    commands("hybrid", 1);
    ratio("5 min", 9);
    assertThat(judged()).as("asks as much, takes much").isEqualTo(Verdict.HOLDS);
    ratio("15 min", 11);
    assertThat(judged()).as("takes little at times").isEqualTo(Verdict.HOLDS_WHEN);
    results.clear();
    commands("redis", 2);
    commands("hybrid", 1);
    ratio("5 min", 500);
    assertThat(judged()).as("asks less, takes little").isEqualTo(Verdict.DOES_NOT_HOLD);
    commands("hybrid-local", 2);
    assertThat(judged()).as("one form asks as much").isEqualTo(Verdict.HOLDS_WHEN);
  }

  private void commands(String arm, double value) {
    results.add(new ArmResult(arm, COUNTED, List.of(count(Revocations.COMMANDS, value))));
  }

  private void ratio(String life, double ratio) {
    results.add(
        new ArmResult(
            "hybrid",
            Map.of(Revocations.PART, Revocations.MODEL, Revocations.LIFE, life),
            List.of(count(Revocations.SESSIONS_TO_LIST, ratio))));
  }

  private Verdict judged() {
    return new RevocationRules()
        .verdict(new Experiment("E20", "", "", Verdict.NOT_TESTABLE, results))
        .verdict();
  }

  private static Metric count(String name, double value) {
    return new Metric(name, "", Evidence.COUNT, value, value, value, 1, null);
  }

  private static double value(
      Experiment experiment, String arm, Map<String, String> params, String metric) {
    return experiment.value(arm, params, metric).orElseThrow();
  }
}
