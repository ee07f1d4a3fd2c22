package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.GateOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one JVM of an experiment times, built and asked at its gate in that JVM. */
public interface TimedTasks extends AutoCloseable {

  List<Task> tasks();

  /** What was asked before, and answered. */
  List<GateOutcome> gate();

  /** Of each arm that carries state, a hash of it. */
  Map<String, String> payloads();

  /** The arms that make a server work, and which. */
  Map<String, Server> onServer();

  /**
   * The arms that are timed beside the others for ratios alone: their own cost is not read here.
   */
  default Set<String> guests() {
    return Set.of();
  }

  @Override
  void close();
}
