package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.spi.ListTraits;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The settings of a list")
class ListSettingsTest {

  private final String namespace = On.newNamespace();
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = On.H2.open();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.049S", "PT5M0.001S", "PT-1S"})
  @DisplayName("MUST refuse a staleness outside its bounds")
  void staleness(Duration staleness) {
    assertThatThrownBy(() -> JdbcRevocationList.builder(database.source()).replicated(staleness))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("staleness (%s)".formatted(staleness));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-0.001S", "PT10M0.001S"})
  @DisplayName("MUST refuse a clock skew outside its bounds")
  void clockSkew(Duration skew) {
    assertThatThrownBy(() -> JdbcRevocationList.builder(database.source()).clockSkew(skew))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("clockSkew (%s)".formatted(skew));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.999S", "PT1H0.001S"})
  @DisplayName("MUST refuse a timeout and an interval of sweeping outside their bounds")
  void timeout(Duration duration) {
    JdbcRevocationList.Builder builder = JdbcRevocationList.builder(database.source());

    assertThatThrownBy(() -> builder.timeout(duration))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("timeout");
    assertThatThrownBy(() -> builder.sweepEvery(duration))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("interval");
  }

  @Test
  @DisplayName("MUST show in the traits, and promise nothing that nobody vouched for")
  void traits() {
    JdbcRevocationList.Builder builder = Lists.builder(database.source(), namespace);

    try (JdbcRevocationList plain = builder.build();
        JdbcRevocationList vouched = builder.keepingAcknowledged().build();
        JdbcRevocationList local = builder.replicated(Duration.ofSeconds(2)).build()) {
      assertThat(plain.traits()).isEqualTo(ListTraits.inProcess().withRoundTrips(1));
      assertThat(vouched.traits().keepsAcknowledged()).isTrue();
      assertThat(local.traits().staleness()).isEqualTo(Duration.ofSeconds(2));
      assertThat(local.traits().roundTrips()).isZero();
    }
  }

  @Test
  @DisplayName("MUST be shared and durable where the database is a server")
  void traitsOfAServer() {
    try (TestDatabase server = On.POSTGRESQL.open();
        JdbcRevocationList list = Lists.builder(server.source(), namespace).build()) {
      assertThat(list.traits()).isEqualTo(ListTraits.sharedByNodes().withDurable(true));
    }
  }

  @Test
  @DisplayName("a list without its tables MUST be unavailable, and say what to run")
  void withoutTables() {
    try (JdbcRevocationList list = Lists.builder(database.source(), namespace).build()) {
      assertThatThrownBy(() -> list.isRefused(Samples.session()))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("createSchema()");
    }
  }

  @Test
  @DisplayName(
      "a refusal of a newer format MUST be unavailable, and neither passed over nor raised")
  void newerFormat() {
    Instant until = Instant.now().plus(Duration.ofHours(1));
    var ended = Samples.session();
    try (JdbcRevocationList list = Lists.open(database, namespace, it -> it)) {
      list.refuseBelow(ended.key(), 2, until);
      database.run(namespace, "UPDATE sw_floor SET format = 2, kept_until = 1");

      assertThatThrownBy(() -> list.isRefused(ended))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("format 2");
      assertThatThrownBy(() -> list.refuseBelow(ended.key(), 3, until))
          .isInstanceOf(StoreUnavailableException.class);
      assertThat(list.sweep(10)).isZero();
      assertThat(database.number(namespace, "SELECT MAX(floor) FROM sw_floor")).isEqualTo(2);
    }
  }
}
