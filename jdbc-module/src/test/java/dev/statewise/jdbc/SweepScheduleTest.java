package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Sweeping by schedule")
class SweepScheduleTest {

  private final String namespace = On.newNamespace();

  @Test
  @DisplayName("MUST go on after an outage, and end when the store is closed")
  void sweeps() {
    try (TestDatabase database = TestDatabase.h2("schedule")) {
      JdbcSessionStore store =
          database.open(namespace, settings -> settings.sweepEvery(Duration.ofSeconds(1)));
      assertThat(sweepers()).isOne();
      database.run(namespace, "DROP TABLE sw_stripe");
      database.run(namespace, "ALTER TABLE sw_session RENAME TO sw_elsewhere");
      await().pollDelay(Duration.ofMillis(1_500)).until(() -> sweepers() == 1);
      database.run(namespace, "ALTER TABLE sw_elsewhere RENAME TO sw_session");
      store.create(Samples.session());
      database.run(namespace, "UPDATE sw_session SET kept_until = 0");

      await().until(() -> database.number(namespace, "SELECT COUNT(*) FROM sw_session") == 0);

      store.close();
      await().until(() -> sweepers() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.999S", "PT1H0.001S", "PT-1S"})
  @DisplayName("MUST refuse an interval that nobody can want")
  void interval(Duration interval) {
    try (TestDatabase database = TestDatabase.h2("interval")) {
      assertThatThrownBy(() -> JdbcSessionStore.builder(database.source()).sweepEvery(interval))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("interval (" + interval + ")");
    }
  }

  private static long sweepers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("statewise-sweeper-"))
        .filter(Thread::isDaemon)
        .count();
  }
}
