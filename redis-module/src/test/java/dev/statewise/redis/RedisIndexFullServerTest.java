package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.embedded.RedisServer;
import dev.statewise.session.Session;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.SubjectIndex;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** A server that takes no writes, for want of memory or of replicas: all of a verb, or nothing. */
class RedisIndexFullServerTest {

  private RedisServer server;
  private RedisClient client;
  private RedisSessionStore store;
  private SubjectIndex index;
  private Session stays;
  private Session dropped;

  @BeforeEach
  void open() {
    server = SharedRedis.ownServer();
    client = SharedRedis.patient(server.uri()).open();
    store = RedisSessionStore.over(client);
    index = store.subjects().orElseThrow();
    stays = Samples.session();
    dropped = Samples.session();
    store.create(stays);
    store.create(dropped);
    client.del(KeySpace.DEFAULT.session(dropped.key()));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  @DisplayName(
      "a full server MUST refuse a new session whole, and still list and end what is there")
  void full() {
    client.configSet("maxmemory", "1");
    assertNothingIsAdded("OOM");

    assertThat(index.findAll("ann")).containsExactly(stays);
    assertThat(listed()).isEqualTo(1);
    assertThat(index.deleteAll("ann")).isEqualTo(1);
    assertThat(client.dbSize()).isZero();
  }

  @Test
  @DisplayName("a server that takes no writes MUST still list, and delete nothing or everything")
  void noWrites() {
    client.configSet("min-replicas-to-write", "1");
    assertNothingIsAdded("NOREPLICAS");

    assertThat(index.findAll("ann")).containsExactly(stays);
    assertThat(listed()).isEqualTo(2);
    assertThatThrownBy(() -> index.deleteAll("ann")).isInstanceOf(StoreUnavailableException.class);
    assertThat(store.find(stays.key())).contains(stays);
  }

  private void assertNothingIsAdded(String code) {
    Set<String> before = client.keys("*");
    List<Runnable> verbs =
        List.of(
            () -> store.create(Samples.session()),
            () -> admit(9, Overflow.REFUSE),
            () -> admit(1, Overflow.END_OLDEST));
    for (Runnable verb : verbs) {
      assertThatThrownBy(verb::run)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining(code);
      assertThat(client.keys("*")).isEqualTo(before);
      assertThat(listed()).isEqualTo(2);
    }
  }

  private void admit(int max, Overflow overflow) {
    index.admit(Samples.session(), max, overflow, Optional.empty());
  }

  private long listed() {
    return client.llen(KeySpace.DEFAULT.subjectIndex("ann"));
  }
}
