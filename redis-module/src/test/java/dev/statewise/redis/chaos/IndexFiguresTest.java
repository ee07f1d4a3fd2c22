package dev.statewise.redis.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.embedded.RedisServer;
import dev.statewise.redis.IndexCost;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the index of a subject takes: no fault, but asked of the same run. */
@Chaos
class IndexFiguresTest {

  private static final int[] SESSIONS =
      Scale.NOW == Scale.SMALL ? new int[] {1, 100} : new int[] {1, 10, 100, 1_000};

  @Test
  @DisplayName("the bytes and the cost of the subject index MUST be told")
  void index() {
    try (RedisServer server = Servers.start()) {
      List<IndexCost> costs = IndexCost.measure(server, SESSIONS);

      costs.forEach(cost -> Ledger.figure("index of a subject, single Redis", cost.toString()));
      assertThat(costs)
          .hasSize(SESSIONS.length)
          .allMatch(cost -> cost.deleteAll().commands() == 1 && cost.indexBytes() > 0);
    }
  }
}
