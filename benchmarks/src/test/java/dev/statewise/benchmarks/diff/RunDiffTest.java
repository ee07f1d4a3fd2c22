package dev.statewise.benchmarks.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.InvalidRunException;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import dev.statewise.benchmarks.run.Runs;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunDiffTest {

  private static final String JMH =
      """
      [{"jmhVersion": "1.37", "benchmark": "a.b.ValidateBenchmark.validate", "mode": "avgt",
        "threads": 1, "forks": 3, "vmName": "VM", "vmVersion": "17", "jvmArgs": ["-Xmx512m"],
        "params": {"arm": "memory"},
        "primaryMetric": {"score": 400.0, "scoreError": "NaN", "scoreUnit": "ns/op",
          "rawData": [[%s, 401, 402], [403, 399, 400], [398, 400, 401]]},
        "secondaryMetrics": {
          "gc.alloc.rate.norm": {"scoreUnit": "B/op", "rawData": [[456, 456], [456], [456]]},
          "gc.count": {"scoreUnit": "counts", "rawData": [[1, 1], [1], [1]]}}}]
      """;

  @Test
  @DisplayName("A run MUST agree with itself, and nothing MUST be said to differ")
  void itself() {
    Recording run = recording(run(cpu("a", 100), bytes("a", 60)));

    RunDiff diff = RunDiff.between(run, run, Noise.usual());

    assertThat(diff.environment()).isEmpty();
    assertThat(diff.metrics()).hasSize(2).allMatch(one -> one.outcome() == Outcome.NO_CHANGE);
    assertThat(diff.agreement().text())
        .startsWith("COUNT equal: 1 of 1; CPU: 100.0 % of 1 overlapping, largest distance 0.0 %");
    for (RunDiff.Kind kind : RunDiff.Kind.values()) {
      assertThat(diff.differsIn(kind)).as(kind.name()).isFalse();
    }
    assertThat(DiffText.of(diff, false)).contains("Nothing differs about", "They agree.");
  }

  @Test
  @DisplayName("A count that changed MUST be told of with both values, and be no agreement")
  void count() {
    RunDiff diff = between(run(cpu("a", 100), bytes("a", 60)), run(cpu("a", 100), bytes("a", 61)));

    assertThat(diff.differsIn(RunDiff.Kind.COUNT)).isTrue();
    assertThat(diff.differsIn(RunDiff.Kind.CPU)).isFalse();
    assertThat(diff.differsIn(RunDiff.Kind.AGREEMENT)).isTrue();
    assertThat(DiffText.of(diff, false))
        .containsPattern("E1 a bytes, B COUNT +60 +61 +\\+1.7 % +regressed +counted")
        .contains("COUNT equal: 0 of 1", "They do not agree.", "1 counts differ.");
  }

  @Test
  @DisplayName("Two files without a count in common MUST differ in counts, for none was compared")
  void nothingInCommon() {
    RunDiff diff = between(run(bytes("a", 60)), run(bytes("b", 60)));

    assertThat(diff.differsIn(RunDiff.Kind.COUNT)).isTrue();
    assertThat(diff.differsIn(RunDiff.Kind.AGREEMENT)).isTrue();
    assertThat(diff.onlyInA()).extracting(Key::arm).containsExactly("a");
    assertThat(diff.onlyInB()).extracting(Key::arm).containsExactly("b");
    assertThat(DiffText.of(diff, false)).contains("Only in A, and not compared: {E1=1}");
  }

  @Test
  @DisplayName("One CPU metric of ten MAY be apart, and two MUST NOT")
  void overlapping() {
    assertThat(between(tenArms(0), tenArms(1)).agreement().holds()).isTrue();
    assertThat(between(tenArms(0), tenArms(2)).agreement().against())
        .containsExactly("Of the CPU metrics 80.0 % overlap, and 90 % must.");
  }

  @Test
  @DisplayName("A CPU metric that is apart by more than a quarter MUST be named as no agreement")
  void apart() {
    Agreement agreement = between(run(wide("a", 100)), run(wide("a", 127))).agreement();

    assertThat(agreement.cpuOverlapping()).isEqualTo(1);
    assertThat(agreement.against())
        .containsExactly("E1 a cpu is apart by 27.0 %, and 25 % is the most.");
    assertThat(between(run(wide("a", 100)), run(wide("a", 124))).agreement().holds()).isTrue();
  }

  @Test
  @DisplayName("A regressed CPU metric MUST be one that fails on cpu, and an improved one not")
  void cpuRegressed() {
    assertThat(between(run(cpu("a", 100)), run(cpu("a", 150))).differsIn(RunDiff.Kind.CPU))
        .isTrue();
    assertThat(between(run(cpu("a", 150)), run(cpu("a", 100))).differsIn(RunDiff.Kind.CPU))
        .isFalse();
  }

  @Test
  @DisplayName("What differs about the machines MUST come first, the JDK before the rest")
  void environment() {
    Run other =
        RunFile.read(
            RunFile.write(run(cpu("a", 100)))
                .replace("\"some jdk\"", "\"another jdk\"")
                .replace("\"some kernel\"", "\"another kernel\""));

    String text = DiffText.of(between(run(cpu("a", 100)), other), false);

    assertThat(text.indexOf("some jdk → another jdk"))
        .isPositive()
        .isLessThan(text.indexOf("some kernel → another kernel"));
    assertThat(text.indexOf("another kernel")).isLessThan(text.indexOf("numbers are in both"));
  }

  @Test
  @DisplayName("An invariant that makes one of them INVALID MUST be told of")
  void broken() {
    Run invalid =
        RunFile.read(RunFile.write(run(bytes("a", 60))).replaceFirst("\"holds\"", "\"broken\""));

    RunDiff diff = between(run(bytes("a", 60)), invalid);

    assertThat(diff.differsIn(RunDiff.Kind.INVARIANT)).isTrue();
    assertThat(diff.broken()).containsExactly("B I5: seen to hold");
  }

  @Test
  @DisplayName("A run that says otherwise of its invariants than its data MUST be told of")
  void contradictions() {
    Recording altered =
        Recordings.read(RunFile.write(run(bytes("a", 60))).replace("\"virt\"", "\"virtual\""));

    assertThat(RunDiff.between(altered, altered, Noise.usual()).differsIn(RunDiff.Kind.INVARIANT))
        .isTrue();
    assertThat(altered.broken())
        .contains("I14: virt")
        .anyMatch(one -> one.startsWith("The file says of I"));
  }

  @Test
  @DisplayName("Results of JMH MUST be read as they are, forks as JVMs")
  void jmh() {
    Recording before = Recordings.read(JMH.formatted("400"));
    RunDiff diff = RunDiff.between(before, Recordings.read(JMH.formatted("404")), Noise.usual());

    assertThat(before.title()).isEqualTo("1 results of JMH 1.37");
    assertThat(diff.metrics())
        .extracting(one -> one.of().text())
        .containsExactly(
            "JMH ValidateBenchmark.validate arm=memory avgt",
            "JMH ValidateBenchmark.validate arm=memory alloc");
    assertThat(diff.metrics()).allMatch(one -> one.a().jvms() == 3);
    assertThat(diff.metrics().get(0).ratio()).isNotNull();
  }

  @Test
  @DisplayName("A file that is neither a run nor of JMH MUST be refused")
  void neither() {
    for (String text : new String[] {"", "[]", "{}", "[{}]", "no JSON", "null"}) {
      assertThatThrownBy(() -> Recordings.read(text))
          .as(text)
          .isInstanceOf(InvalidRunException.class);
    }
  }

  private static RunDiff between(Run a, Run b) {
    return RunDiff.between(recording(a), recording(b), Noise.usual());
  }

  private static Recording recording(Run run) {
    return Recordings.read(earlier(RunFile.write(run)));
  }

  /** Of a schema whose word on invariants is taken. */
  private static String earlier(String json) {
    return json.replace("\"1.2\"", "\"1.1\"");
  }

  private static Run run(ArmResult... arms) {
    return Runs.of(Runs.experiment("E1", arms));
  }

  /** Of which the first ones are a fifth dearer. */
  private static Run tenArms(int dearer) {
    return run(
        IntStream.range(0, 10)
            .mapToObj(i -> cpu("arm" + i, i < dearer ? 120 : 100))
            .toArray(ArmResult[]::new));
  }

  private static ArmResult cpu(String name, double value) {
    return Runs.arm(name, Map.of(), Runs.metric("cpu", value));
  }

  private static ArmResult wide(String name, double value) {
    return Runs.arm(
        name,
        Map.of(),
        new Metric(
            "cpu",
            "ns/op",
            dev.statewise.benchmarks.run.Evidence.CPU,
            value,
            value / 2,
            value * 2,
            9,
            null));
  }

  private static ArmResult bytes(String name, long value) {
    return Runs.arm(name, Map.of(), Metric.counted("bytes", "B", value, 1));
  }
}
