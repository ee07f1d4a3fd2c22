package dev.statewise.benchmarks.run;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an experiment was timed: what its JVMs were, what they were asked and what they answered.
 *
 * @param jvms how many measured anything
 * @param finished how many came to their end
 * @param builds of each JVM a hash of the code that ran in it
 * @param payloads the arms that carry state, by its hash: one entry if all carry the same
 * @param answers one entry a task
 * @param gate what was asked of its own before it was timed, beside what stands under {@code run}
 * @param failures what went amiss, a sentence each
 */
public record Timing(
    int jvms,
    int finished,
    List<String> builds,
    Map<String, List<String>> payloads,
    List<Answers> answers,
    List<GateOutcome> gate,
    List<String> failures) {
  public Timing {
    builds = List.copyOf(builds);
    payloads = Collections.unmodifiableMap(new TreeMap<>(payloads));
    answers = List.copyOf(answers);
    gate = List.copyOf(gate);
    failures = List.copyOf(failures);
  }

  /** The same, without what was asked at the gate. */
  public Timing withoutGate() {
    return new Timing(jvms, finished, builds, payloads, answers, List.of(), failures);
  }
}
