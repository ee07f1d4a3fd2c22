package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Session;
import dev.statewise.spi.StoreUnavailableException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A database that has lost refusals")
class LostFloorsTest {

  private final String namespace = On.newNamespace();
  private final HandClock clock = new HandClock();
  private final Instant until = clock.instant().plus(Duration.ofHours(1));
  private final Session ended = Samples.session();
  private final Session other = Samples.of("bob");
  private TestDatabase database;
  private JdbcRevocationList here;

  @BeforeEach
  void open() {
    database = On.H2.open();
    here = Lists.open(database, namespace, list -> list.clock(clock));
    here.refuseBelow(Samples.session().key(), 2, until);
  }

  @AfterEach
  void close() {
    here.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"restored", "emptied", "head deleted", "begun anew"})
  @DisplayName("MUST have all refused who were there, and nobody who logs in afterwards")
  void everybodyIsRefused(String how) {
    List<Long> backup = backup();
    here.refuseBelow(ended.key(), Long.MAX_VALUE, until);

    lose(how, backup);

    assertThat(here.isRefused(ended)).isTrue();
    assertThat(here.isRefused(other)).isTrue();
    Instant floor = here.floor("bob");
    assertThat(floor).isEqualTo(clock.instant().plusSeconds(60).plusMillis(1));
    assertThat(here.isRefused(Samples.createdAt("bob", floor))).isFalse();
  }

  @Test
  @DisplayName("MUST have all refused by the next refusal, too, and tell that one RAISED")
  void noticedByARefusal() {
    List<Long> backup = backup();
    here.refuseBelow(ended.key(), Long.MAX_VALUE, until);
    lose("restored", backup);

    here.refuseBelow(Samples.session().key(), 2, until);

    try (JdbcRevocationList late = Lists.open(database, namespace, list -> list.clock(clock))) {
      assertThat(late.isRefused(ended)).isTrue();
    }
  }

  @Test
  @DisplayName("MUST be noticed by a node that only follows, and told to it from the beginning")
  void noticedByAFollower() {
    try (JdbcRevocationList following = Lists.open(database, namespace, Lists.replicated(clock))) {
      List<Long> backup = backup();
      following.refuseBelow(ended.key(), Long.MAX_VALUE, until);
      Awaitility.await().until(following::isFollowing);

      lose("restored", backup);

      Awaitility.await().until(() -> following.isRefused(other));
      assertThat(following.isRefused(ended)).isTrue();
      assertThat(here.isRefused(other)).isTrue();
    }
  }

  @Test
  @DisplayName("MUST log out only once, however many nodes notice it")
  void onlyOnce() {
    try (JdbcRevocationList second = Lists.open(database, namespace, list -> list.clock(clock))) {
      List<Long> backup = backup();
      here.refuseBelow(ended.key(), Long.MAX_VALUE, until);
      second.isRefused(ended);
      lose("restored", backup);
      Instant floor = here.floor("bob");
      clock.advance(Duration.ofMinutes(5));

      assertThat(second.floor("bob")).isEqualTo(floor);
      assertThat(second.isRefused(Samples.createdAt("bob", floor))).isFalse();
    }
  }

  @Test
  @DisplayName("is not what a copy is that answers and is behind: that MUST be unavailable")
  void aCopyThatIsBehind() {
    try (TestDatabase copy = On.H2.open()) {
      AtomicReference<DataSource> answering = new AtomicReference<>(database.source());
      try (JdbcRevocationList reading =
              Lists.builder(inTurn(answering, copy.source()), namespace).clock(clock).build();
          JdbcRevocationList onCopy = Lists.open(copy, namespace, list -> list.clock(clock))) {
        onCopy.isRefused(other);
        copy.run(namespace, "UPDATE sw_floor_head SET log_position = 0, run = " + run());
        here.refuseBelow(ended.key(), Long.MAX_VALUE, until);
        assertThat(reading.isRefused(ended)).isTrue();

        answering.set(copy.source());

        assertThatThrownBy(() -> reading.isRefused(ended))
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessageContaining("primary");
        assertThat(here.isRefused(other)).as("nobody was logged out").isFalse();
      }
    }
  }

  /** Reads are answered by one, and transactions by the primary. */
  private DataSource inTurn(AtomicReference<DataSource> answering, DataSource copy) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> {
              boolean reads =
                  StackWalker.getInstance()
                      .walk(
                          frames ->
                              frames.noneMatch(it -> it.getMethodName().equals("inTransaction")));
              return method.invoke(
                  reads && answering.get() == copy ? copy : database.source(), arguments);
            });
  }

  private long run() {
    return database.number(namespace, "SELECT run FROM sw_floor_head");
  }

  private List<Long> backup() {
    return List.of(database.number(namespace, "SELECT log_position FROM sw_floor_head"), run());
  }

  private void lose(String how, List<Long> backup) {
    String later = "DELETE FROM sw_floor WHERE log_position > " + backup.get(0);
    switch (how) {
      case "restored" -> {
        database.run(namespace, later);
        database.run(namespace, "UPDATE sw_floor_head SET log_position = " + backup.get(0));
      }
      case "emptied" -> {
        database.run(namespace, "DELETE FROM sw_floor");
        database.run(namespace, "DELETE FROM sw_floor_head");
      }
      case "head deleted" -> database.run(namespace, "DELETE FROM sw_floor_head");
      default -> {
        database.run(namespace, "DELETE FROM sw_floor");
        database.run(namespace, "DELETE FROM sw_floor_head");
        database.run(
            namespace,
            "INSERT INTO sw_floor_head (one, generation, run, log_position) VALUES (1, 1, 7, 99)");
      }
    }
  }
}
