package dev.statewise.jdbc;

import dev.statewise.spi.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Calls to one database. Whatever goes wrong in one is an outage.
 *
 * <p>What was surely undone, because of a deadlock or another's transaction, is done again until
 * the time is over. A call whose connection turns out to be lost is made once more, on another
 * connection: every write can tell that it was made twice. What timed out is not made again.
 */
final class SqlCalls {

  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

  private final DataSource source;
  private final Dialect dialect;
  private final Duration timeout;

  /**
   * @param timeout of a call, once it has a connection; the wait for one is the pool's to bound
   */
  SqlCalls(DataSource source, Dialect dialect, Duration timeout) {
    this.source = source;
    this.dialect = dialect;
    this.timeout = timeout;
  }

  Dialect dialect() {
    return dialect;
  }

  /** On one connection, where each statement is a transaction of its own. */
  <T> T ask(String verb, SqlWork<T> work) {
    return patiently(verb, work, false);
  }

  /**
   * In one transaction, in which each statement sees what was committed before it. One that finds a
   * key taken which it did not see before is undone and done again.
   */
  <T> T inTransaction(String verb, SqlWork<T> work) {
    return patiently(verb, work, true);
  }

  private <T> T patiently(String verb, SqlWork<T> work, boolean transaction) {
    Outages outages = new Outages(verb);
    TimeLeft time = new TimeLeft(dialect, timeout);
    SQLException lost = null;
    while (true) {
      outages.refuseInterrupted(time);
      Attempt attempt = new Attempt();
      try {
        return attempt.make(work, transaction, time);
      } catch (SQLException e) {
        boolean loss = attempt.connected && Outages.isLoss(e);
        boolean undone = Dialect.isUndone(e) || (transaction && Dialect.isTaken(e));
        boolean again = undone || (loss && lost == null);
        if (lost != null && lost != e) {
          lost.addSuppressed(e);
        }
        if (!again || time.isOver() || Thread.currentThread().isInterrupted()) {
          throw outages.of(lost == null ? e : lost, attempt.connected || lost != null, time);
        }
        lost = loss ? e : lost;
        pause();
      } catch (StoreUnavailableException e) {
        throw e;
      } catch (RuntimeException e) {
        // A driver or a pool that is closed or broken: what it throws is an outage as well.
        throw outages.of(e, attempt.connected, time);
      }
    }
  }

  /** Not all at once: those that failed together would come again together. */
  private static void pause() {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE, LONGEST_PAUSE));
  }

  /** One attempt, on one connection. */
  private final class Attempt {

    private boolean connected;

    <T> T make(SqlWork<T> work, boolean transaction, TimeLeft time) throws SQLException {
      try (Borrowed borrowed = Borrowed.from(source, time)) {
        connected = true;
        return make(work, transaction, borrowed);
      }
    }

    private <T> T make(SqlWork<T> work, boolean transaction, Borrowed borrowed)
        throws SQLException {
      try {
        if (transaction) {
          borrowed.begin();
        } else {
          borrowed.eachAlone();
        }
        T answer = work.with(new Statements(borrowed));
        borrowed.commit();
        return answer;
      } catch (SQLException | RuntimeException | Error e) {
        borrowed.rollBack(e);
        throw e;
      }
    }
  }
}
