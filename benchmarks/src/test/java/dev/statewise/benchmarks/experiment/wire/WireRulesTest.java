package dev.statewise.benchmarks.experiment.wire;

import static dev.statewise.benchmarks.run.Runs.arm;
import static dev.statewise.benchmarks.run.Runs.experiment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Verdict;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rules of E9 and E10")
class WireRulesTest {

  @Test
  @DisplayName(
      "E9 MUST hold if tokens are larger however they are indexed, in part if in one manner, and not if in none")
  void headerBlocks() {
    assertThat(blocks(300, 450)).isEqualTo(Verdict.HOLDS);
    assertThat(blocks(1, 450)).isEqualTo(Verdict.HOLDS_WHEN);
    assertThat(blocks(1, 40)).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(new HeaderBlockRules().verdict(experiment("E9")).verdict())
        .isEqualTo(Verdict.NOT_TESTABLE);
  }

  @Test
  @DisplayName("E9's sentence MUST name the edges of the table, and take them from the run")
  void edges() {
    Experiment e9 =
        experiment(
            "E9",
            block("memory", Indexing.INDEXED, 1),
            block("memory", Indexing.NEVER_INDEXED, 43),
            block("jwt-hs256", Indexing.INDEXED, 1),
            block("jwt-hs256", Indexing.NEVER_INDEXED, 453),
            arm(
                TokenSizes.ARM,
                Map.of(HeaderBlocks.CARRIER, "cookie", HeaderBlocks.EDGE, TokenSizes.TOKEN_BYTES),
                Metric.counted(TokenSizes.LARGEST, "B", 3_111, 1)),
            arm(
                "jwt-hs256",
                Map.of(HeaderBlocks.CARRIER, "cookie", HeaderBlocks.EDGE, SharedConnections.USERS),
                Metric.counted(SharedConnections.MOST_USERS, "users", 7, 1)));

    assertThat(new HeaderBlockRules().verdict(e9).sentence())
        .contains("more than 3,111 bytes", "more than 7 users with jwt-hs256 tokens");
    assertThat(new HeaderBlockRules().predictions(e9))
        .contains("a few tokens share a connection: came true (7 of jwt-hs256)")
        .contains("some forty ids: not measured");
  }

  private static Verdict blocks(long indexed, long never) {
    return new HeaderBlockRules()
        .verdict(
            experiment(
                "E9",
                block("memory", Indexing.INDEXED, 1),
                block("memory", Indexing.NEVER_INDEXED, 43),
                block("jwt-hs256", Indexing.INDEXED, indexed),
                block("jwt-hs256", Indexing.NEVER_INDEXED, never)))
        .verdict();
  }

  private static ArmResult block(String name, Indexing indexing, long bytes) {
    return arm(
        name,
        Map.of(
            HeaderBlocks.CARRIER,
            "cookie",
            HeaderBlocks.PROFILE,
            "typ",
            HeaderBlocks.INDEXING,
            indexing.toString(),
            HeaderBlocks.REQUEST,
            HeaderBlocks.REPEAT),
        Metric.counted(HeaderBlocks.BYTES, "B", bytes, 1));
  }

  @Test
  @DisplayName(
      "E10 MUST hold if a typical token does not fit the smallest, and not if 200 groups still do")
  void limits() {
    assertThat(limits(500, 10_451)).isEqualTo(Verdict.HOLDS);
    assertThat(limits(8_138, 10_451)).isEqualTo(Verdict.HOLDS_WHEN);
    assertThat(limits(16_358, 10_451)).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(new LimitRules().verdict(experiment("E10")).verdict())
        .isEqualTo(Verdict.NOT_TESTABLE);
  }

  @Test
  @DisplayName("E10's prediction MUST name the servers that do not do as predicted")
  void predictions() {
    assertThat(new LimitRules().predictions(e10(8_138, 10_451)))
        .contains("between 8 and 16 KB: did not come true (not of generous)")
        .contains("with 400 or 431: came true")
        .contains("hundreds of KB by the JDK's own: not measured");
  }

  private static Verdict limits(long least, long g200) {
    return new LimitRules().verdict(e10(least, g200)).verdict();
  }

  private static Experiment e10(long least, long g200) {
    return experiment(
        "E10",
        server("strict", least),
        server("generous", 1_048_522),
        line("typ", 574),
        line("g200", g200));
  }

  private static ArmResult server(String name, long line) {
    return arm(
        name,
        Map.of(HeaderLimits.KIND, "embedded", HeaderLimits.VERSION, "1"),
        Metric.counted(HeaderLimits.LARGEST_LINE, "B", line, 1),
        Metric.counted(HeaderLimits.STATUS, "status", 431, 1));
  }

  private static ArmResult line(String profile, long bytes) {
    return arm(
        "jwt-hs256",
        Map.of(HeaderLimits.CARRIER, "bearer", HeaderLimits.PROFILE, profile),
        Metric.counted(HeaderLimits.BYTES, "B", bytes, 1));
  }
}
