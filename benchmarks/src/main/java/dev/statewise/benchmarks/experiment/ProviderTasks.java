package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.jwt.Algorithm;
import java.security.GeneralSecurityException;

/**
 * The tasks of experiment E2 on the JDK that runs this: each algorithm on each provider that is
 * there. The outcomes at its gate say whose code it really is, or why there is none.
 */
public final class ProviderTasks extends AddedTasks {

  static final String VERIFY = "verify";
  static final String SIGN = "sign";

  private static final String EXPECTED = "signs and verifies as the JDK does";

  /** All of them, each tried out. */
  public ProviderTasks() {
    for (CryptoProvider provider : CryptoProvider.values()) {
      CryptoProvider.Found found = provider.find();
      for (Algorithm algorithm : Algorithm.values()) {
        add(algorithm, provider, found);
      }
    }
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
      add(new Task(algorithm.name(), operation(VERIFY, provider), signing.verify()));
      add(new Task(algorithm.name(), operation(SIGN, provider), signing.sign()));
    } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
      said(algorithm, provider, false, "it cannot do it (" + e.getClass().getSimpleName() + ")");
    }
  }

  private void said(Algorithm algorithm, CryptoProvider provider, boolean passed, String seen) {
    passes(new GateOutcome(algorithm.name(), provider.toString(), passed, EXPECTED, seen));
  }
}
