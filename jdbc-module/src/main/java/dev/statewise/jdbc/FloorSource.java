package dev.statewise.jdbc;

import dev.statewise.session.Session;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The floors in the database itself. */
final class FloorSource {

  private static final int ATTEMPTS = 3;

  private final SqlCalls calls;
  private final FloorSql sql;
  private final ListSettings settings;
  private final History history = new History();

  FloorSource(SqlCalls calls, FloorSql sql, ListSettings settings) {
    this.calls = calls;
    this.sql = sql;
    this.settings = settings;
  }

  private record Raised(Acknowledgement answer, Head head) {}

  Acknowledgement raise(String verb, String name, long floor, Instant until) {
    FloorRow wanted = new FloorRow(name, floor, settings.keptForMillis(until));
    Head known = history.known();
    Raised raised =
        headed(
            verb,
            true,
            at -> {
              Optional<FloorChange> change = FloorChange.begin(verb, at, sql, settings, known);
              return change.isEmpty()
                  ? Optional.empty()
                  : Optional.of(new Raised(change.get().raise(wanted), change.get().head()));
            });
    history.saw(raised.head);
    return raised.answer;
  }

  /** The floors of a session, of its subject and of all. */
  Floors of(Session session) {
    return ask("IS REFUSED", FloorName.of(session.key()), FloorName.of(session.subject()));
  }

  /** When a session of the subject must be created at the earliest. */
  Instant created(String subject) {
    return Instant.ofEpochMilli(ask("FLOOR", "", FloorName.of(subject)).created());
  }

  /** What was changed after {@code cursor}; from the very beginning if that is of another run. */
  FloorPage after(@Nullable Head cursor) {
    Head known = history.known();
    FloorPage page = read(cursor);
    if (page.head().hasLost(known)) {
      refuseWhoWasThere("FOLLOW", known);
      page = read(null);
      requireNotBehind("FOLLOW", page.head(), known);
    } else if (cursor != null && !page.head().isOfSameRun(cursor)) {
      page = read(null);
    }
    history.saw(page.head());
    return page;
  }

  private Floors ask(String verb, String session, String subject) {
    Head known = history.known();
    Floors floors = read(verb, session, subject);
    if (floors.head().hasLost(known)) {
      refuseWhoWasThere(verb, known);
      floors = read(verb, session, subject);
      requireNotBehind(verb, floors.head(), known);
    }
    history.saw(floors.head());
    return floors;
  }

  /** If it was the database that answered, and not a copy of it that is behind. */
  private void refuseWhoWasThere(String verb, @Nullable Head known) {
    Head head =
        headed(
            verb,
            true,
            at -> FloorChange.begin(verb, at, sql, settings, known).map(FloorChange::head));
    history.saw(head);
  }

  private static void requireNotBehind(String verb, Head answered, @Nullable Head known) {
    if (answered.hasLost(known)) {
      throw new StoreUnavailableException(
          "%s was answered by a copy of the database that is behind, so the session is neither confirmed nor denied. Answer 503, not 401. Point the data source at the primary alone."
              .formatted(verb),
          null);
    }
  }

  private Floors read(String verb, String session, String subject) {
    return headed(
        verb,
        false,
        at ->
            at
                .query(
                    sql.ask,
                    row -> {
                      Floors none = Floors.none(FloorRow.head(row));
                      String name = row.getString(4);
                      return name == null ? none : none.and(name, FloorRow.floor(verb, row, 5, 6));
                    },
                    session,
                    subject,
                    FloorName.ALL)
                .stream()
                .reduce(Floors::and));
  }

  private FloorPage read(@Nullable Head cursor) {
    long position = cursor == null ? 0 : cursor.position();
    return headed("FOLLOW", false, at -> page(at, position));
  }

  private Optional<FloorPage> page(Statements at, long position) throws SQLException {
    List<FloorPage.Change> changes = new ArrayList<>();
    List<Head> heads =
        at.query(
            sql.page,
            row -> {
              String name = row.getString(4);
              if (name != null) {
                long floor = FloorRow.floor("FOLLOW", row, 5, 6);
                changes.add(new FloorPage.Change(name, floor, row.getLong(7), row.getLong(8)));
              }
              return FloorRow.head(row);
            },
            position);
    return heads.stream().findFirst().map(head -> new FloorPage(head, position, changes));
  }

  /** Of a list that nobody used there is no head yet. */
  private <T> T headed(String verb, boolean transaction, SqlWork<Optional<T>> work) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<T> answer = transaction ? calls.inTransaction(verb, work) : calls.ask(verb, work);
      if (answer.isPresent()) {
        return answer.get();
      }
      calls.ask(verb, this::addHead);
    }
    throw new StoreUnavailableException(
        "%s found no row in the table of the list's head, although it was added %d times, so the session is neither confirmed nor denied. Answer 503, not 401. See what deletes it."
            .formatted(verb, ATTEMPTS),
        null);
  }

  private boolean addHead(Statements at) throws SQLException {
    try {
      return at.update(sql.addHead, ThreadLocalRandom.current().nextLong()) > 0;
    } catch (SQLException e) {
      if (Dialect.isTaken(e)) {
        return false; // another node was first
      }
      throw e;
    }
  }
}
