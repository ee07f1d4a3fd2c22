package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.embedded.PostgresServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.embedded.Traffic;
import dev.statewise.session.Session;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two nodes of a replicated list on PostgreSQL. The second reaches it by a proxy, and its ticker is
 * moved by hand, so that the bound passes for it when the test says so.
 */
class FollowedFloorsTest {

  private static final Duration STALENESS = Duration.ofMillis(400);

  private final String namespace = On.newNamespace();
  private final HandClock clock = new HandClock();
  private final Instant until = clock.instant().plus(Duration.ofHours(1));
  private final HandTicker ticker = new HandTicker();
  private final Session session = Samples.session();
  private TcpProxy proxy;
  private TestDatabase direct;
  private TestDatabase behind;
  private JdbcRevocationList here;
  private JdbcRevocationList there;

  /** What can come between a node and its database. */
  @SuppressWarnings("ImmutableEnumChecker") // the functions hold nothing
  enum Fault {
    SILENCE(TcpProxy::blackhole),
    REQUESTS_LOST(TcpProxy::dropToServer),
    REPLIES_LOST(TcpProxy::dropFromServer),
    CUT_AND_REFUSED(
        proxy -> {
          proxy.refuse();
          proxy.cut();
        });

    private final Consumer<TcpProxy> fault;

    Fault(Consumer<TcpProxy> fault) {
      this.fault = fault;
    }
  }

  @BeforeEach
  void open() {
    PostgresServer server = Servers.postgres();
    proxy = TcpProxy.to(server.host(), server.port());
    direct = TestDatabase.at(server.jdbcUrl());
    behind =
        TestDatabase.with(
            server.jdbcUrl(proxy) + "&connectTimeout=1&cancelSignalTimeout=1",
            pool -> {
              pool.setMaximumPoolSize(3);
              pool.setConnectionTimeout(250);
            });
    here = Lists.open(direct, namespace, list -> list.clock(clock).replicated(STALENESS));
    there = node(list -> list.ticker(ticker).replicated(STALENESS));
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
    behind.close();
    direct.close();
    proxy.close();
  }

  @Test
  @DisplayName("while it follows, isRefused MUST cost no round trip, as its traits say")
  void noRoundTrip() {
    awaitFollowing(there);
    proxy.blackhole();

    for (int i = 0; i < 1_000; i++) {
      assertThat(there.isRefused(session)).isFalse();
    }

    assertThat(there.traits().roundTrips()).isZero();
    assertThat(there.traits().staleness()).isEqualTo(STALENESS);
  }

