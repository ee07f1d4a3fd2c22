package dev.statewise.benchmarks.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.embedded.Traffic;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {

  @Test
  @DisplayName("As many statements in as many round trips as are declared MUST be no finding")
  void asDeclared() {
    assertThat(findings("jdbc-postgres", Operation.VALIDATE, traffic(1, 1))).isEmpty();
    assertThat(findings("jdbc-h2", Operation.VALIDATE_SAVE, traffic(2, 0))).isEmpty();
    assertThat(findings("object-s3", Operation.END, traffic(3, 3))).isEmpty();
  }

  @Test
  @DisplayName("One statement, or one round trip, too many or too few MUST be found and be named")
  void notAsDeclared() {
    assertThat(findings("jdbc-postgres", Operation.VALIDATE, traffic(2, 1)))
        .containsExactly("jdbc-postgres validate: 2 asked in 1 round trips, declared is 1 in 1");
    assertThat(findings("jdbc-postgres", Operation.VALIDATE, traffic(1, 2))).hasSize(1);
    assertThat(findings("jdbc-h2", Operation.VALIDATE, traffic(1, 1))).hasSize(1);
    assertThat(findings("object-s3", Operation.SAVE, traffic(1, 1))).hasSize(1);
  }

  @Test
  @DisplayName("What an operation takes only sometimes MUST be allowed, and no more")
  void sometimes() {
    assertThat(findings("jdbc-postgres", Operation.END_ALL, traffic(3, 5))).isEmpty();
    assertThat(findings("jdbc-postgres", Operation.END_ALL, traffic(4, 6))).isEmpty();
    assertThat(findings("jdbc-postgres", Operation.END_ALL, traffic(5, 7))).hasSize(1);
    assertThat(findings("jdbc-h2", Operation.END_ALL, traffic(4, 0))).isEmpty();
  }

  @Test
  @DisplayName("Each arm on a database or object storage MUST be declared here, and no other")
  void whose() {
    assertThat(Arms.all().stream().map(Arm::name).filter(RequestBudget::has))
        .containsExactly("jdbc-h2", "jdbc-postgres", "object-s3");
  }

  private static List<String> findings(String arm, Operation operation, Traffic sample) {
    return RequestBudget.findings(arm, operation, List.of(sample));
  }

  private static Traffic traffic(int asked, int roundTrips) {
    return new Traffic(0, asked, roundTrips, 0, 0);
  }
}
