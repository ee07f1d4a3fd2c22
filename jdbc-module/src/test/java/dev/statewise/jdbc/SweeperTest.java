package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The sweeper")
class SweeperTest {

  private static final int RACES = Math.max(500, Integer.getInteger("statewise.races", 500));
  private static final int A_ROUND = 50;

  private final String namespace = On.newNamespace();

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("MUST delete what is over and leave what lives")
  void sweeps(On on) {
    try (TestDatabase database = on.open();
        JdbcSessionStore store = database.open(namespace)) {
      List<SessionKey> over = created(store, 7);
      List<SessionKey> live = created(store, 7);
      expire(database, over);

      assertThat(store.sweep(1_000)).isEqualTo(7);

      assertThat(over).allMatch(key -> store.find(key).isEmpty());
      assertThat(live).allMatch(key -> store.find(key).isPresent());
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("MUST leave a session that ended less than the margin ago")
  void margin(On on) {
    try (TestDatabase database = on.open();
        JdbcSessionStore store = database.open(namespace)) {
      Session session = Samples.living(Duration.ofSeconds(1), Duration.ofSeconds(1));
      store.create(session);
      database.run(
          namespace,
          "UPDATE sw_session SET kept_until = kept_until - "
              + JdbcSessionStore.MARGIN.minusSeconds(60).toMillis());

      assertThat(store.sweep(1_000)).isZero();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("MUST delete at most as many as were asked for, and say how many")
  void limit(On on) {
    try (TestDatabase database = on.open();
        JdbcSessionStore store = database.open(namespace)) {
      expire(database, created(store, 250));

      assertThat(List.of(store.sweep(120), store.sweep(1), store.sweep(1_000), store.sweep(9)))
          .containsExactly(120, 1, 129, 0);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("MUST leave a row of a newer format")
  void newer(On on) {
    try (TestDatabase database = on.open();
        JdbcSessionStore store = database.open(namespace)) {
      expire(database, created(store, 3));
      database.run(namespace, "UPDATE sw_session SET format = 2");

      assertThat(store.sweep(1_000)).isZero();
      assertThat(rows(database)).isEqualTo(3);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("MUST share the work when several nodes sweep at once")
  void nodes(On on) {
    try (TestDatabase database = on.open();
        JdbcSessionStore store = database.open(namespace)) {
      List<SessionKey> live = created(store, 20);
      expire(database, created(store, 1_000));

      Callable<Integer> node = () -> store.sweep(10_000);
      List<Integer> swept = Together.run(List.of(node, node, node));

      int rest = store.sweep(10_000);
      assertThat(swept.stream().mapToInt(Integer::intValue).sum() + rest).isEqualTo(1_000);
      assertThat(live).allMatch(key -> store.find(key).isPresent());
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("MUST NOT take a session whose touch was acknowledged")
  void touchRacesTheSweeper(On on) {
    try (TestDatabase database = on.open();
        JdbcSessionStore store = database.open(namespace)) {
      Tally tally = race(database, store, RACES, store::sweep);

      assertThat(tally.lost).as("acknowledged, and gone").isEmpty();
      assertThat(tally.touched).as("touches that came first").isPositive();
      assertThat(tally.swept).as("sweeps that came first").isPositive();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("that looks first and deletes then MUST be found to take touched sessions")
  void naive(On on) {
    try (TestDatabase database = on.open();
        JdbcSessionStore store = database.open(namespace)) {
      assertThat(race(database, store, 500, limit -> lookThenDelete(database)).lost).isNotEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = "H2")
  @DisplayName("MUST refuse a limit at which it could do nothing")
  void noLimit(On on) {
    try (TestDatabase database = on.open();
        JdbcSessionStore store = database.open(namespace)) {
      assertThatThrownBy(() -> store.sweep(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("limit (0)");
    }
  }

  private record Tally(int touched, int swept, Set<SessionKey> lost) {}

  /** Sessions that are over by their rows are touched while they are swept. */
  private Tally race(TestDatabase database, JdbcSessionStore store, int races, IntConsumer sweep) {
    Set<SessionKey> touched = new HashSet<>();
    Set<SessionKey> lost = new HashSet<>();
    int swept = 0;
    for (int done = 0; done < races; done += A_ROUND) {
      List<SessionKey> keys = created(store, A_ROUND);
      expire(database, keys);
      Set<SessionKey> acknowledged = new HashSet<>();
      Together.run(
          () -> {
            // From the other end, so that they meet.
            for (int i = keys.size() - 1; i >= 0; i--) {
              if (store.touch(keys.get(i), Samples.NOW.plusSeconds(1))) {
                acknowledged.add(keys.get(i));
              }
            }
            return 0;
          },
          () -> {
            for (int i = 0; i < A_ROUND; i++) {
              sweep.accept(1 + i % 5);
            }
            return 0;
          });
      touched.addAll(acknowledged);
      swept += keys.size() - acknowledged.size();
      acknowledged.stream().filter(key -> store.find(key).isEmpty()).forEach(lost::add);
    }
    return new Tally(touched.size(), swept, lost);
  }

  private void lookThenDelete(TestDatabase database) {
    String table = TestDatabase.prefix(namespace) + "session";
    try (Connection connection = database.source().getConnection()) {
      Dialect dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
      List<String> keys = new ArrayList<>();
      try (PreparedStatement look =
          connection.prepareStatement(
              "SELECT session_key FROM %s WHERE kept_until < %s ORDER BY kept_until LIMIT 5"
                  .formatted(table, dialect.now()))) {
        var found = look.executeQuery();
        while (found.next()) {
          keys.add(found.getString(1));
        }
      }
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM " + table + " WHERE session_key = ?")) {
        for (String key : keys) {
          delete.setString(1, key);
          delete.executeUpdate();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<SessionKey> created(JdbcSessionStore store, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              Session session = Samples.session();
              store.create(session);
              return session.key();
            })
        .toList();
  }

  /** In their order, the first the longest over. */
  private void expire(TestDatabase database, List<SessionKey> keys) {
    try (Connection connection = database.source().getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE %ssession SET kept_until = ? WHERE session_key = ?"
                    .formatted(TestDatabase.prefix(namespace)))) {
      for (int i = 0; i < keys.size(); i++) {
        update.setLong(1, 1_000 + i);
        update.setString(2, keys.get(i).text());
        update.executeUpdate();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long rows(TestDatabase database) {
    return database.number(namespace, "SELECT COUNT(*) FROM sw_session");
  }
}
