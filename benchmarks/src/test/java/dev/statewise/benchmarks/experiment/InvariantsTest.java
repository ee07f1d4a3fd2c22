package dev.statewise.benchmarks.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Fact;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Invariant.Outcome;
import dev.statewise.benchmarks.run.Invariant.Stamp;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Runs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InvariantsTest {

  private final Measurements measurements = new Measurements();
  private final Measurements refusals = new Measurements();
  private final Measurements signatures = new Measurements();
  private final Measurements states = new Measurements();
  private List<GateOutcome> gate =
      List.of(new GateOutcome("memory", "accepts valid", true, "Accepted", "Accepted"));
  private List<String> storeFindings = List.of();
  private List<String> sizeFindings = List.of();
  private Optional<List<String>> promiseFindings = Optional.empty();
  private List<Experiment> experiments = List.of();
  private Map<String, Fact> env = completeEnvironment();
  private Run.Noise noise = noise(1.0, 0.01, 0.5);
  private boolean timesReadable = true;
  private boolean interrupted;

  @Test
  @DisplayName("I1 a superset that is surely cheaper than its subset MUST make the run INVALID")
  void supersets() {
    experiments = List.of(superset(0.90, 0.94));
    assertThat(outcome("I1")).isEqualTo(Outcome.BROKEN);
    assertThat(invariant("I1").stamps()).isEqualTo(Stamp.INVALID);

    experiments = List.of(superset(0.98, 1.02));
    assertThat(outcome("I1")).isEqualTo(Outcome.HOLDS);
    experiments = List.of(superset(0.93, 0.951));
    assertThat(outcome("I1")).as("within the band").isEqualTo(Outcome.HOLDS);

    timesReadable = false;
    assertThat(outcome("I1")).isEqualTo(Outcome.NOT_APPLICABLE);
  }

  @Test
  @DisplayName("I3, I4 and I10 MUST stamp a run NOISY and not INVALID")
  void noisy() {
    noise = noise(1.5, 0.01, 0.5);
    assertThat(outcome("I3")).isEqualTo(Outcome.BROKEN);
    noise = noise(1.0, 0.2, 0.5);
    assertThat(outcome("I4")).isEqualTo(Outcome.BROKEN);
    noise = noise(1.0, 0.01, 0.001);
    assertThat(outcome("I10")).isEqualTo(Outcome.BROKEN);

    assertThat(List.of("I3", "I4", "I10"))
        .allSatisfy(id -> assertThat(invariant(id).stamps()).isEqualTo(Stamp.NOISY));
    timesReadable = false;
    assertThat(List.of("I3", "I4", "I10"))
        .allSatisfy(id -> assertThat(invariant(id).stamps()).isEqualTo(Stamp.NOISY));
  }

  @Test
  @DisplayName("I5 an arm that failed the gate MUST make the run INVALID and be named")
  void gate() {
    gate = List.of(new GateOutcome("sly", "refuses expired", false, "Rejected", "Accepted"));

    assertThat(outcome("I5")).isEqualTo(Outcome.BROKEN);
    assertThat(invariant("I5").detail()).contains("sly", "refuses expired");
  }

  @Test
  @DisplayName("I5 MUST name who passed by admitting that what was ended is accepted for a while")
  void admits() {
    gate =
        List.of(
            new GateOutcome("memory", "refuses ended at once", true, "Rejected", "Rejected"),
            new GateOutcome("jwt-es256", "refuses ended at once", true, "…", "Accepted, NotKept"),
            new GateOutcome("peer-jjwt", "refuses ended at once", true, "…", "Found, not kept"));

    assertThat(outcome("I5")).isEqualTo(Outcome.HOLDS);
    assertThat(invariant("I5").detail())
        .contains("jwt-es256")
        .doesNotContain("memory", "peer-jjwt");
  }

  @Test
  @DisplayName("I6 and I7 MUST be broken by what E6 and E8 found amiss")
  void counts() {
    storeFindings = List.of("redis validate: 2 commands");
    sizeFindings = List.of("memory: 61 bytes");

    assertThat(outcome("I6")).isEqualTo(Outcome.BROKEN);
    assertThat(outcome("I7")).isEqualTo(Outcome.BROKEN);
  }

  @Test
  @DisplayName("I17 MUST be broken by an arm that does otherwise than its guarantees say")
  void promises() {
    assertThat(outcome("I17")).isEqualTo(Outcome.NOT_APPLICABLE);
    promiseFindings = Optional.of(List.of());
    assertThat(outcome("I17")).isEqualTo(Outcome.HOLDS);
    promiseFindings = Optional.of(List.of("memory, resurrection: what was ended was accepted"));
    assertThat(outcome("I17")).isEqualTo(Outcome.BROKEN);
    assertThat(invariant("I17").stamps()).isEqualTo(Stamp.INVALID);
  }

  @Test
  @DisplayName("I9 a timed operation that went wrong MUST make the run INVALID")
  void errors() {
    measurements.add(new Slice(1, 0, 0, "redis", "validate", 10, 1, 1, 1, 1, 1, 1));

    assertThat(outcome("I9")).isEqualTo(Outcome.BROKEN);
    assertThat(invariant("I9").detail()).contains("redis validate");
  }

  @Test
  @DisplayName("I9 MUST NOT be said to hold of a run that was interrupted")
  void interrupted() {
    measurements.add(new Slice(1, 0, 0, "redis", "validate", 10_431, 0, 1, 1, 1, 1, 1));
    assertThat(outcome("I9")).isEqualTo(Outcome.HOLDS);

    interrupted = true;
    assertThat(outcome("I9")).isEqualTo(Outcome.NOT_APPLICABLE);
    assertThat(invariant("I9").detail()).contains("interrupted", "10,431");

    measurements.add(new Slice(1, 0, 0, "redis", "validate", 10, 1, 1, 1, 1, 1, 1));
    assertThat(outcome("I9")).isEqualTo(Outcome.BROKEN);
  }

  @Test
  @DisplayName("I11 two arms that carry different state MUST make the run INVALID")
  void payloads() {
    measurements.payload("memory", "aa");
    measurements.payload("redis", "aa");
    assertThat(outcome("I11")).isEqualTo(Outcome.HOLDS);
    assertThat(invariant("I11").detail()).isEqualTo("one state in 2 arms");

    measurements.payload("jwt-hs256", "bb");
    assertThat(outcome("I11")).isEqualTo(Outcome.BROKEN);
    assertThat(invariant("I11").detail()).isEqualTo("memory, redis; other state: jwt-hs256");
  }

  @Test
  @DisplayName("I14 an environment without a required fact MUST make the run INVALID")
  void environment() {
    assertThat(outcome("I14")).isEqualTo(Outcome.HOLDS);

    env = new LinkedHashMap<>(env);
    env.remove("jdk");
    assertThat(outcome("I14")).isEqualTo(Outcome.BROKEN);
    assertThat(invariant("I14").detail()).isEqualTo("jdk");
  }

  @Test
  @DisplayName("I9 a signature that did not hold MUST make the run INVALID as any other answer")
  void signatures() {
    signatures.add(
        new Slice(1, 1, 0, "ES256", "verify@accp", 10, 2, 1_000, 1_000, 1_000, 1_000, Double.NaN));

    assertThat(outcome("I9")).isEqualTo(Outcome.BROKEN);
    assertThat(invariant("I9").detail()).isEqualTo("ES256 verify@accp: 2 did not");
  }

  @Test
  @DisplayName(
      "I15 a bad credential that was refused for another reason, or once not, MUST make the run INVALID")
  void refusals() {
    assertThat(outcome("I15")).isEqualTo(Outcome.NOT_APPLICABLE);
    refusals.add(new GateOutcome("memory", "refuses random-id", true, "Rejected", "Rejected"));
    refusals.add(refused(0));
    assertThat(outcome("I15")).isEqualTo(Outcome.HOLDS);

    refusals.add(refused(1));
    assertThat(outcome("I15")).isEqualTo(Outcome.BROKEN);
    assertThat(invariant("I15").detail()).isEqualTo("memory random-id: 1 were not");
  }

  @Test
  @DisplayName("I15 a failed question of E4's gate, and a JVM of it that died, MUST be told")
  void refusalsFailed() {
    refusals.add(new GateOutcome("memory", "refuses expired", false, "Rejected", "Accepted"));
    refusals.failed("JVM 1 of E4 ended.");

    assertThat(outcome("I15")).isEqualTo(Outcome.BROKEN);
    assertThat(invariant("I15").stamps()).isEqualTo(Stamp.INVALID);
    assertThat(invariant("I15").detail())
        .isEqualTo("JVM 1 of E4 ended.; memory refuses expired: Accepted");
  }

  @Test
  @DisplayName(
      "All seventeen MUST be there, and one that has no data MUST say that it does not apply")
  void all() {
    List<Invariant> all = judge();

    assertThat(all).extracting(Invariant::id).hasSize(17).doesNotHaveDuplicates();
    assertThat(all).allSatisfy(one -> assertThat(one.detail()).isNotBlank());
    assertThat(outcome("I2")).isEqualTo(Outcome.NOT_APPLICABLE);
  }

  private Outcome outcome(String id) {
    return invariant(id).outcome();
  }

  private Invariant invariant(String id) {
    return judge().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  private List<Invariant> judge() {
    return Invariants.judge(
        new Invariants.Evidence(
            timesReadable,
            interrupted,
            measurements,
            refusals,
            List.of(signatures, states),
            noise,
            gate,
            Optional.of(storeFindings),
            Optional.of(sizeFindings),
            promiseFindings,
            experiments,
            env));
  }

  private static Slice refused(int errors) {
    return new Slice(
        1, 1, 0, "memory", "random-id", 100, errors, 1_000, 1_000, 1_000, 1_000, Double.NaN);
  }

  private static Experiment superset(double lo, double hi) {
    Metric ratio =
        new Metric("ratioToSubset", "ratio", Evidence.PAIRED, (lo + hi) / 2, lo, hi, 50, null);
    return Runs.experiment("E1", Runs.arm("hybrid", Map.of("operation", "validate"), ratio));
  }

  private static Run.Noise noise(double aa, double drift, double order) {
    return new Run.Noise(
        Runs.metric("cpu", 700),
        new Metric("drift", "share", Evidence.CPU, drift, drift, drift, 50, null),
        new Metric("ratio", "ratio", Evidence.PAIRED, aa, aa - 0.01, aa + 0.01, 50, null),
        new Metric("orderEffect", "probability", Evidence.CPU, order, order, order, 50, null));
  }

  private static Map<String, Fact> completeEnvironment() {
    Map<String, Fact> env = new LinkedHashMap<>();
    Environment.REQUIRED.forEach(name -> env.put(name, Fact.known("x")));
    return env;
  }
}