  @Test
  @DisplayName("a list that asks MUST cost one round trip each time, as its traits say")
  void oneRoundTrip() {
    there.close();
    try (JdbcRevocationList asking = node(list -> list)) {
      for (int i = 0; i < 10; i++) {
        asking.isRefused(session); // until the driver has prepared it, and the pool is warm
      }
      Traffic before = proxy.traffic();

      for (int i = 0; i < 20; i++) {
        asking.isRefused(session);
      }

      assertThat(proxy.traffic().minus(before).roundTrips()).isEqualTo(20);
      assertThat(asking.traits().roundTrips()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("its own refusals a node MUST refuse at once, without asking")
  void ownWrites() {
    awaitFollowing(there);
    there.refuseBelow(session.key(), 2, until);
    Session of = Samples.of("bob");
    there.refuseCreatedBefore("bob", of.createdAt().plusMillis(1), until);
    proxy.blackhole();

    assertThat(there.isRefused(session)).isTrue();
    assertThat(there.isRefused(of)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("cut off, a node MUST accept nothing beyond the bound that another node ended")
  void neverBeyondTheBound(Fault fault) {
    awaitFollowing(there);
    fault.fault.accept(proxy);
    here.refuseBelow(session.key(), Long.MAX_VALUE, until);
    assertThat(there.isRefused(session)).as("within the bound").isFalse();

    ticker.advance(STALENESS.plusNanos(1));

    assertThatThrownBy(() -> there.isRefused(session))
        .isInstanceOf(StoreUnavailableException.class);
    proxy.heal();
    Boolean answer =
        Awaitility.await()
            .ignoreException(StoreUnavailableException.class)
            .until(() -> there.isRefused(session), any -> true);
    assertThat(answer).isTrue();
    awaitFollowing(there);
    assertThat(there.isRefused(session)).isTrue();
  }

  @Test
  @DisplayName("a node that stood still MUST ask when it wakes")
  void stalledNode() {
    awaitFollowing(there);
    here.refuseBelow(session.key(), Long.MAX_VALUE, until);

    ticker.advance(STALENESS.plusNanos(1));

    assertThat(there.isRefused(session)).isTrue();
  }

  @Test
  @DisplayName("a node that starts MUST know what was refused before, however much that is")
  void snapshot() {
    for (int i = 0; i < FloorSql.PAGE + 500; i++) {
      here.refuseBelow(Samples.session().key(), 2, until);
    }
    here.refuseBelow(session.key(), 2, until);
    here.refuseAllCreatedBefore(session.createdAt().minusSeconds(1), until);

    awaitFollowing(there);

    assertThat(there.heldHere()).isEqualTo(FloorSql.PAGE + 502);
    proxy.blackhole();
    assertThat(there.isRefused(session)).isTrue();
  }

  @Test
  @DisplayName("a refusal MUST be forgotten when it need not be kept, by a clock that nobody sets")
  void forgotten() {
    awaitFollowing(there);
    here.refuseBelow(session.key(), 2, until);
    here.refuseCreatedBefore("bob", Samples.NOW, until.plusSeconds(3600));
    Awaitility.await().until(() -> there.heldHere() == 2);
    clock.advance(Duration.ofDays(1));

    ticker.advance(Duration.ofHours(1));
    awaitFollowing(there);
    assertThat(there.heldHere()).isEqualTo(2);

    ticker.advance(JdbcSessionStore.MARGIN.plusMinutes(2));
    Awaitility.await().until(() -> there.heldHere() == 1);
  }

  @Test
  @DisplayName("a refusal that is extended MUST be heard as another one is")
  void extended() {
    awaitFollowing(there);
    here.refuseBelow(session.key(), 2, until);
    Awaitility.await().until(() -> there.heldHere() == 1);

    here.refuseBelow(session.key(), 2, until.plus(Duration.ofDays(1)));
    here.refuseBelow(Samples.session().key(), 2, until);
    Awaitility.await().until(() -> there.heldHere() == 2);
    ticker.advance(Duration.ofHours(2));

    Awaitility.await().until(() -> there.heldHere() == 1);
    proxy.blackhole();
    assertThat(there.isRefused(session)).isTrue();
  }

  @Test
  @DisplayName(
      "a node that finds no database at first MUST be unavailable, and follow when it is there")
  void notThereAtFirst() {
    proxy.refuse();
    proxy.cut();
    assertThatThrownBy(() -> there.isRefused(session))
        .isInstanceOf(StoreUnavailableException.class);

    proxy.heal();

    awaitFollowing(there);
  }

  @Test
  @DisplayName("a list that is closed MUST have stopped its thread, and leave the pool open")
  void closed() {
    awaitFollowing(there);
    long before = followers();

    there.close();

    Awaitility.await().until(() -> followers() < before);
    assertThat(here.isRefused(session)).isFalse();
    assertThat(behind.number(namespace, "SELECT COUNT(*) FROM sw_floor")).isZero();
  }

  private static long followers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("statewise-revocations-"))
        .count();
  }

  private JdbcRevocationList node(UnaryOperator<JdbcRevocationList.Builder> form) {
    return form.apply(
            JdbcRevocationList.builder(behind.source())
                .tablePrefix(TestDatabase.prefix(namespace))
                .timeout(Duration.ofSeconds(1))
                .clock(clock))
        .build();
  }

  private static void awaitFollowing(JdbcRevocationList list) {
    Awaitility.await().ignoreExceptions().until(list::isFollowing);
  }
}
