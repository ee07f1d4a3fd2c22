package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Session;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.SubjectIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A row that this version did not write")
class ForeignRowsTest {

  private final String namespace = On.newNamespace();
  private final List<String> findings = new ArrayList<>();
  private final Session session = Samples.session();
  private final TestDatabase database = TestDatabase.h2("foreign");
  private JdbcSessionStore store;
  private SubjectIndex index;

  @BeforeEach
  void create() {
    store = database.open(namespace, settings -> settings.findings(findings::add));
    index = store.subjects().orElseThrow();
    store.create(session);
  }

  @AfterEach
  void close() {
    store.close();
    database.close();
  }

  @Test
  @DisplayName("in a newer format MUST be unavailable to every verb and left as it is")
  void newer() {
    database.run(namespace, "UPDATE sw_session SET format = 2");
    long before = hash();

    List<ThrowingCallable> verbs =
        List.of(
            () -> store.find(session.key()),
            () -> store.findCurrent(session.key()),
            () -> store.create(session),
            () -> store.replace(session.next(Samples.NOW)),
            () -> store.touch(session.key(), Samples.NOW.plusSeconds(9)),
            () -> store.delete(session.key()),
            () -> index.findAll("ann"),
            () -> index.deleteAll("ann"),
            () -> index.admit(session, 9, Overflow.END_OLDEST, Optional.empty()),
            () -> index.admit(Samples.session(), 9, Overflow.END_OLDEST, Optional.empty()));

    for (ThrowingCallable verb : verbs) {
      assertThatThrownBy(verb)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("newer format")
          .hasMessageContaining(session.key().text());
      assertThat(hash()).isEqualTo(before);
    }
    assertThat(findings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attributes = X'05'",
        "attributes = X'0103656565'",
        "secret_hash = X'00'",
        "subject = X'ff'",
        "idle_timeout = 0",
        "absolute_end = 0",
        "version = 0",
        "created_at = -1",
        "format = 0"
      })
  @DisplayName("and that is no session MUST be none, and be told of")
  void damaged(String damage) {
    database.run(namespace, "UPDATE sw_session SET " + damage);

    assertThat(store.find(session.key())).isEmpty();

    assertThat(findings)
        .singleElement()
        .satisfies(told -> assertThat(told).contains(session.key().text(), "not that session"));
  }

  @Test
  @DisplayName("and that is no session MUST NOT be listed, counted or saved over")
  void damagedOfASubject() {
    database.run(namespace, "UPDATE sw_session SET format = 0");

    assertThat(index.findAll("ann")).isEmpty();
    assertThat(index.admit(Samples.session(), 1, Overflow.REFUSE, Optional.empty()))
        .isEqualTo(new Admission.Admitted(List.of()));
    assertThat(store.replace(session.next(Samples.NOW))).isEqualTo(ReplaceResult.GONE);
    assertThat(store.touch(session.key(), Samples.NOW)).isFalse();
    assertThat(findings).hasSize(2);
  }

  @Test
  @DisplayName("and that is no session MUST be deleted with a session's deletion")
  void damagedIsDeleted() {
    database.run(namespace, "UPDATE sw_session SET attributes = X'05'");

    assertThat(store.delete(session.key())).isTrue();
    assertThat(database.number(namespace, "SELECT COUNT(*) FROM sw_session")).isZero();
  }

  @Test
  @DisplayName("MUST NOT be told of with a word of what is in it")
  void nothingOfIt() {
    store.create(Samples.of("s3cr3t"));
    database.run(namespace, "UPDATE sw_session SET secret_hash = X'73336372'");

    index.findAll("s3cr3t");

    assertThat(findings).isNotEmpty().noneMatch(told -> told.contains("s3cr"));
  }

  private long hash() {
    return database.number(
        namespace,
        "SELECT ORA_HASH(CONCAT(version, ' ', last_seen, ' ', kept_until, ' ', format)) FROM sw_session");
  }
}
