package dev.statewise.benchmarks.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Invariant.Outcome;
import dev.statewise.benchmarks.run.Invariant.Stamp;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Runs;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InvariantsTest {

  private final RunText text = RunText.of(GoodRun.run());

  @Test
  @DisplayName(
      "All seventeen MUST be there, and one that has no data MUST say that it does not apply")
  void all() {
    List<Invariant> all = Invariants.judge(Runs.of());

    assertThat(all).extracting(Invariant::id).hasSize(17).doesNotHaveDuplicates();
    assertThat(all).allSatisfy(one -> assertThat(one.detail()).isNotBlank());
    assertThat(all)
        .filteredOn(one -> !Set.of("I5", "I12", "I14").contains(one.id()))
        .allSatisfy(
            one -> assertThat(one.outcome()).as(one.id()).isEqualTo(Outcome.NOT_APPLICABLE));
  }

  @Test
  @DisplayName("I3, I4 and I10 alone MUST stamp a run NOISY, whatever became of them")
  void stamps() {
    assertThat(Invariants.judge(Runs.of()))
        .filteredOn(one -> one.stamps() == Stamp.NOISY)
        .extracting(Invariant::id)
        .containsExactly("I3", "I4", "I10");
  }

  @Test
  @DisplayName("I1 a superset MUST be surely cheaper than the band to be broken")
  void band() {
    ObjectNode ratio = text.metric("E1", "hybrid", "ratioToSubset");

    ratio.put("value", 0.94).put("lo", 0.93).put("hi", 0.951);
    assertThat(outcome("I1")).as("its interval reaches the band").isEqualTo(Outcome.HOLDS);

    ratio.put("hi", 0.949);
    assertThat(outcome("I1")).isEqualTo(Outcome.BROKEN);
  }

  @Test
  @DisplayName("Times that are not to be read MUST break nothing")
  void unreadable() {
    text.at("/run").put("timesReadable", false);
    text.set(text.at("/noise/aa"), 1.4);
    text.set(text.metric("E1", "hybrid", "ratioToSubset"), 0.5);

    assertThat(List.of("I1", "I3", "I4", "I10"))
        .allSatisfy(id -> assertThat(outcome(id)).isEqualTo(Outcome.NOT_APPLICABLE));
  }

  @Test
  @DisplayName("I2 and I8 MUST hold at their tolerances")
  void tolerances() {
    text.add(
        "closed", "throughput", 9_500, 1, "responseTime", 10_000_000, 1, "concurrency", 100, 1);
    text.add("open", "offered", 100, 1, "achieved", 101, 1);
    text.add(
        "distribution",
        "p50",
        1,
        20,
        "p90",
        1,
        100,
        "p99",
        2,
        1_000,
        "p999",
        3,
        10_000,
        "max",
        3,
        10_000);
    text.add("generator", "blocked", 0.001, 1_000);

    assertThat(List.of("I2", "I8", "I13"))
        .allSatisfy(id -> assertThat(outcome(id)).isEqualTo(Outcome.HOLDS));
  }

  @Test
  @DisplayName("I5 MUST name who passed by admitting that what was ended is accepted for a while")
  void admits() {
    assertThat(invariant("I5").detail())
        .contains("jwt-es256")
        .doesNotContain("memory", "peer-jjwt");
  }

  @Test
  @DisplayName("I5 an arm that says that it failed MUST break it, and be named; a peer MUST NOT")
  void failed() {
    gate(4).put("passed", false);
    assertThat(outcome("I5")).isEqualTo(Outcome.HOLDS);

    gate(0).put("passed", false);
    assertThat(outcome("I5")).isEqualTo(Outcome.BROKEN);
    assertThat(invariant("I5").detail()).contains("memory", "accepts valid");
  }

  @Test
  @DisplayName(
      "I6 what a budget allows sometimes MUST hold, and a command that it has not MUST NOT")
  void budgets() {
    text.metric("E6", "redis", "commands").put("hi", 2);
    text.metric("E6", "redis", "declaredCommands").put("hi", 2);
    assertThat(outcome("I6")).isEqualTo(Outcome.HOLDS);

    text.metric("E6", "redis", "calledGet").put("name", "calledHgetall");
    assertThat(invariant("I6").detail())
        .isEqualTo(
            "redis validate: the server counts 1.00 calls of HGETALL an operation, declared are 0");
  }

  @Test
  @DisplayName("I9 MUST NOT be said to hold of a run that was interrupted")
  void interrupted() {
    text.at("/run").put("complete", false);
    assertThat(outcome("I9")).isEqualTo(Outcome.NOT_APPLICABLE);
    assertThat(invariant("I9").detail()).contains("interrupted", "12,431");
    assertThat(outcome("I15")).isEqualTo(Outcome.NOT_APPLICABLE);

    ((ArrayNode) text.experiment("E1").at("/timing/failures")).add("JVM 2 ended.");
    assertThat(outcome("I9")).isEqualTo(Outcome.BROKEN);
    assertThat(invariant("I9").detail()).isEqualTo("JVM 2 ended.");
  }

  @Test
  @DisplayName("I11 MUST say who carries what")
  void payloads() {
    assertThat(invariant("I11").detail())
        .isEqualTo("one state in 2 arms, and one build in every JVM");

    ((ObjectNode) text.experiment("E1").at("/timing/payloads")).putArray("bb").add("redis");
    assertThat(invariant("I11").detail()).isEqualTo("E1 hybrid, memory; other state: redis");
  }

  @Test
  @DisplayName(
      "I15 a bad credential that was refused for another reason, or once not, MUST break it")
  void refusals() {
    ObjectNode refused = (ObjectNode) text.experiment("E4").at("/timing/gate/0");
    refused.put("seen", "EXPIRED");
    assertThat(invariant("I15").detail()).isEqualTo("memory refuses random-id: EXPIRED");

    refused.put("seen", "UNKNOWN");
    ((ObjectNode) text.experiment("E4").at("/timing/answers/0")).put("errors", 1);
    assertThat(invariant("I15").detail()).isEqualTo("memory random-id: 1 were not");
    assertThat(outcome("I9")).as("what E4 shows is to be refused").isEqualTo(Outcome.HOLDS);
  }

  @Test
  @DisplayName("I17 MUST be broken by an arm that does otherwise than its guarantees say")
  void promises() {
    ObjectNode checks = text.experiment("E6").put("id", "E29").putObject("checks");
    checks.put("checked", 1).putArray("findings");
    assertThat(outcome("I17")).isEqualTo(Outcome.HOLDS);

    checks.putArray("findings").add("memory, resurrection: what was ended was accepted");
    assertThat(outcome("I17")).isEqualTo(Outcome.BROKEN);
    assertThat(invariant("I17").stamps()).isEqualTo(Stamp.INVALID);
  }

  private ObjectNode gate(int at) {
    return (ObjectNode) text.list("/run/gate").get(at);
  }

  private Outcome outcome(String id) {
    return invariant(id).outcome();
  }

  private Invariant invariant(String id) {
    Run run = text.read();
    return Invariants.judge(run).stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
