package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.jwt.Algorithm;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tasks of experiment E2 on the JDK that runs this: each algorithm on each provider that is
 * there. The outcomes at its gate say whose code it really is, or why there is none.
 */
public final class ProviderTasks implements TimedTasks {

  static final String VERIFY = "verify";
  static final String SIGN = "sign";

  private static final String EXPECTED = "signs and verifies as the JDK does";

  private final List<Task> tasks = new ArrayList<>();
  private final List<GateOutcome> gate = new ArrayList<>();

  /** All of them, each tried out. */
  public ProviderTasks() {
    for (CryptoProvider provider : CryptoProvider.values()) {
      CryptoProvider.Found found = provider.find();
      for (Algorithm algorithm : Algorithm.values()) {
        add(algorithm, provider, found);
      }
    }
  }

  @Override
  public List<Task> tasks() {
    return List.copyOf(tasks);
  }

  @Override
  public List<GateOutcome> gate() {
    return List.copyOf(gate);
  }

  @Override
  public Map<String, String> payloads() {
    return Map.of();
  }

  @Override
  public Map<String, Server> onServer() {
    return Map.of();
  }

  @Override
  public void close() {
    // Nothing was opened: keys and providers go with the JVM.
  }

  static String operation(String what, CryptoProvider provider) {
    return what + "@" + provider;
  }

  private void add(Algorithm algorithm, CryptoProvider provider, CryptoProvider.Found found) {
    if (found.absence().isPresent()) {
      said(algorithm, provider, false, found.absence().get());
      return;
    }
    try {
      Signing signing = Signing.of(algorithm, found.provider());
      said(algorithm, provider, true, signing.implementation());
      tasks.add(new Task(algorithm.name(), operation(VERIFY, provider), signing.verify()));
      tasks.add(new Task(algorithm.name(), operation(SIGN, provider), signing.sign()));
    } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
      said(algorithm, provider, false, "it cannot do it (" + e.getClass().getSimpleName() + ")");
    }
  }

  private void said(Algorithm algorithm, CryptoProvider provider, boolean passed, String seen) {
    gate.add(new GateOutcome(algorithm.name(), provider.toString(), passed, EXPECTED, seen));
  }
}
