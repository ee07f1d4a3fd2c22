package dev.statewise.redis.chaos;

import dev.statewise.HybridSessions;
import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.embedded.RedisServer;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/**
 * F12: two nodes whose clocks are up to ten minutes ahead of the server's or behind it, and not
 * further apart from each other than the policy allows. Time is moved by hand; the server's own
 * stands still, so what it will have forgotten by then is told by its times to live.
 */
@Chaos
class F12ClockSkewTest {

  private static final int MOST_MINUTES = 10;
  private static final int STEP = Scale.of(5, 1);
  private static final SessionPolicy POLICY =
      SessionPolicy.builder().clockSkew(Duration.ofMinutes(MOST_MINUTES)).build();

  // What the experiment itself takes is less.
  private static final Duration SLACK = Duration.ofSeconds(20);

  private final Instant start = Instant.now();
  private Duration passed = Duration.ZERO;
  private int tried;
  private int lost;

  private record Pair(int here, int there) {}

  @Test
  @DisplayName("F12 an ended token MUST be refused by every node for as long as one takes it")
  void endedTokens() {
    try (RedisServer server = Servers.start();
        RedisClient admin = Servers.admin(server);
        RedisRevocationList list = Servers.list(Servers.patient(server.uri()))) {
      for (Pair pair : pairs()) {
        passed = Duration.ZERO;
        HybridSessions here = hybrid(list, pair.here());
        HybridSessions there = hybrid(list, pair.there());
        Grant grant = here.open("user " + pair, Map.of()).grantOrThrow();
        there.end(grant.session()).endedOrThrow();
        long kept = admin.pttl(floorKey(grant.session()));
        untilExpired(grant.credential(), List.of(here, there), kept);
      }
    }
    Ledger.judge(
        Outcome.of("F12", "ended tokens under clocks up to 10 min off", "single Redis, list")
            .tried(tried, "validations of an ended token")
            .lost(lost, "accepted, or to be accepted once the server has forgotten")
            .note("%d pairs of nodes, minute by minute to the token's end", pairs().size()));
  }

  @Test
  @DisplayName("F12 a session in use MUST NOT be killed by a clock, a node's or the server's")
  void liveSessions() {
    try (RedisServer server = Servers.start();
        RedisClient admin = Servers.admin(server);
        RedisSessionStore store = RedisSessionStore.connect(Servers.patient(server.uri()))) {
      for (Pair pair : pairs()) {
        passed = Duration.ZERO;
        StatefulSessions here = StatefulSessions.over(store, POLICY).withClock(clock(pair.here()));
        StatefulSessions there =
            StatefulSessions.over(store, POLICY).withClock(clock(pair.there()));
        Grant grant = here.open("user " + pair, Map.of()).grantOrThrow();
        use(grant, here, there, admin, Math.min(pair.there(), pair.here()));
      }
    }
    Ledger.judge(
        Outcome.of("F12", "live sessions under clocks up to 10 min off", "single Redis, store")
            .tried(tried, "requests of a session in use")
            .lost(lost, "rejected, or their record to be dropped before its end"));
  }

  private void untilExpired(Credential credential, List<HybridSessions> nodes, long keptMillis) {
    boolean alive = true;
    while (alive) {
      alive = false;
      for (HybridSessions node : nodes) {
        Validation answer = node.validate(credential);
        boolean byTheListAlone = !answer.equals(new Validation.Rejected(Rejection.EXPIRED));
        alive |= byTheListAlone;
        tried++;
        if (!(answer instanceof Validation.Rejected)
            || (byTheListAlone && passed.toMillis() >= keptMillis)) {
          lost++;
        }
      }
      passed = passed.plusMinutes(1);
    }
  }

  /** Every five minutes a request to either node; the server keeps the record beyond its end. */
  private void use(
      Grant grant, StatefulSessions here, StatefulSessions there, RedisClient admin, int slowest) {
    Instant seen = Instant.EPOCH;
    Duration writtenAt = passed;
    for (int i = 0; i < 24; i++) {
      passed = passed.plusMinutes(5);
      Validation answer = (i % 2 == 0 ? there : here).validate(grant.credential());
      tried++;
      if (!(answer instanceof Validation.Accepted accepted)) {
        lost++;
        continue;
      }
      if (accepted.session().lastSeen().isAfter(seen)) {
        seen = accepted.session().lastSeen();
        writtenAt = passed; // so was the time to live, which does not run down here
      }
      Duration kept =
          Duration.ofMillis(admin.pttl(Place.redisKey(grant.session().key())))
              .minus(passed.minus(writtenAt));
      if (kept.plus(SLACK).compareTo(leftOf(accepted.session(), slowest)) < 0) {
        lost++;
      }
    }
  }

  /** How long the node whose clock is behind will still take the session. */
  private Duration leftOf(Session session, int slowest) {
    return Duration.between(clock(slowest).instant(), session.end());
  }

  private HybridSessions hybrid(RedisRevocationList list, int minutes) {
    return Samples.hybrid(list.withClock(clock(minutes)), POLICY).withClock(clock(minutes));
  }

  private InstantSource clock(int minutes) {
    return () -> start.plus(passed).plus(Duration.ofMinutes(minutes));
  }

  private static List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int here : minutes()) {
      for (int there : minutes()) {
        if (Math.abs(here - there) <= MOST_MINUTES) {
          pairs.add(new Pair(here, there));
        }
      }
    }
    return pairs;
  }

  private static int[] minutes() {
    return IntStream.iterate(-MOST_MINUTES, m -> m <= MOST_MINUTES, m -> m + STEP).toArray();
  }

  private static String floorKey(Session session) {
    return "sw:{" + session.key().slot() + "}:f:" + session.key().handle();
  }
}
