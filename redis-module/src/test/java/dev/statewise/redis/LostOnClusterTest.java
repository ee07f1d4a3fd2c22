package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.embedded.RedisCluster;
import dev.statewise.embedded.RedisServer;
import dev.statewise.session.Session;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Masters of a cluster that come back with nothing. */
@Tag("failover")
class LostOnClusterTest {

  private static final int SESSIONS = 12;

  private final HandClock clock = new HandClock();
  private final Instant until = clock.instant().plus(Duration.ofHours(12));

  @Test
  @DisplayName("whichever master loses all, what was refused MUST be refused by every node")
  void eachMaster() {
    SharedRedis.requireAServer();
    try (RedisCluster cluster = RedisCluster.start();
        RedisRevocationList list = open(cluster);
        RedisRevocationList other = open(cluster)) {
      for (RedisServer master : cluster.masters()) {
        List<Session> ended = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
          ended.add(Samples.createdAt("ann-" + i, floor(list, "ann-" + i)));
        }
        clock.advance(Duration.ofMinutes(5));
        ended.forEach(session -> list.refuseBelow(session.key(), Long.MAX_VALUE, until));

        master.restart();
        cluster.awaitAgreement();

        try (RedisRevocationList fresh = open(cluster)) {
          for (RevocationList each : List.of(list, other, fresh)) {
            ended.forEach(session -> assertThat(patiently(each, session)).isTrue());
            Session again = Samples.createdAt("ann", floor(each, "ann"));
            assertThat(patiently(each, again)).as("a login after it").isFalse();
          }
        }
      }
    }
  }

  private RedisRevocationList open(RedisCluster cluster) {
    return RedisRevocationList.replicated(
            SharedCluster.patient(cluster).withSocketTimeout(Duration.ofSeconds(2)),
            Duration.ofMillis(500))
        .withClock(clock);
  }

  private Instant floor(RevocationList list, String subject) {
    Instant floor =
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .ignoreException(StoreUnavailableException.class)
            .until(() -> list.floor(subject), any -> true);
    return floor.isAfter(clock.instant()) ? floor : clock.instant();
  }

  private static boolean patiently(RevocationList list, Session session) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreException(StoreUnavailableException.class)
        .until(() -> list.isRefused(session) ? "refused" : "good", answer -> true)
        .equals("refused");
  }
}
