package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.embedded.RedisSentinels;
import dev.statewise.embedded.RedisServer;
import dev.statewise.session.Session;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica that is behind becomes the master. */
@Tag("failover")
class FailedOverRefusalsTest {

  private static final int MANY = 50;

  private final HandClock clock = new HandClock();
  private final Instant until = clock.instant().plus(Duration.ofHours(12));

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("a failover MUST bring back no refusal that was acknowledged, waited for or not")
  void failover(boolean waited) {
    SharedRedis.requireAServer();
    try (RedisSentinels sentinels = RedisSentinels.start(Duration.ofSeconds(1));
        RedisRevocationList list = open(sentinels, waited);
        RedisRevocationList follower = replicated(sentinels, waited)) {
      Session other = Samples.createdAt("bob", list.floor("bob"));
      List<Session> acknowledged = new ArrayList<>();
      refuse(list, acknowledged);
      RedisServer master = sentinels.master();
      RedisServer replica =
          sentinels.servers().stream().filter(server -> server != master).findAny().orElseThrow();
      replica.pause();
      refuse(list, acknowledged);
      assertThat(acknowledged).hasSize(waited ? MANY : 2 * MANY);
      // The server was looked at later than the second in which the replica started.
      assertThat(list.isRefused(other)).isFalse();

      sentinels.killMaster();
      replica.resume();
      sentinels.awaitFailoverFrom(master);

      for (RevocationList each : List.of(list, follower)) {
        for (Session session : acknowledged) {
          assertThat(patiently(each, session)).isTrue();
        }
        assertThat(patiently(each, other)).as("nobody refused it").isEqualTo(!waited);
      }
    }
  }

  private void refuse(RedisRevocationList list, List<Session> acknowledged) {
    for (int i = 0; i < MANY; i++) {
      Session session = Samples.createdAt("ann", list.floor("ann"));
      Acknowledgement answer = list.refuseBelow(session.key(), Long.MAX_VALUE, until);
      if (answer == Acknowledgement.RAISED) {
        acknowledged.add(session);
      }
    }
  }

  private RedisRevocationList open(RedisSentinels sentinels, boolean waited) {
    return set(RedisRevocationList.connect(connection(sentinels)), waited);
  }

  private RedisRevocationList replicated(RedisSentinels sentinels, boolean waited) {
    return set(
        RedisRevocationList.replicated(connection(sentinels), Duration.ofSeconds(1)), waited);
  }

  private RedisRevocationList set(RedisRevocationList list, boolean waited) {
    RedisRevocationList timed = list.withClock(clock);
    return waited ? timed.withAcknowledgementOf(1, Duration.ofMillis(30)) : timed;
  }

  private static RedisConnection connection(RedisSentinels sentinels) {
    return SharedRedis.patient(SharedSentinels.connection(sentinels))
        .withSocketTimeout(Duration.ofSeconds(2));
  }

  private static boolean patiently(RevocationList list, Session session) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreException(StoreUnavailableException.class)
        .until(() -> list.isRefused(session) ? "refused" : "good", answer -> true)
        .equals("refused");
  }
}
