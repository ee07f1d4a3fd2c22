package dev.statewise.benchmarks.experiment.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.DishonestSessions;
import dev.statewise.benchmarks.arm.Lie;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.experiment.Counted.Count;
import dev.statewise.benchmarks.experiment.Labs;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Verdict;
import dev.statewise.embedded.RedisServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RacesTest {

  private static final double ALL = 20;

  @Test
  @DisplayName("A store MUST refuse old state, tell of conflicts and bring nothing back")
  void store() {
    Count count = measured(named("memory"));

    assertThat(count.findings()).isEmpty();
    assertThat(count.checked()).isEqualTo(1);
    assertThat(sum(count, Race.ROLLBACK, Races.ACCEPTED)).isZero();
    assertThat(sum(count, Race.LOST_UPDATE, Races.LOST)).isZero();
    assertThat(sum(count, Race.LOST_UPDATE, Races.TOLD)).isEqualTo(13);
    assertThat(sum(count, Race.RESURRECTION, Races.CAME_BACK)).isZero();
    assertThat(sum(count, Race.RESURRECTION, Races.TOLD)).isEqualTo(ALL);
    assertThat(sum(count, Race.REVOCATION, Races.ACCEPTED)).isZero();
  }

  @Test
  @DisplayName(
      "A plain token MUST be seen to replay, to lose and to live on until its bound, as it admits")
  void token() {
    Count count = measured(named("jwt-hs256"));

    assertThat(count.findings()).isEmpty();
    assertThat(sum(count, Race.ROLLBACK, Races.ACCEPTED)).isEqualTo(ALL);
    assertThat(sum(count, Race.LOST_UPDATE, Races.LOST)).isEqualTo(ALL);
    assertThat(sum(count, Race.LOST_UPDATE, Races.TOLD)).isZero();
    assertThat(sum(count, Race.RESURRECTION, Races.CAME_BACK)).isEqualTo(ALL);
    assertThat(value(count, Order.AT_ONCE, Races.ACCEPTED)).isEqualTo(ALL);
    assertThat(value(count, Order.AFTER_ITS_BOUND, Races.ACCEPTED)).isZero();
  }

  @Test
  @DisplayName("Every race MUST be provoked as often as the tier says, its orders in turn")
  void races() {
    Count count = measured(named("memory"));

    for (Race race : Race.values()) {
      int orders = race == Race.REVOCATION ? Order.of(race).size() : 1;
      assertThat(sum(count, race, Races.RACES)).isEqualTo(ALL * orders);
    }
  }

  @Test
  @DisplayName("Two runs MUST count the same")
  void deterministic() {
    assertThat(measured(named("jwt-hs256"))).isEqualTo(measured(named("jwt-hs256")));
  }

  @Test
  @DisplayName("An arm that does worse than its guarantees MUST be found out in every race")
  void worse() {
    List<String> findings = measured(PretendingSessions.arm("jwt-hs256", "memory")).findings();

    for (Order order : Order.values()) {
      if (order != Order.AFTER_ITS_BOUND) {
        assertThat(findings)
            .as("%s: %s", order.race(), order)
            .anyMatch(finding -> finding.contains("%s (%s)".formatted(order.race(), order)));
      }
    }
  }

  @Test
  @DisplayName("An arm that does better than its guarantees MUST be told that they are stale")
  void better() {
    List<String> findings = measured(PretendingSessions.arm("memory", "jwt-hs256")).findings();

    for (Race race : Race.values()) {
      assertThat(findings).as(race.toString()).anyMatch(finding -> finding.contains(race + " ("));
    }
  }

  @Test
  @DisplayName("An arm that keeps conflicts to itself MUST be found to lose changes")
  void swallowing() {
    assertThat(measured(PretendingSessions.swallowingConflicts("memory")).findings())
        .isNotEmpty()
        .allMatch(finding -> finding.contains("lost-update"))
        .anyMatch(finding -> finding.contains("a change was lost and nobody told"));
  }

  @Test
  @DisplayName("An arm that accepts what was ended MUST be found out")
  void acceptsEnded() {
    assertThat(measured(DishonestSessions.arm(Lie.ACCEPTS_ENDED)).findings())
        .anyMatch(finding -> finding.contains("resurrection"))
        .anyMatch(finding -> finding.contains("revocation (asked at once)"));
  }

  @Test
  @DisplayName("An arm that fails in a race MUST have no values, and be a finding")
  void forgetful() {
    Count count = measured(DishonestSessions.arm(Lie.FORGETS_STATE));

    assertThat(count.findings()).singleElement().asString().contains("failed in a race");
    assertThat(count.results()).allMatch(arm -> arm.value(Races.RACES).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"redis, 0", "redis-near, 6", "hybrid, 0", "hybrid-local, 6"})
  @DisplayName(
      "An arm on Redis MUST keep its guarantees on two nodes; what answers from nearby accepts what it has not heard of, and after its bound nothing")
  void onRedis(String name, double atOnce) {
    assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElse(""));
    try (RedisServer server = RedisServer.start()) {
      Servers servers = Servers.of(RedisAddress.of(server.uri()));

      Count count = new Races().measure(Labs.of(List.of(named(name)), servers));

      assertThat(count.findings()).isEmpty();
      assertThat(value(count, Order.AT_ONCE, Races.ACCEPTED)).isEqualTo(atOnce);
      assertThat(value(count, Order.AFTER_ITS_BOUND, Races.ACCEPTED)).isZero();
    }
  }

  @Test
  @DisplayName(
      "A peer that saves what it holds MUST be seen to lose and to bring back, and is no finding")
  void peer() {
    Count count = raced(WholeSavingPeer.arm());

    assertThat(count.findings()).isEmpty();
    assertThat(sum(count, Race.ROLLBACK, Races.ACCEPTED)).isZero();
    assertThat(value(count, Order.ONE_AFTER_THE_OTHER, Races.LOST)).isZero();
    assertThat(sum(count, Race.LOST_UPDATE, Races.LOST)).isEqualTo(4);
    assertThat(sum(count, Race.RESURRECTION, Races.CAME_BACK)).isEqualTo(6);
    assertThat(metric(count, Order.AFTER_ITS_BOUND, Races.ACCEPTED))
        .get()
        .extracting(Metric::reason)
        .isEqualTo("a peer states no bound");
  }

  @ParameterizedTest
  @CsvSource({
    "memory, jwt-hs256, DOES_NOT_HOLD",
    "memory, , NOT_TESTABLE",
    ", jwt-hs256, NOT_TESTABLE",
  })
  @DisplayName("The verdict MUST follow from the values")
  void verdict(String store, String token, Verdict expected) {
    List<ArmResult> results =
        Stream.of(Optional.ofNullable(store), Optional.ofNullable(token))
            .flatMap(Optional::stream)
            .flatMap(name -> measured(named(name)).results().stream())
            .toList();

    assertThat(new RaceRules().verdict(experiment(results)).verdict()).isEqualTo(expected);
  }

  @Test
  @DisplayName("The claim MUST hold of state in the client that is as good as the worst store")
  void holds() {
    List<ArmResult> good = measured(named("memory")).results();
    List<ArmResult> both = new ArrayList<>(good);
    good.forEach(arm -> both.add(inClient("careful", arm)));

    assertThat(new RaceRules().verdict(experiment(both)).verdict()).isEqualTo(Verdict.HOLDS);

    both.addAll(measured(named("jwt-hs256")).results());

    assertThat(new RaceRules().verdict(experiment(both)).verdict()).isEqualTo(Verdict.HOLDS_WHEN);
  }

  @Test
  @DisplayName("The predictions MUST say of which peers they came true")
  void predictions() {
    List<ArmResult> results = new ArrayList<>(raced(WholeSavingPeer.arm()).results());
    results.addAll(measured(named("jwt-hs256")).results());

    Experiment experiment = experiment(results);

    assertThat(new RaceRules().predictions(experiment))
        .contains("loses a change, each time: came true", "came true of peer-whole");
    assertThat(new RaceRules().asides(experiment))
        .singleElement()
        .asString()
        .startsWith("peer-whole: ")
        .contains("6 times of 6");
  }

  private static Experiment experiment(List<ArmResult> results) {
    return new Experiment("E29", "", "", Verdict.NOT_TESTABLE, results);
  }

  private static ArmResult inClient(String name, ArmResult arm) {
    Map<String, String> params = new LinkedHashMap<>(arm.params());
    params.put(Races.STATE, Races.CLIENT);
    return new ArmResult(name, params, arm.metrics());
  }

  private static Arm named(String name) {
    return PretendingSessions.named(name);
  }

  private static Count measured(Arm arm) {
    return new Races().measure(Labs.of(List.of(arm), Servers.NONE));
  }

  private static Count raced(PeerArm peer) {
    return new Races().measure(Labs.of(List.of(), List.of(peer), Servers.NONE, Tier.SMOKE));
  }

  private static double sum(Count count, Race race, String metric) {
    return count.results().stream()
        .filter(arm -> arm.has(Map.of(Races.RACE, race.toString())))
        .mapToDouble(arm -> arm.value(metric).orElse(0.0))
        .sum();
  }

  private static double value(Count count, Order order, String name) {
    return metric(count, order, name).map(Metric::value).orElseThrow();
  }

  private static Optional<Metric> metric(Count count, Order order, String name) {
    return count.results().stream()
        .filter(arm -> arm.has(Map.of(Races.ORDER, order.toString())))
        .findFirst()
        .flatMap(arm -> arm.metric(name));
  }
}
