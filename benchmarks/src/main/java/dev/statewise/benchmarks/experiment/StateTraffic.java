package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.embedded.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** The counted half of experiment E26: what passes on the wire to and from each store. */
public final class StateTraffic {

  private static final int SAMPLES = 3;
  private static final int WARM_UP = 8;

  private final Servers servers;
  private final String keyPrefix;
  private final BooleanSupplier cancelled;
  private final Map<String, List<Traffic>> samples = new HashMap<>();
  private final Map<String, String> reasons = new HashMap<>();

  /**
   * @param cancelled whether to measure no more
   */
  private StateTraffic(Servers servers, String keyPrefix, BooleanSupplier cancelled) {
    this.servers = servers;
    this.keyPrefix = keyPrefix;
    this.cancelled = cancelled;
  }

  /**
   * Counts every store at every size.
   *
   * @param absence why a store is not measured, if it is not
   */
  private void measure(
      List<Arm> arms, List<StateSize> sizes, Function<Arm, Optional<String>> absence) {
    for (Arm arm : Arms.stores(arms)) {
      if (absence.apply(arm).isEmpty()) {
        for (StateSize size : sizes) {
          if (!cancelled.getAsBoolean()) {
            measure(arm, size);
          }
        }
      }
    }
  }

  private void measure(Arm arm, StateSize size) {
    try (Detour detour = Detour.to(servers)) {
      Wiring wiring =
          new Wiring(
                  ValidationTasks.policy(),
                  MovableClock.atPresent(),
                  detour.servers(),
                  keyPrefix + "e26:" + arm.name() + ":" + size)
              .withLargestState(StateTasks.LARGEST_STATE);
      try (BuiltArm built = arm.build().apply(wiring)) {
        StatePool.Opened opened = StatePool.open(built.sessions(), size, 1);
        opened.pool().ifPresent(pool -> measure(arm, size, pool, detour::requests));
        if (opened.pool().isEmpty()) {
          reasons.put(arm.name() + size, opened.whyNot());
        }
      }
    }
  }

  private void measure(Arm arm, StateSize size, StatePool pool, Supplier<Traffic> traffic) {
    for (StateOperation operation : StateOperation.values()) {
      Task.Body body = pool.body(operation);
      // Connects, shakes hands, loads the script, and makes a driver prepare the statement on the
      // server, after which it is sent and answered in other bytes.
      for (int i = 0; i < WARM_UP; i++) {
        body.once(i);
      }
      List<Traffic> counted = new ArrayList<>();
      for (int i = 1; i <= SAMPLES; i++) {
        Traffic before = traffic.get();
        if (body.once(i) < 0) {
          throw new IllegalStateException(
              "%s did not %s %s of state, so there is nothing to count."
                  .formatted(arm.name(), operation, size.label()));
        }
        counted.add(traffic.get().minus(before));
      }
      samples.put(arm.name() + operation.of(size), counted);
    }
  }

  /** All that {@code lab} has: bytes to each store and from it, and round trips. */
  public static Counted.Count of(Lab lab) {
    StateTraffic traffic = new StateTraffic(lab.servers(), lab.keyPrefix(), lab.cancelled());
    List<StateSize> sizes = StateSize.of(lab.tier());
    traffic.measure(lab.arms(), sizes, lab.absence());
    List<ArmResult> results = new ArrayList<>();
    for (StateOperation operation : StateOperation.values()) {
      for (Arm arm : Arms.stores(lab.arms())) {
        sizes.forEach(size -> results.add(traffic.result(arm, operation, size, lab.absence())));
      }
    }
    return Counted.Count.of(results);
  }

  private ArmResult result(
      Arm arm, StateOperation operation, StateSize size, Function<Arm, Optional<String>> absence) {
    Optional<String> why =
        absence.apply(arm).or(() -> Optional.ofNullable(reasons.get(arm.name() + size)));
    return new ArmResult(
        arm.name(), StateCost.params(operation, size), metrics(arm, operation, size, why));
  }

  private List<Metric> metrics(
      Arm arm, StateOperation operation, StateSize size, Optional<String> absence) {
    List<Traffic> counted = samples.getOrDefault(arm.name() + operation.of(size), List.of());
    if (absence.isPresent() || counted.isEmpty()) {
      return StateCost.uncounted(absence.orElse(StateCost.NOT_MEASURED));
    }
    return List.of(
        Counting.metric("bytesToStore", "B", counted, Traffic::bytesToServer),
        Counting.metric("bytesFromStore", "B", counted, Traffic::bytesFromServer),
        Counting.metric("roundTrips", "round trips", counted, Traffic::roundTrips));
  }
}
