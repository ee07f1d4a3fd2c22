package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Session;
import dev.statewise.spi.ListTraits;
import dev.statewise.spi.StoreTraits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** What is refused when it is built, and what is taken. */
class RedisSettingsTest {

  private static final URI ANYWHERE = URI.create("redis://127.0.0.1:1");

  private UnifiedJedis client;
  private RedisSessionStore store;

  @BeforeEach
  void open() {
    client = RedisConnection.to(ANYWHERE).open();
    store = RedisSessionStore.over(client);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a{b", "a}b", "{}", "\uD800"})
  @DisplayName("a prefix that is empty, has a brace or is not Unicode MUST be refused")
  void prefixes(String prefix) {
    assertThatThrownBy(() -> store.withKeyPrefix(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prefix");
    assertThatThrownBy(() -> RedisRevocationList.over(client).withKeyPrefix(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prefix");
  }

  @Test
  @DisplayName("a prefix that is far too long MUST be refused with its length, not with its text")
  void longPrefix() {
    assertThatThrownBy(() -> store.withKeyPrefix("p".repeat(129)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("129")
        .hasMessageNotContaining("ppp");
  }

  @Test
  @DisplayName("hostile prefixes MUST keep sessions apart, also if one begins with another")
  void hostilePrefixes() {
    List<String> prefixes = List.of("x", "x:", "x:s:", "*", "x?", "[a-z]", "\r\n", "é🙂", " ");
    try (RedisSessionStore real = RedisSessionStore.connect(SharedRedis.patient())) {
      for (String prefix : prefixes) {
        Session session = Samples.session();
        real.withKeyPrefix(prefix).create(session);

        for (String other : prefixes) {
          assertThat(real.withKeyPrefix(other).find(session.key()))
              .as("'%s' through '%s'", prefix, other)
              .isEqualTo(prefix.equals(other) ? Optional.of(session) : Optional.empty());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, (256 << 20) + 1})
  @DisplayName("a bound to the state that cannot be MUST be refused with its value")
  void maxStateBytes(int bytes) {
    assertThatThrownBy(() -> store.withMaxStateBytes(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Integer.toString(bytes));
  }

  @Test
  @DisplayName("traits MUST promise nothing that only the caller can know, until it says so")
  void traits() {
    assertThat(store.traits())
        .isEqualTo(new StoreTraits(true, false, false, Duration.ZERO, 1 << 20, false, 1));
    assertThat(store.assumingDurable().assumingEviction().withMaxStateBytes(9).traits())
        .isEqualTo(new StoreTraits(true, true, false, Duration.ZERO, 9, true, 1));
    assertThat(store.assumingDurable().withKeyPrefix("x").traits().durable()).isTrue();
    assertThat(RedisRevocationList.over(client).traits())
        .isEqualTo(new ListTraits(true, false, false, Duration.ZERO, 1));
    assertThat(RedisRevocationList.over(client).assumingDurable().traits().durable()).isTrue();
  }

  @Test
  @DisplayName("an index MUST be there, but not on a server that may drop it for want of memory")
  void subjects() {
    assertThat(store.subjects()).isPresent();
    assertThat(store.withKeyPrefix("x").subjects()).isPresent();
    assertThat(store.assumingEviction().subjects()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:6379",
        "127.0.0.1",
        "redis:///0",
        "redis://user-alone@127.0.0.1:6379",
        "redis://127.0.0.1/database",
        "redis://127.0.0.1/123456",
        "redis://127.0.0.1/0?timeout=1",
        "redis://127.0.0.1/0#here",
        "redis://under_score:6379"
      })
  @DisplayName("a URI that names no Redis server MUST be refused")
  void uris(String uri) {
    assertThatThrownBy(() -> RedisConnection.to(URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redis://");
  }

  @Test
  @DisplayName("a password MUST NOT be told by a refusal or by the text of a connection")
  void passwordIsNotTold() {
    URI uri = URI.create("redis://ann:very-secret@127.0.0.1:6379/3");

    assertThat(RedisConnection.to(uri).toString())
        .contains("127.0.0.1:6379", "with credentials")
        .doesNotContain("very-secret", "ann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://app:12/hunter2@10.0.0.7:6379",
        "redis://app:12?hunter2@10.0.0.7:6379",
        "redis://app:12#hunter2@10.0.0.7:6379",
        "redis://hunter2/x@10.0.0.7:6379",
        "redis://hunter2?x@10.0.0.7:6379",
        "redis://hunter2@10.0.0.7:6379",
        "redis://ann:hunter2@10.0.0.7:6379/x",
        "redis://ann:hunter2@10.0.0.7:6379/0?x=y",
        "redis://ann:hunter2@under_score:6379",
        "redis://:hunter2@",
        "redis:hunter2@10.0.0.7:6379",
        "hunter2:6379",
        "hunter2://10.0.0.7",
        "hunter2"
      })
  @DisplayName("a URI that is refused MUST NOT be quoted: its password may stand anywhere")
  void refusedUriIsNotQuoted(String uri) {
    assertThatThrownBy(() -> RedisConnection.to(URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redis://")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  @Test
  @DisplayName("every wait MUST have a bound from 1 ms to 60 s")
  void deadlines() {
    List<Duration> outside =
        List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofNanos(1), Duration.ofSeconds(61));
    RedisConnection connection = RedisConnection.to(ANYWHERE);

    for (Duration value : outside) {
      for (UnaryOperator<RedisConnection> setting :
          List.<UnaryOperator<RedisConnection>>of(
              c -> c.withConnectTimeout(value),
              c -> c.withSocketTimeout(value),
              c -> c.withPoolWait(value))) {
        assertThatThrownBy(() -> setting.apply(connection))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(value.toString())
            .hasMessageContaining("1 ms to 60 s");
      }
    }
    assertThatThrownBy(() -> connection.withMaxConnections(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxConnections (0)");
  }

  @Test
  @DisplayName("the deadline of a call MUST be the sum of what it can wait for")
  void deadline() {
    assertThat(RedisConnection.to(ANYWHERE).deadline()).isEqualTo(Duration.ofMillis(3_750));
  }

  @Test
  @DisplayName("user, password and database of a URI MUST be used")
  void credentialsAndDatabase() {
    try (RedisClient admin = RedisClient.create(SharedRedis.uri())) {
      acl(admin, "SETUSER", "ann", "on", ">p:w", "~*", "+@all");
      URI uri = URI.create("redis://ann:p%3Aw@127.0.0.1:" + SharedRedis.server().port() + "/5");
      Session session = Samples.session();
      String prefix = SharedRedis.newPrefix();

      try (RedisSessionStore other = RedisSessionStore.connect(uri).withKeyPrefix(prefix)) {
        assertThat(other.create(session)).isTrue();
        assertThat(other.find(session.key())).contains(session);
      }
      byte[] key = new KeySpace(prefix).session(session.key());
      assertThat(admin.exists(key)).as("in database 0").isFalse();
      acl(admin, "DELUSER", "ann");
    }
  }

  @Test
  @DisplayName("a client of either protocol MUST do")
  void protocols() {
    for (DefaultJedisClientConfig config :
        List.of(
            DefaultJedisClientConfig.builder().resp2().build(),
            DefaultJedisClientConfig.builder().resp3().build())) {
      try (RedisClient handedIn =
          RedisClient.builder()
              .hostAndPort(SharedRedis.server().host(), SharedRedis.server().port())
              .clientConfig(config)
              .build()) {
        RedisSessionStore over =
            RedisSessionStore.over(handedIn).withKeyPrefix(SharedRedis.newPrefix());
        Session session = Samples.session();

        assertThat(over.create(session)).isTrue();
        assertThat(over.find(session.key())).contains(session);
        assertThat(over.delete(session.key())).isTrue();
        assertThat(over.find(session.key())).isEmpty();
      }
    }
  }

  private static void acl(RedisClient admin, Object... arguments) {
    admin.executeCommand(new CommandArguments(Protocol.Command.ACL).addObjects(arguments));
  }
}
