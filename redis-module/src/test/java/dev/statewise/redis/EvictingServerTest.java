package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.embedded.RedisServer;
import dev.statewise.session.Session;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A list on a server that may forget what was refused. */
class EvictingServerTest {

  private static final Instant UNTIL = Instant.parse("2030-01-01T00:00:00Z");

  @Test
  @DisplayName("a list on a server that evicts MUST be unavailable, unless the code accepts that")
  void evicting() {
    Session session = Samples.session();
    try (RedisServer server = SharedRedis.ownServer("--maxmemory-policy", "allkeys-lru");
        RedisRevocationList list = RedisRevocationList.connect(SharedRedis.patient(server.uri()))) {
      List<ThrowingCallable> verbs =
          List.of(
              () -> list.isRefused(session),
              () -> list.floor("ann"),
              () -> list.refuseBelow(session.key(), 2, UNTIL),
              () -> list.refuseCreatedBefore("ann", Samples.NOW, UNTIL),
              () -> list.refuseAllCreatedBefore(Samples.NOW, UNTIL));
      for (ThrowingCallable verb : verbs) {
        assertThatThrownBy(verb)
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessageContaining("allkeys-lru")
            .hasMessageContaining("503");
      }

      RedisRevocationList accepting = list.assumingDurable().acceptingEviction();
      assertThat(list.assumingDurable().traits().durable()).isTrue();
      assertThat(accepting.traits().durable()).isFalse();
      assertThat(accepting.refuseBelow(session.key(), Long.MAX_VALUE, UNTIL))
          .isEqualTo(Acknowledgement.RAISED);
      assertThat(accepting.isRefused(session)).isTrue();
    }
  }
}
