package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.embedded.RedisServer;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Refusals that wait for the word of replicas. */
class AcknowledgedRefusalsTest {

  private static final Instant UNTIL = Instant.parse("2030-01-01T00:00:00Z");
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(15);

  private final SessionKey key = SessionKey.draw("ann", new SecureRandom());
  private RedisServer server;
  private RedisRevocationList list;
  private RedisRevocationList patient;

  @BeforeEach
  void open() {
    server = SharedRedis.ownServer();
    list = RedisRevocationList.connect(SharedRedis.patient(server.uri()));
    patient = list.withAcknowledgementOf(1, LONG);
    list = list.withAcknowledgementOf(1, SHORT);
  }

  @AfterEach
  void close() {
    list.close();
    server.close();
  }

  @Test
  @DisplayName("without a replica a refusal MUST be UNCONFIRMED, as often as it is asked for")
  void noReplica() {
    assertThat(list.refuseBelow(key, 2, UNTIL)).isEqualTo(Acknowledgement.UNCONFIRMED);
    assertThat(list.refuseBelow(key, 2, UNTIL)).isEqualTo(Acknowledgement.UNCONFIRMED);
    assertThat(list.traits().keepsAcknowledged()).isTrue();
  }

  @Test
  @DisplayName("a refusal that a replica has MUST be RAISED, and refused again be ALREADY")
  void replica() {
    try (RedisServer replica = server.startReplica()) {
      assertThat(replica.isRunning()).isTrue();
      assertThat(patient.refuseBelow(key, 2, UNTIL)).isEqualTo(Acknowledgement.RAISED);
      assertThat(patient.refuseBelow(key, 2, UNTIL)).isEqualTo(Acknowledgement.ALREADY);
    }
  }

  @Test
  @DisplayName("what a replica missed MUST be UNCONFIRMED until it has it, and ALREADY then")
  void lagging() {
    try (RedisServer replica = server.startReplica();
        RedisClient client = RedisClient.create(server.uri())) {
      RedisRevocationList handedIn =
          RedisRevocationList.over(client).withAcknowledgementOf(1, SHORT);
      assertThat(patient.refuseBelow(key, 2, UNTIL)).isEqualTo(Acknowledgement.RAISED);
      replica.pause();

      assertThat(list.refuseBelow(key, 3, UNTIL)).isEqualTo(Acknowledgement.UNCONFIRMED);
      assertThat(list.refuseBelow(key, 3, UNTIL)).isEqualTo(Acknowledgement.UNCONFIRMED);
      assertThat(handedIn.refuseBelow(key, 3, UNTIL)).isEqualTo(Acknowledgement.UNCONFIRMED);

      replica.resume();

      Awaitility.await()
          .until(() -> handedIn.refuseBelow(key, 3, UNTIL), Acknowledgement.ALREADY::equals);
    }
  }

  @Test
  @DisplayName("a wait that no answer can meet MUST be refused when the list is built")
  void settings() {
    assertThatThrownBy(() -> list.withAcknowledgementOf(0, SHORT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("replicas");
    assertThatThrownBy(() -> list.withAcknowledgementOf(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("within");
    assertThatThrownBy(() -> list.withAcknowledgementOf(1, Duration.ofSeconds(20)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("socket timeout");
  }
}
