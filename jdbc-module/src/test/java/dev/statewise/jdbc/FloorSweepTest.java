package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Sweeping floors")
class FloorSweepTest {

  private static final int RACES = Integer.getInteger("statewise.races", 200);
  private final Instant until = Instant.now().plus(Duration.ofHours(1));
  private static final String OVER = "UPDATE sw_floor SET kept_until = 1";

  private final String namespace = On.newNamespace();

  @ParameterizedTest
  @EnumSource
  @DisplayName("MUST delete those that are over, no more than asked for, and no other")
  void deletesWhatIsOver(On on) {
    try (TestDatabase database = on.open();
        JdbcRevocationList list = Lists.open(database, namespace, it -> it)) {
      for (int i = 0; i < 250; i++) {
        list.refuseBelow(Samples.session().key(), 2, until);
      }
      database.run(namespace, OVER);
      Session ended = Samples.session();
      list.refuseBelow(ended.key(), 2, until);

      assertThat(list.sweep(120)).isEqualTo(120);
      assertThat(list.sweep(1_000)).isEqualTo(130);
      assertThat(list.sweep(1_000)).isZero();
      assertThat(list.isRefused(ended)).isTrue();
      assertThat(database.number(namespace, "SELECT COUNT(*) FROM sw_floor")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("MUST leave a floor that is raised at the same moment, for as long as it was told")
  void racesARefusal(On on) {
    try (TestDatabase database = on.open();
        JdbcRevocationList list = Lists.open(database, namespace, it -> it);
        JdbcRevocationList other = Lists.open(database, namespace, it -> it)) {
      for (int race = 0; race < RACES; race++) {
        Session ended = Samples.session();
        list.refuseBelow(ended.key(), 2, until);
        database.run(namespace, OVER);
        Callable<Object> raise = () -> list.refuseBelow(ended.key(), 3, until);

        Together.run(raise, () -> other.sweep(10));

        assertThat(list.isRefused(ended)).isTrue();
        assertThat(list.isRefused(Samples.session())).isFalse();
        assertThat(Lists.keptFor(database, namespace, ended)).isGreaterThan(Duration.ofMinutes(59));
        list.sweep(10);
        assertThat(database.number(namespace, "SELECT MAX(floor) FROM sw_floor")).isEqualTo(3);
        database.run(namespace, "DELETE FROM sw_floor");
      }
    }
  }

  @Test
  @DisplayName("on a schedule MUST happen by itself, and end when the list is closed")
  void onASchedule() {
    try (TestDatabase database = On.H2.open();
        JdbcRevocationList list =
            Lists.open(database, namespace, it -> it.sweepEvery(Duration.ofSeconds(1)))) {
      list.refuseBelow(Samples.session().key(), 2, until);
      database.run(namespace, OVER);

      Awaitility.await()
          .until(() -> database.number(namespace, "SELECT COUNT(*) FROM sw_floor") == 0);
    }
  }

  @Test
  @DisplayName("nothing MUST be refused, by name")
  void sweepsSomething() {
    try (TestDatabase database = On.H2.open();
        JdbcRevocationList list = Lists.open(database, namespace, it -> it)) {
      assertThatThrownBy(() -> list.sweep(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("limit (0)");
    }
  }
}
