package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.embedded.RedisServer;
import dev.statewise.redis.IndexCost.Cost;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** That {@link IndexCost} counts what it says, and that the index is as small as is said. */
class IndexCostTest {

  @Test
  @DisplayName("an index MUST take few bytes a session, and each verb one command at any length")
  void cost() {
    try (RedisServer server = SharedRedis.ownServer()) {
      List<IndexCost> costs = IndexCost.measure(server, 1, 100, 1_000);

      assertThat(costs).extracting(IndexCost::sessions).containsExactly(1, 100, 1_000);
      assertThat(costs)
          .flatExtracting(
              IndexCost::create, IndexCost::findAll, IndexCost::admit, IndexCost::deleteAll)
          .hasSize(12)
          .allMatch(cost -> ((Cost) cost).commands() == 1)
          .allMatch(cost -> ((Cost) cost).serverMicros() > 0);
      assertThat(costs.get(0).indexBytes()).isLessThan(300);
      assertThat(costs.get(1).indexBytesASession()).isLessThan(40);
      assertThat(costs.get(2).indexBytesASession()).isLessThan(30);
    }
  }
}
