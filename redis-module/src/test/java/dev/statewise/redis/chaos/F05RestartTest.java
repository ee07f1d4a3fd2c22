package dev.statewise.redis.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.HybridSessions;
import dev.statewise.embedded.RedisServer;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.session.Grant;
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.RedisClient;

/** F5: the server is killed and started again, or flushed, and its refusals are gone. */
@Chaos
class F05RestartTest {

  private static final int TOKENS = Scale.of(100, 2_000);
  private static final Duration STALENESS = Duration.ofMillis(500);

  enum Loss {
    RESTART_WITHOUT_PERSISTENCE,
    RESTART_WITH_SNAPSHOTS,
    RESTART_WITH_AOF_EACH_SECOND,
    RESTART_WITH_AOF_ALWAYS,
    FLUSHALL;

    RedisServer server() {
      return switch (this) {
        case RESTART_WITH_SNAPSHOTS -> Servers.start("--save", "60 1");
        case RESTART_WITH_AOF_EACH_SECOND ->
            Servers.start("--appendonly", "yes", "--appendfsync", "everysec");
        case RESTART_WITH_AOF_ALWAYS ->
            Servers.start("--appendonly", "yes", "--appendfsync", "always");
        default -> Servers.start();
      };
    }

    void strike(RedisServer server) {
      if (this == FLUSHALL) {
        flush(server);
      } else {
        server.restart();
      }
    }

    /** As whoever runs such a server would have it. */
    RedisRevocationList vouchedFor(RedisRevocationList list) {
      return this == RESTART_WITH_AOF_ALWAYS ? list.assumingDurable() : list;
    }

    String text() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("F5 an ended token MUST stay refused whatever the server forgot")
  void asking(Loss loss) {
    try (RedisServer server = loss.server();
        RedisRevocationList list =
            loss.vouchedFor(RedisRevocationList.connect(Servers.patient(server.uri())));
        RedisRevocationList other =
            loss.vouchedFor(RedisRevocationList.connect(Servers.patient(server.uri())))) {
      Ledger.judge(strike(loss, server, list, other, "single Redis, asking list"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("F5 an ended token MUST stay refused by a node that follows, whatever was forgotten")
  void following(Loss loss) {
    try (RedisServer server = loss.server();
        RedisRevocationList list =
            loss.vouchedFor(
                RedisRevocationList.replicated(Servers.patient(server.uri()), STALENESS));
        RedisRevocationList other =
            loss.vouchedFor(
                RedisRevocationList.replicated(Servers.patient(server.uri()), STALENESS))) {
      Ledger.judge(strike(loss, server, list, other, "single Redis, following list"));
    }
  }

  @Test
  @DisplayName("F5 a key for each id MUST be found to be forgotten in a restart")
  void naive() {
    try (RedisServer server = Servers.start();
        RedisClient admin = Servers.admin(server)) {
      IntStream.range(0, TOKENS).forEach(i -> admin.set("deny:" + i, "1"));
      server.restart();
      admin.getPool().clear();
      long left = IntStream.range(0, TOKENS).filter(i -> admin.exists("deny:" + i)).count();

      Ledger.naive(
          Outcome.of("F5", "restart without persistence", "a key for each id")
              .tried(TOKENS, "ended tokens")
              .lost(TOKENS - left, "accepted again"));
    }
  }

  private static Outcome strike(
      Loss loss,
      RedisServer server,
      RedisRevocationList list,
      RedisRevocationList other,
      String place) {
    HybridSessions here = Samples.hybrid(list);
    HybridSessions there = Samples.hybrid(other);
    List<Grant> ended = opened(here);
    List<Grant> live = opened(here);
    ended.forEach(grant -> here.end(grant.session()).endedOrThrow());
    assertThat(live).as("accepted before").allMatch(grant -> isAccepted(there, grant));

    loss.strike(server);

    untilItAnswers(there, live.get(0));
    untilItAnswers(here, live.get(0));
    long lost =
        ended.stream().filter(grant -> isAccepted(there, grant) || isAccepted(here, grant)).count();
    long loggedOut = live.stream().filter(grant -> !isAccepted(there, grant)).count();
    return Outcome.of("F5", loss.text(), place)
        .tried(TOKENS, "ended tokens")
        .lost(lost, "accepted again")
        .note("of %,d live ones %,d have to log in again", TOKENS, loggedOut);
  }

  private static void untilItAnswers(HybridSessions node, Grant grant) {
    Awaitility.await().until(() -> !(node.validate(grant.credential()) instanceof Unavailable));
  }

  private static boolean isAccepted(HybridSessions node, Grant grant) {
    return node.validate(grant.credential()) instanceof Validation.Accepted;
  }

  private static List<Grant> opened(HybridSessions node) {
    return IntStream.range(0, TOKENS)
        .mapToObj(i -> node.open("user-" + i, Map.of()).grantOrThrow())
        .toList();
  }

  private static void flush(RedisServer server) {
    try (RedisClient admin = Servers.admin(server)) {
      admin.flushAll();
    }
  }
}
