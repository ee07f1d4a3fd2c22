package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A state above 1 MiB")
class LargeStateTest {

  private static final int TEN_MEBIBYTES = 10 << 20;

  private final String namespace = On.newNamespace();

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"H2", "POSTGRESQL"})
  @DisplayName("MUST come back whole where the store was built for it")
  void comesBack(On on) {
    try (TestDatabase database = on.open();
        JdbcSessionStore store =
            database.open(namespace, settings -> settings.maxStateBytes(TEN_MEBIBYTES))) {
      Session small = Samples.session();
      Session large = small.with("all", "x".repeat(TEN_MEBIBYTES - 50)).next(Samples.NOW);
      store.create(small);

      assertThat(store.replace(large)).isEqualTo(ReplaceResult.REPLACED);

      assertThat(store.find(small.key())).contains(large);
    }
  }

  @Test
  @DisplayName("MUST be read whole in H2 while it is replaced")
  void races() {
    try (TestDatabase database = TestDatabase.h2("large");
        JdbcSessionStore store =
            database.open(namespace, settings -> settings.maxStateBytes(2 << 20))) {
      Session session = Samples.session();
      store.create(session);
      int rounds = 200;
      Together.run(
          () -> {
            Session last = session;
            for (int i = 0; i < rounds; i++) {
              last = last.with("all", ("" + i % 10).repeat(20_000)).next(Samples.NOW);
              assertThat(store.replace(last)).isEqualTo(ReplaceResult.REPLACED);
            }
            return 0;
          },
          () -> {
            for (int i = 0; i < rounds; i++) {
              Optional<Session> found = store.find(session.key());
              assertThat(found).isPresent();
              String all = found.get().attribute("all").orElse("");
              assertThat(all.chars().distinct().count()).isLessThanOrEqualTo(1);
            }
            return 0;
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, (64 << 20) + 1})
  @DisplayName("MUST have a bound that can be kept")
  void bounds(int bytes) {
    try (TestDatabase database = TestDatabase.h2("bounds")) {
      assertThatThrownBy(() -> JdbcSessionStore.builder(database.source()).maxStateBytes(bytes))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("maxStateBytes (" + bytes + ")");
    }
  }
}
