package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.jwt.Algorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Experiment E2: what signing and verifying cost by algorithm, provider and JDK. */
public final class ProviderCost {

  /** The param that names provider and JDK: {@code accp@25}. */
  public static final String PROVIDER = "provider";

  /** The param that says whose code it really was. */
  public static final String IMPLEMENTATION = "implementation";

  private static final String OPERATION = "operation";
  private static final String NOT_MEASURED = "not measured before the run ended";

  private final Map<Integer, Measurements> byJdk;
  private final Bootstrap bootstrap;

  /**
   * @param byJdk what was measured on each JDK, by its feature version
   */
  public ProviderCost(Map<Integer, Measurements> byJdk, Bootstrap bootstrap) {
    this.byJdk = new LinkedHashMap<>(byJdk);
    this.bootstrap = bootstrap;
  }

  /** Each operation, algorithm, provider and JDK. */
  public List<ArmResult> results() {
    List<ArmResult> results = new ArrayList<>();
    for (String operation : List.of(ProviderTasks.VERIFY, ProviderTasks.SIGN)) {
      for (Algorithm algorithm : Algorithm.values()) {
        byJdk.forEach(
            (jdk, measured) -> {
              for (CryptoProvider provider : CryptoProvider.values()) {
                results.add(result(operation, algorithm.name(), provider, jdk, measured));
              }
            });
      }
    }
    return results;
  }

  private ArmResult result(
      String operation, String algorithm, CryptoProvider provider, int jdk, Measurements measured) {
    Optional<GateOutcome> said =
        measured.gate().stream()
            .filter(one -> one.arm().equals(algorithm))
            .filter(one -> one.question().equals(provider.toString()))
            .findFirst();
    Map<String, String> params = new LinkedHashMap<>();
    params.put(OPERATION, operation);
    params.put(PROVIDER, provider + "@" + jdk);
    said.filter(GateOutcome::passed).ifPresent(one -> params.put(IMPLEMENTATION, one.seen()));
    Optional<String> absence =
        said.isEmpty()
            ? Optional.of(NOT_MEASURED)
            : said.filter(one -> !one.passed()).map(GateOutcome::seen);
    String timed = ProviderTasks.operation(operation, provider);
    return new ArmResult(
        algorithm,
        params,
        List.of(
            metric("cpu", "ns/op", measured, algorithm, timed, Slice::cpu, absence),
            metric("alloc", "B/op", measured, algorithm, timed, Slice::alloc, absence),
            ratio(
                measured,
                algorithm,
                timed,
                ProviderTasks.operation(operation, CryptoProvider.JDK),
                absence)));
  }

  private Metric metric(
      String name,
      String unit,
      Measurements measured,
      String algorithm,
      String timed,
      ToDoubleFunction<Slice> value,
      Optional<String> absence) {
    List<double[]> samples = measured.samples(algorithm, timed, value);
    return absence.isPresent() || samples.isEmpty()
        ? Metric.absent(name, unit, Evidence.CPU, absence.orElse(NOT_MEASURED))
        : Metric.estimated(name, unit, Evidence.CPU, bootstrap.median(samples));
  }

  private Metric ratio(
      Measurements measured,
      String algorithm,
      String timed,
      String jdks,
      Optional<String> absence) {
    List<double[]> ratios = measured.ratios(algorithm, algorithm, timed, jdks);
    return absence.isPresent() || ratios.stream().allMatch(group -> group.length == 0)
        ? Metric.absent("ratioToDefault", "ratio", Evidence.PAIRED, absence.orElse(NOT_MEASURED))
        : Metric.estimated("ratioToDefault", "ratio", Evidence.PAIRED, bootstrap.median(ratios));
  }
}
