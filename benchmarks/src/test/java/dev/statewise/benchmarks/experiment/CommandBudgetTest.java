package dev.statewise.benchmarks.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.embedded.Traffic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CommandBudgetTest {

  private static final Traffic ONE = new Traffic(0, 1, 1, 30, 200);
  private static final Traffic TWO = new Traffic(0, 2, 2, 60, 220);

  @Test
  @DisplayName("Counts as declared MUST give no finding, a script's own calls included")
  void asDeclared() {
    assertThat(findings(Operation.VALIDATE, ONE, Map.of("GET", 2L))).isEmpty();
    assertThat(
            findings(
                Operation.VALIDATE_TOUCH,
                TWO,
                Map.of("GET", 2L, "EVALSHA", 2L, "GETRANGE", 2L, "SETRANGE", 2L, "PEXPIRE", 2L)))
        .isEmpty();
  }

  @Test
  @DisplayName("One command too many on the socket MUST be found")
  void tooManyOnTheSocket() {
    assertThat(findings(Operation.VALIDATE, TWO, Map.of("GET", 2L)))
        .singleElement()
        .asString()
        .contains("redis validate", "2 commands in 2 round trips", "declared is 1 in 1");
  }

  @Test
  @DisplayName("A command that the server counts and nobody declared MUST be found")
  void undeclaredOnTheServer() {
    assertThat(findings(Operation.VALIDATE, ONE, Map.of("GET", 2L, "EXPIRE", 2L)))
        .singleElement()
        .asString()
        .contains("EXPIRE");
    assertThat(findings(Operation.VALIDATE, ONE, Map.of("GET", 3L))).hasSize(1);
    assertThat(findings(Operation.VALIDATE, ONE, Map.of())).hasSize(1);
  }

  @Test
  @DisplayName("What an arm listens with MUST be left out, and of other arms MUST be found")
  void listening() {
    Map<String, Long> calls = Map.of("PING", 3L, "GET", 1L);

    assertThat(CommandBudget.withoutListening("redis-near", calls))
        .containsExactlyEntriesOf(Map.of("GET", 1L));
    assertThat(CommandBudget.withoutListening("redis", calls)).isEqualTo(calls);
    assertThat(CommandBudget.findings("hybrid-local", Operation.VALIDATE, List.of(ONE), Map.of()))
        .as("a round trip where none is declared")
        .isNotEmpty();
  }

  @Test
  @DisplayName("An arm without a store MUST NOT send anything")
  void noStore() {
    assertThat(
            CommandBudget.findings("memory", Operation.VALIDATE, List.of(ONE), Map.of("GET", 1L)))
        .isNotEmpty();
  }

  @Test
  @DisplayName("The server's count MUST be read by command, without the question itself")
  void parse() {
    String info =
        "# Commandstats\r\ncmdstat_get:calls=7,usec=12,usec_per_call=1.71\r\ncmdstat_info:calls=3,usec=9\r\ncmdstat_config|get:calls=1,usec=1\r\n";

    Map<String, Long> calls = CommandStats.parse(info);

    assertThat(calls).containsExactlyInAnyOrderEntriesOf(Map.of("GET", 7L, "CONFIG|GET", 1L));
    assertThat(CommandStats.difference(Map.of("GET", 9L, "SET", 1L), calls))
        .containsExactlyInAnyOrderEntriesOf(Map.of("GET", 2L, "SET", 1L));
  }

  private static List<String> findings(Operation operation, Traffic each, Map<String, Long> calls) {
    return CommandBudget.findings("redis", operation, List.of(each, each), calls);
  }
}
