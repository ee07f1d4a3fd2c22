package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.TokenKey;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.experiment.Measured;
import dev.statewise.benchmarks.experiment.Measurements;
import dev.statewise.benchmarks.experiment.Timed;
import dev.statewise.benchmarks.experiment.TimedTasks;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.rig.Plan;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Experiment E3: what a token costs by its size. */
public final class TokenSizeCost implements Timed {

  /** The param that says what a token carries. */
  public static final String PROFILE = "profile";

  /** The param that says how large it is. */
  public static final String BYTES = "tokenBytes";

  /** The param that says what is done. */
  static final String OPERATION = "operation";

  static final String VALIDATE = "validate";

  /** In place of an operation: the line through its sizes. */
  static final String FIT = "fit";

  static final String SLOPE = "slope";
  static final String INTERCEPT = "intercept";
  static final String SHARE = "rSquared";

  private static final int FEWEST_POINTS = 3;

  @Override
  public Plan plan(Tier tier) {
    return switch (tier) {
      case SMOKE -> Plan.small(1, 8, 5, 1, 2);
      case QUICK -> Plan.small(1, 64, 50, 2, 12);
      case STANDARD -> Plan.small(3, 256, 300, 4, 90);
      case FULL -> Plan.small(5, 256, 500, 4, 300);
    };
  }

  @Override
  public TimedTasks tasks(Fork fork) {
    return TokenSizeTasks.build(fork);
  }

  @Override
  public List<ArmResult> results(Measured measured, Lab lab, Bootstrap bootstrap) {
    List<ArmResult> results = new ArrayList<>();
    List<ArmResult> fits = new ArrayList<>();
    for (Arm arm : TokenSizeTasks.sized(lab.arms())) {
      Optional<String> absence = lab.absence().apply(arm);
      Map<TokenSize, SizedToken> tokens = new EnumMap<>(TokenSize.class);
      for (TokenSize size : TokenSize.values()) {
        tokens.put(size, SizedToken.of(arm, size, lab.servers()));
      }
      Results one = new Results(measured.own(), bootstrap, tokens, absence);
      results.addAll(one.of(arm.name(), arm.floor()));
      fits.add(one.fit(arm.name()));
      if (arm.floor().equals(Optional.of(TokenKey.HS256.floor()))) {
        results.addAll(one.of(TokenKey.HS256.floor(), Optional.empty()));
        fits.add(one.fit(TokenKey.HS256.floor()));
      }
    }
    results.addAll(fits);
    return results;
  }

  /** Those of one arm, or of its floor. */
  private record Results(
      Measurements measurements,
      Bootstrap bootstrap,
      Map<TokenSize, SizedToken> tokens,
      Optional<String> absence) {

    List<ArmResult> of(String arm, Optional<String> floor) {
      TimedMetrics metrics = new TimedMetrics(measurements, bootstrap);
      List<ArmResult> results = new ArrayList<>();
      tokens.forEach(
          (size, token) -> {
            Optional<String> why = absence.or(token::absence);
            String operation = size.operation();
            List<Metric> values = new ArrayList<>();
            values.add(metrics.cpu(arm, operation, why));
            values.add(metrics.alloc(arm, operation, why));
            floor
                .filter(TokenKey.HS256.floor()::equals)
                .ifPresent(
                    to ->
                        values.add(
                            metrics.ratio("ratioToFloor", arm, operation, to, operation, why)));
            results.add(new ArmResult(arm, params(size, token), values));
          });
      return results;
    }

    /** A line through what each size costs. */
    ArmResult fit(String arm) {
      List<List<double[]>> series = new ArrayList<>();
      List<Double> bytes = new ArrayList<>();
      tokens.forEach(
          (size, token) -> {
            List<double[]> samples = measurements.samples(arm, size.operation(), Slice::cpu);
            if (!samples.isEmpty()) {
              series.add(samples);
              bytes.add((double) token.bytes());
            }
          });
      double[] xs = bytes.stream().mapToDouble(Double::doubleValue).toArray();
      return new ArmResult(
          arm,
          Map.of(OPERATION, FIT),
          List.of(
              fitted(SLOPE, "ns/B", series, ys -> Line.through(xs, ys).slope()),
              fitted(INTERCEPT, "ns/op", series, ys -> Line.through(xs, ys).intercept()),
              fitted(SHARE, "share", series, ys -> Line.through(xs, ys).share())));
    }

    private Metric fitted(
        String name, String unit, List<List<double[]>> series, ToDoubleFunction<double[]> of) {
      return series.size() < FEWEST_POINTS
          ? Metric.absent(
              name, unit, Evidence.CPU, absence.orElse("fewer than three sizes were measured"))
          : Metric.estimated(name, unit, Evidence.CPU, bootstrap.ofMedians(series, of));
    }

    private static Map<String, String> params(TokenSize size, SizedToken token) {
      Map<String, String> params = new LinkedHashMap<>();
      params.put(OPERATION, VALIDATE);
      params.put(PROFILE, size.toString());
      params.put(BYTES, String.valueOf(token.bytes()));
      return params;
    }
  }
}
