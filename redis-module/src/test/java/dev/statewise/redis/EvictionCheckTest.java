package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.spi.StoreUnavailableException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

/** Whether a server may forget refusals, and how often it is asked. */
class EvictionCheckTest {

  private final HandTicker ticker = new HandTicker();
  private final EvictionCheck check = new EvictionCheck(ticker);
  private RedisServer server;
  private TcpProxy proxy;
  private RedisClient admin;
  private RedisCalls calls;

  @BeforeEach
  void connect() {
    server = SharedRedis.ownServer();
    proxy = TcpProxy.to(server.host(), server.port());
    admin = RedisClient.create(server.uri());
    calls = RedisCalls.connect(SharedRedis.patient(SharedRedis.uri(proxy)));
  }

  @AfterEach
  void close() {
    calls.close();
    admin.close();
    proxy.close();
    server.close();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "allkeys-lru",
        "allkeys-lfu",
        "allkeys-random",
        "volatile-lru",
        "volatile-lfu",
        "volatile-random",
        "volatile-ttl"
      })
  @DisplayName("a policy that evicts MUST be refused, also while maxmemory is 0")
  void evicting(String policy) {
    admin.configSet("maxmemory-policy", policy);

    assertThatThrownBy(() -> check.requireNone("REFUSE", calls))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("REFUSE was not sent to redis at 127.0.0.1:" + proxy.port())
        .hasMessageContaining(policy)
        .hasMessageContaining("503")
        .hasMessageContaining("CONFIG SET maxmemory-policy noeviction")
        .hasMessageContaining("acceptingEviction()");
  }

  @Test
  @DisplayName("a server MUST be asked at first, and not again for a minute")
  void seldom() {
    check.requireNone("REFUSE", calls);
    admin.configSet("maxmemory-policy", "allkeys-lru");
    long asked = proxy.traffic().commands();

    ticker.advance(Duration.ofMinutes(1).minusNanos(1));
    assertThatCode(() -> check.requireNone("REFUSE", calls)).doesNotThrowAnyException();
    assertThat(proxy.traffic().commands()).isEqualTo(asked);

    ticker.advance(Duration.ofNanos(1));
    assertThatThrownBy(() -> check.requireNone("REFUSE", calls))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(proxy.traffic().commands()).isEqualTo(asked + 1);
  }

  @Test
  @DisplayName("a server that was mended MUST be of use again after a second")
  void mended() {
    admin.configSet("maxmemory-policy", "allkeys-lru");
    assertThatThrownBy(() -> check.requireNone("REFUSE", calls))
        .isInstanceOf(StoreUnavailableException.class);
    admin.configSet("maxmemory-policy", "noeviction");

    ticker.advance(Duration.ofSeconds(1).minusNanos(1));
    assertThatThrownBy(() -> check.requireNone("REFUSE", calls))
        .isInstanceOf(StoreUnavailableException.class);
    ticker.advance(Duration.ofNanos(1));
    assertThatCode(() -> check.requireNone("REFUSE", calls)).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("a server that gave no answer MUST be asked again by the next call")
  void askedAgainAfterAnOutage() {
    check.requireNone("REFUSE", calls);
    ticker.advance(Duration.ofMinutes(1));
    server.kill();
    assertThatThrownBy(() -> check.requireNone("REFUSE", calls))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageNotContaining("evict");
    server.restart();
    try (RedisClient mending = RedisClient.create(server.uri())) {
      mending.configSet("maxmemory-policy", "allkeys-lru");
    }

    assertThatThrownBy(() -> check.requireNone("REFUSE", calls))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("allkeys-lru");
  }

  @Test
  @DisplayName("a user who may not ask MUST be refused, and told what would help")
  void barred() {
    admin.executeCommand(
        new CommandArguments(Protocol.Command.ACL)
            .addObjects("SETUSER", "app", "on", ">secret", "~*", "+@all", "-@dangerous"));
    URI uri = URI.create("redis://app:secret@127.0.0.1:" + server.port());
    try (RedisCalls barred = RedisCalls.connect(SharedRedis.patient(uri))) {
      assertThatThrownBy(() -> check.requireNone("REFUSE", barred))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("does not say whether it evicts")
          .hasMessageContaining("run INFO")
          .hasMessageNotContaining("secret");
    }
  }
}
