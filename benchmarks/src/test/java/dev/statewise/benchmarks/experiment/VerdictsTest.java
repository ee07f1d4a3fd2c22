package dev.statewise.benchmarks.experiment;

import static dev.statewise.benchmarks.run.Runs.arm;
import static dev.statewise.benchmarks.run.Runs.experiment;
import static dev.statewise.benchmarks.run.Runs.metric;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.catalogue.Catalogue;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Verdict;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VerdictsTest {

  private static final Map<String, String> VALIDATE = Map.of("operation", "validate");

  @Test
  @DisplayName(
      "E0 MUST hold exactly if the duplicate is within the band and the canary within its drift")
  void noise() {
    assertThat(noise(0.99, 1.02, 0.03)).isEqualTo(Verdict.HOLDS);
    assertThat(noise(0.90, 0.96, 0.03)).isEqualTo(Verdict.HOLDS);
    assertThat(noise(0.80, 0.94, 0.03)).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(noise(1.06, 1.20, 0.03)).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(noise(0.99, 1.02, 0.11)).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(Verdicts.noise(experiment("E0")).verdict()).isEqualTo(Verdict.NOT_TESTABLE);
  }

  @Test
  @DisplayName(
      "E1 MUST hold if every token costs more than Redis, client and server together, and memory less than any")
  void validationCost() {
    assertThat(cost(30, 40).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(cost(5, 40).verdict()).isEqualTo(Verdict.HOLDS_WHEN);
    assertThat(cost(5, 40).sentence()).endsWith("only when the algorithm is jwt-rs256.");
    assertThat(cost(50, 30, 40).verdict()).as("dear memory").isEqualTo(Verdict.HOLDS_WHEN);
    assertThat(cost(50, 30, 40).sentence()).contains("Memory is not cheaper than every token.");
    assertThat(cost(5, 20).verdict()).as("above the client alone").isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(
            Verdicts.validationCost(experiment("E1", arm("jwt-hs256", VALIDATE, metric("cpu", 5))))
                .verdict())
        .isEqualTo(Verdict.NOT_TESTABLE);
  }

  @Test
  @DisplayName("Each part of E1's hypothesis MUST be said to have come true or not, by its factor")
  void predictions() {
    String outcome =
        Verdicts.VALIDATION_COST.predictions(
            experiment(
                "E1",
                arm("memory", VALIDATE, metric("cpu", 2)),
                arm("redis", VALIDATE, metric("cpu", 15), metric("serverCpu", 10)),
                arm("jwt-hs256", VALIDATE, metric("cpu", 5)),
                arm("jwt-rs256", VALIDATE, metric("cpu", 40)),
                arm("jwt-es256", VALIDATE, metric("cpu", 75))));

    assertThat(outcome)
        .contains("Memory far below HS256: did not come true (× 2.50)")
        .contains("HS256 below Redis: came true (× 5.00)")
        .contains("RS256 about as Redis: came true (× 1.60)")
        .contains("ES256 far above Redis: came true (× 3.00)")
        .contains("Ed25519 far above Redis: not measured");
  }

  @Test
  @DisplayName("E1's sentence MUST hold the values of the run")
  void sentence() {
    assertThat(cost(5, 40).sentence())
        .contains("Redis takes 25.0 ns (15.0 client, 10.0 server)")
        .contains("jwt-hs256 takes 5.00 ns")
        .contains("jwt-rs256 takes 40.0 ns");
  }

  @Test
  @DisplayName(
      "E6 MUST hold if redis and hybrid ask on each validation, and in part if only redis does")
  void storeCommands() {
    assertThat(trips(1, 1).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(trips(1, 0).verdict()).isEqualTo(Verdict.HOLDS_WHEN);
    assertThat(trips(0, 0).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(trips(1, 1).sentence())
        .isEqualTo(
            "A validation with no touch due costs 0 commands in 0 round trips for memory; 1 command in 1 round trip for redis, hybrid.");
    Finding near =
        Verdicts.storeCommands(
            experiment("E6", counted("redis", 1), counted("hybrid", 1), counted("redis-near", 0)));
    assertThat(near.verdict()).isEqualTo(Verdict.HOLDS_WHEN);
    assertThat(near.sentence()).endsWith("What is kept near, by redis-near, adds no hop to it.");
    ArmResult without =
        arm(
            "redis",
            VALIDATE,
            Metric.absent("roundTrips", "round trips", Evidence.COUNT, "no Redis to ask"));
    assertThat(Verdicts.storeCommands(experiment("E6", without)).verdict())
        .isEqualTo(Verdict.NOT_TESTABLE);
  }

  @Test
  @DisplayName("E8 MUST hold if the smallest typical token is larger than a session id")
  void requestBytes() {
    assertThat(bytes(500, 800)).isEqualTo(Verdict.HOLDS);
    assertThat(bytes(50, 800)).isEqualTo(Verdict.HOLDS_WHEN);
    assertThat(bytes(50, 55)).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(Verdicts.requestBytes(experiment("E8")).verdict()).isEqualTo(Verdict.NOT_TESTABLE);
  }

  @Test
  @DisplayName("E2 MUST hold if every asymmetric algorithm is expensive on every provider")
  void providers() {
    assertThat(signatures(900_000, 200_000).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(signatures(900_000, 60_000).verdict()).isEqualTo(Verdict.HOLDS_WHEN);
    assertThat(signatures(900_000, 60_000).sentence())
        .contains(
            "Of 2 pairs", "1 verify for more than 100,000 ns", "ES256 takes 60,000 to 900,000");
    assertThat(signatures(90_000, 60_000).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(
            new Providers().verdict(experiment("E2", signature("HS256", "jdk@17", 400))).verdict())
        .isEqualTo(Verdict.NOT_TESTABLE);
  }

  @Test
  @DisplayName("Each part of E2's hypothesis MUST be said to have come true or not, by its factor")
  void providersPredicted() {
    assertThat(
            new Providers()
                .predictions(
                    experiment(
                        "E2",
                        signature("ES256", "jdk@17", 1_200_000),
                        signature("ES256", "accp@17", 60_000),
                        signature("ES256", "jdk@25", 500_000),
                        signature("ES256", "accp@25", 60_000))))
        .contains("more than ten times: came true (× 20.0)")
        .contains("less than two times: did not come true (× 2.40)");
    assertThat(new Providers().predictions(experiment("E2"))).contains("ten times: not measured");
  }

  @Test
  @DisplayName("E4 MUST hold if no bad credential costs more than half of a good one")
  void refusing() {
    assertThat(refusing(0.1, 0.4).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(refusing(0.1, 0.6).verdict()).isEqualTo(Verdict.HOLDS_WHEN);
    assertThat(refusing(0.1, 0.6).sentence())
        .contains("Of 2 bad credentials 1 cost more than half", ": jwt-hs256 (bad-signature).")
        .contains("by jwt-hs256 (bad-signature): the server spends 9.00 times");
    assertThat(refusing(0.7, 1.1).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(new Rejections().verdict(experiment("E4")).verdict())
        .isEqualTo(Verdict.NOT_TESTABLE);
  }

  @Test
  @DisplayName("Each part of E4's hypothesis MUST be said to have come true or not, by its number")
  void refusalsPredicted() {
    String outcome =
        new Rejections()
            .predictions(
                experiment("E4", bad("malformed", 0.1, 900), bad("bad-signature", 0.6, 3_000)));

    assertThat(outcome)
        .contains("HS256's bad signature as much as a good one: did not come true (× 0.600)")
        .contains("a malformed token within a microsecond: came true (900 ns)")
        .contains("50 MB within a microsecond: not measured");
  }

  @Test
  @DisplayName("Times of a tier that is too short for them MUST NOT be judged, and counts MUST be")
  void smoke() {
    ArmResult[] arms = {
      arm("redis", VALIDATE, metric("cpu", 15)), arm("jwt-hs256", VALIDATE, metric("cpu", 5))
    };

    assertThat(Catalogue.answered(Question.E1, java.util.List.of(arms), false).verdict())
        .isEqualTo(Verdict.NOT_TESTABLE);
    assertThat(Catalogue.answered(Question.E1, java.util.List.of(arms), true).verdict())
        .isEqualTo(Verdict.DOES_NOT_HOLD);
    ArmResult counted = arm("redis", VALIDATE, Metric.counted("roundTrips", "round trips", 1, 20));
    assertThat(Catalogue.answered(Question.E6, java.util.List.of(counted), false).verdict())
        .isEqualTo(Verdict.HOLDS);
  }

  private static Verdict noise(double lo, double hi, double drift) {
    Metric ratio = new Metric("ratio", "ratio", Evidence.PAIRED, (lo + hi) / 2, lo, hi, 100, null);
    Metric moved = new Metric("drift", "share", Evidence.CPU, drift, drift, drift, 100, null);
    return Verdicts.noise(
            experiment("E0", arm("canary", Map.of(), moved), arm("aa", Map.of(), ratio)))
        .verdict();
  }

  private static Finding cost(double hs256, double rs256) {
    return cost(1, hs256, rs256);
  }

  private static Finding cost(double memory, double hs256, double rs256) {
    return Verdicts.validationCost(
        experiment(
            "E1",
            arm("memory", VALIDATE, metric("cpu", memory)),
            arm("redis", VALIDATE, metric("cpu", 15), metric("serverCpu", 10)),
            arm("jwt-hs256", VALIDATE, metric("cpu", hs256)),
            arm("jwt-rs256", VALIDATE, metric("cpu", rs256))));
  }

  private static Finding trips(long redis, long hybrid) {
    return Verdicts.storeCommands(
        experiment("E6", counted("memory", 0), counted("redis", redis), counted("hybrid", hybrid)));
  }

  private static ArmResult counted(String name, long trips) {
    return arm(
        name,
        VALIDATE,
        Metric.counted("commands", "commands", trips, 20),
        Metric.counted("roundTrips", "round trips", trips, 20));
  }

  private static Finding signatures(double jdk, double accp) {
    return new Providers()
        .verdict(
            experiment(
                "E2",
                signature("HS256", "jdk@17", 400),
                signature("ES256", "jdk@17", jdk),
                signature("ES256", "accp@17", accp)));
  }

  private static ArmResult signature(String algorithm, String provider, double cpu) {
    return arm(algorithm, Map.of("operation", "verify", "provider", provider), metric("cpu", cpu));
  }

  private static Finding refusing(double malformed, double signature) {
    return new Rejections()
        .verdict(
            experiment(
                "E4",
                arm("jwt-hs256", Map.of("case", "valid"), metric("cpu", 10)),
                bad("malformed", malformed, 100),
                bad("bad-signature", signature, 100)));
  }

  private static ArmResult bad(String name, double ratio, double cpu) {
    return arm(
        "jwt-hs256",
        Map.of("case", name, "refusedAs", "UNTRUSTED"),
        metric("cpu", cpu),
        metric("ratioToValid", ratio),
        metric("amplification", name.equals("malformed") ? 1 : 9));
  }

  private static Verdict bytes(long least, long most) {
    return Verdicts.requestBytes(
            experiment("E8", line("memory", 60), line("jwt-hs256", least), line("jwt-rs256", most)))
        .verdict();
  }

  private static ArmResult line(String name, long bytes) {
    return arm(
        name,
        Map.of("carrier", "cookie", "profile", "typ", "part", "credential line"),
        Metric.counted("bytes", "B", bytes, 1));
  }
}
