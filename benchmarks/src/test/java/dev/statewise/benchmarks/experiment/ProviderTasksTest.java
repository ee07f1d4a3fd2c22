package dev.statewise.benchmarks.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.jwt.Algorithm;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureSpi;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProviderTasksTest {

  /** Signs without a key, and takes whatever it is shown. */
  public static final class TakesAnything extends SignatureSpi {
    @Override
    protected void engineInitVerify(PublicKey key) {}

    @Override
    protected void engineInitSign(PrivateKey key) {}

    @Override
    protected void engineUpdate(byte b) {}

    @Override
    protected void engineUpdate(byte[] bytes, int from, int length) {}

    @Override
    protected byte[] engineSign() {
      return new byte[64];
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return true;
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException(name);
    }
  }

  private static final class Fraud extends Provider {
    private static final long serialVersionUID = 1L;

    Fraud() {
      super("Fraud", "1", "no signatures");
      put("Signature.Ed25519", TakesAnything.class.getName());
    }
  }

  @Test
  @DisplayName("Each algorithm MUST be timed on the JDK, and the outcome say whose code it is")
  void jdk() {
    try (ProviderTasks tasks = new ProviderTasks()) {
      for (Algorithm algorithm : Algorithm.values()) {
        assertThat(tasks.tasks())
            .filteredOn(task -> task.arm().equals(algorithm.name()))
            .extracting(Task::operation)
            .contains("verify@jdk", "sign@jdk");
        assertThat(tasks.gate())
            .filteredOn(one -> one.arm().equals(algorithm.name()) && one.question().equals("jdk"))
            .singleElement()
            .satisfies(one -> assertThat(one.passed()).as("%s", one).isTrue())
            .satisfies(one -> assertThat(one.seen()).startsWith("Sun"));
      }
      for (Task task : tasks.tasks()) {
        assertThat(task.body().once(3)).as("%s %s", task.arm(), task.operation()).isPositive();
      }
    }
  }

  @Test
  @DisplayName("A provider that is not there MUST be left out with the reason")
  void absent() {
    try (ProviderTasks tasks = new ProviderTasks()) {
      assertThat(tasks.gate())
          .contains(
              new GateOutcome(
                  "ES256",
                  "accp",
                  false,
                  "signs and verifies as the JDK does",
                  "its jar is not in providers/ beside the jar"));
    }
  }

  @Test
  @DisplayName("A provider whose signatures do not hold for the JDK MUST NOT be timed")
  void fraud() {
    assertThatThrownBy(() -> Signing.of(Algorithm.ED25519, Optional.of(new Fraud())))
        .isInstanceOf(GeneralSecurityException.class);
  }
}
