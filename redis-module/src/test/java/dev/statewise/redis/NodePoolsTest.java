package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

/** The pools of a client of many nodes, when it is closed. */
class NodePoolsTest {

  @Test
  @DisplayName("a pool that is made while the client is closed MUST be closed as well")
  void madeWhileClosing() {
    HostAndPort nobody = new HostAndPort("127.0.0.1", 1);
    List<NodePools> pools = new ArrayList<>();
    List<ConnectionPool> made = new ArrayList<>();
    pools.add(
        new NodePools(
            node -> {
              pools.get(0).close();
              made.add(new ConnectionPool(node, DefaultJedisClientConfig.builder().build()));
              return made.get(0);
            }));

    assertThatThrownBy(() -> pools.get(0).borrow(nobody)).isInstanceOf(RuntimeException.class);

    assertThat(made.get(0).isClosed()).isTrue();
  }
}
