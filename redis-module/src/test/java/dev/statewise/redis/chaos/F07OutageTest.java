package dev.statewise.redis.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.StatefulSessions;
import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** F7: 64 callers on 8 connections, and a server that is away in one way or another. */
@Chaos
class F07OutageTest {

  private static final int CALLERS = 64;
  private static final Duration LASTS = Scale.ofSeconds(1, 6, 6);
  private static final Duration SLACK = Duration.ofMillis(50);
  private static final int TENFOLD = 10;

  private final AtomicInteger wrong = new AtomicInteger();
  private final AtomicInteger unavailable = new AtomicInteger();

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("F7 each call MUST end by its deadline, and never in a wrong answer")
  void away(Outage outage) {
    try (RedisServer server = Servers.start();
        TcpProxy proxy = Servers.proxy(server)) {
      RedisConnection hasty = Servers.hasty(Servers.uri(proxy)).withMaxConnections(8);
      try (RedisSessionStore store = RedisSessionStore.connect(hasty);
          RedisRevocationList list = Servers.list(hasty)) {
        Front stateful = Front.of(StatefulSessions.over(store, SessionPolicy.defaults()));
        Front hybrid = Front.of(Samples.hybrid(list));
        away(outage, server, proxy, hasty.deadline(), List.of(stateful, hybrid));
      }
    }
  }

  private void away(
      Outage outage, RedisServer server, TcpProxy proxy, Duration deadline, List<Front> fronts) {
    try (Stalls stalls = Stalls.watch()) {
      Runnable end = outage.begin(server, proxy, LASTS);
      long until = System.nanoTime() + LASTS.toNanos();
      long[] millis =
          Threads.together(CALLERS, caller -> call(fronts.get(caller % 2), until)).stream()
              .flatMapToLong(Arrays::stream)
              .toArray();
      Stalls.Seen stalled = stalls.seen();
      end.run();
      boolean first = fronts.get(0).accepts() && fronts.get(1).accepts();
      Awaitility.await().until(() -> fronts.stream().allMatch(Front::accepts));

      Ledger.judge(
          judged(outage, deadline, millis, first).note("%s", beside(millis, first, stalled)));
    }
  }

  private Outcome judged(Outage outage, Duration deadline, long[] millis, boolean first) {
    long most = LongStream.of(millis).max().orElse(0);
    long p99 = Percentiles.of(millis, (median, p, max) -> p);
    boolean full = Scale.NOW != Scale.SMALL;
    boolean inTime =
        full
            ? p99 <= deadline.plus(SLACK).toMillis() && first
            : most <= deadline.multipliedBy(TENFOLD).toMillis();
    return Outcome.of("F7", outage.text() + ", 64 callers", "single Redis, store and list")
        .tried(millis.length, "calls")
        .lost(wrong.get(), "wrong answers")
        .target(
            full
                ? "0; p99 within the deadline of %d ms and 50 ms; the first call after it right"
                    .formatted(deadline.toMillis())
                : "0; each call ends within ten deadlines",
            wrong.get() == 0 && inTime);
  }

  private String beside(long[] millis, boolean first, Stalls.Seen stalled) {
    String times =
        Percentiles.of(millis, "calls took median %d ms, p99 %d ms, most %d ms"::formatted);
    return "%,d unavailable; %s; first calls after it %s; the harness stalled %s"
        .formatted(unavailable.get(), times, first ? "right" : "not yet answered", stalled);
  }

  private long[] call(Front front, long until) {
    LongStream.Builder millis = LongStream.builder();
    for (int i = 0; System.nanoTime() - until < 0; i++) {
      long began = System.nanoTime();
      count(front, i % 3);
      millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }
    return millis.build().toArray();
  }

  private void count(Front front, int question) {
    try {
      Object answer = front.ask(question);
      if (answer instanceof Unavailable) {
        unavailable.incrementAndGet();
      } else if (!front.isRight(question, answer)) {
        wrong.incrementAndGet();
      }
    } catch (RuntimeException e) {
      wrong.incrementAndGet();
    }
  }

  /** A front door with a session that lives, one that was ended, and one to be ended. */
  private record Front(Sessions sessions, Credential live, Credential ended) {

    static Front of(Sessions sessions) {
      Credential live = sessions.open("ann", Map.of()).grantOrThrow().credential();
      Credential ended = sessions.open("bob", Map.of()).grantOrThrow().credential();
      assertThat(sessions.end(ended)).isInstanceOf(Ending.Ended.class);
      return new Front(sessions, live, ended);
    }

    boolean accepts() {
      return sessions.validate(live).accepted().isPresent();
    }

    Object ask(int question) {
      return switch (question) {
        case 0 -> sessions.validate(live);
        case 1 -> sessions.validate(ended);
        default -> sessions.openAnonymous(Map.of());
      };
    }

    boolean isRight(int question, Object answer) {
      return switch (question) {
        case 0 -> answer instanceof Validation.Accepted;
        case 1 -> answer instanceof Validation.Rejected;
        default -> answer instanceof dev.statewise.session.OpenResult.Opened;
      };
    }
  }
}
