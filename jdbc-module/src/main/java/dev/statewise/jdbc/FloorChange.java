package dev.statewise.jdbc;

import dev.statewise.spi.Acknowledgement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction that changes floors, and holds the head until it is over. So the positions of
 * changes are in the order of their commits.
 */
final class FloorChange {

  /**
   * How long all are refused who were there when refusals were lost: longer than a browser keeps a
   * cookie.
   */
  static final Duration KEPT_AFTER_A_LOSS = Duration.ofDays(400);

  private static final Logger LOG = LoggerFactory.getLogger(JdbcRevocationList.class);

  private final String verb;
  private final Statements at;
  private final FloorSql sql;
  private final ListSettings settings;
  private Head head;

  private FloorChange(String verb, Statements at, FloorSql sql, ListSettings settings, Head head) {
    this.verb = verb;
    this.at = at;
    this.sql = sql;
    this.settings = settings;
    this.head = head;
  }

  /**
   * Holds the head, when whoever has it is done.
   *
   * @param known where this process once saw the database; if it has lost something since, all who
   *     were there are refused
   * @return empty if there is no head
   */
  static Optional<FloorChange> begin(
      String verb, Statements at, FloorSql sql, ListSettings settings, @Nullable Head known)
      throws SQLException {
    Optional<Head> held = at.first(sql.holdHead, FloorRow::head);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    FloorChange change = new FloorChange(verb, at, sql, settings, held.get());
    if (known != null && held.get().hasLost(known)) {
      change.refuseWhoWasThere(known);
    }
    return Optional.of(change);
  }

  /** Where the database stands once this is committed. */
  Head head() {
    return head;
  }

  Acknowledgement raise(FloorRow wanted) throws SQLException {
    Optional<FloorRow> there = find(wanted.name());
    long floor = there.map(FloorRow::floor).orElse(0L);
    if (wanted.floor() > floor) {
      moveHead(new Head(head.generation(), head.run(), head.position() + 1));
      write(wanted, there.isPresent());
      return Acknowledgement.RAISED;
    }
    if (there.isEmpty()) {
      return Acknowledgement.ALREADY; // a floor of nothing
    }
    if (there.get().keptForMillis() < wanted.keptForMillis()) {
      moveHead(new Head(head.generation(), head.run(), head.position() + 1));
      write(new FloorRow(wanted.name(), floor, wanted.keptForMillis(), there.get().tag()), true);
    }
    return floor == wanted.floor() && there.get().tag() == wanted.tag()
        ? Acknowledgement.RAISED
        : Acknowledgement.ALREADY;
  }

  private void refuseWhoWasThere(Head known) throws SQLException {
    moveHead(
        new Head(
            Math.max(head.generation(), known.generation()) + 1,
            ThreadLocalRandom.current().nextLong(),
            Math.max(head.position(), known.position()) + 1));
    Optional<FloorRow> there = find(FloorName.ALL);
    long floor = Math.max(settings.afterEverybodyMillis(), there.map(FloorRow::floor).orElse(0L));
    write(new FloorRow(FloorName.ALL, floor, KEPT_AFTER_A_LOSS.toMillis()), there.isPresent());
    LOG.warn(
        "The database was restored, replaced by one that was behind, or emptied, and has lost refusals, so every session that was created before {} is refused and its user logs in again.",
        Instant.ofEpochMilli(floor));
  }

  private Optional<FloorRow> find(String name) throws SQLException {
    return at.first(
        sql.find,
        row -> new FloorRow(name, FloorRow.floor(verb, row, 1, 2), row.getLong(4), row.getLong(3)),
        name);
  }

  private void moveHead(Head next) throws SQLException {
    at.update(sql.moveHead, next.generation(), next.run(), next.position());
    head = next;
  }

  private void write(FloorRow row, boolean isThere) throws SQLException {
    Object[] values = {row.floor(), row.tag(), row.keptForMillis(), head.position(), row.name()};
    // One that was there may have been swept since.
    if (!isThere || at.update(sql.raise, values) == 0) {
      at.update(sql.insert, values);
    }
  }
}
