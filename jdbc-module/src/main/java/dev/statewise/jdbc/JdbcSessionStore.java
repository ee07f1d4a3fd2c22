package dev.statewise.jdbc;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Findings;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionCodec;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.SubjectIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions in a table of PostgreSQL, MySQL, MariaDB or H2, each in one row.
 *
 * <p>A {@code find} is one {@code SELECT}; a {@code replace}, {@code touch} or {@code delete} is
 * one statement, and a second one only to say why it wrote nothing. Instants are numbers, so no
 * time zone of a server or a driver has a say. The tables are made by {@link #createSchema}, or by
 * whatever you use for that from the resources {@code schema-postgresql.sql}, {@code
 * schema-mysql.sql} and {@code schema-h2.sql} beside this class.
 *
 * <p>A row is kept until the session's {@code end()} and {@link #MARGIN} longer, by the database's
 * own clock; then {@link #sweep} may delete it. That is housekeeping; whether a session is alive is
 * the front door's to judge.
 *
 * <p>What lies under a session's key and is not that session (a row that somebody changed by hand)
 * is no session: it is not found, whoever was given to {@link Builder#findings} is told, and a
 * warning with the key is logged, at most one a second.
 *
 * <p>Safe for use by any number of threads. A call waits for a connection as long as the data
 * source lets it, and once more if it is made again, so give a pool a bound; then it ends within
 * the {@linkplain Builder#timeout timeout} and at most two seconds more, if PostgreSQL's driver has
 * {@code cancelSignalTimeout=1}. A call whose connection was lost is made once more, and what a
 * deadlock undid is done again; every write can tell that it was made twice. Connections go back as
 * they came. They must be nobody's transaction: a data source that joins one would undo with it
 * what was acknowledged here.
 */
public final class JdbcSessionStore implements SessionStore {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcSessionStore.class);

  /**
   * The largest {@code Session.stateBytes()} unless {@link Builder#maxStateBytes} says otherwise.
   */
  public static final int DEFAULT_MAX_STATE_BYTES = 1 << 20;

  /**
   * How much longer than to its end a row is kept: the 10 minutes by which a {@code SessionPolicy}
   * lets the clocks of two nodes differ, and one for what is under way.
   */
  public static final Duration MARGIN = Duration.ofMinutes(11);

  private final SqlCalls calls;
  private final String prefix;
  private final SessionSql sql;
  private final StoreTraits traits;
  private final SessionWrites writes;
  private final StoredSessions stored;
  private final SubjectIndex index;
  private final Sweeper sweeper;
  private final @Nullable SweepSchedule schedule;

  private JdbcSessionStore(Builder builder) {
    Database database = Database.of(builder.source, builder.timeout);
    calls = new SqlCalls(builder.source, database.dialect(), builder.timeout);
    prefix = builder.tablePrefix;
    sql = new SessionSql(database.dialect(), prefix);
    traits = traits(database, builder);
    writes = new SessionWrites(calls, sql);
    stored = new StoredSessions(new Findings(LOG::warn, builder.findings, System::nanoTime));
    index = new JdbcSubjectIndex(calls, sql, stored);
    sweeper = Sweeper.of(calls, prefix + "session", "session_key", SessionCodec.FORMAT);
    schedule = builder.sweepEvery == null ? null : SweepSchedule.start(sweeper, builder.sweepEvery);
  }

  /**
   * With the defaults of {@link Builder}.
   *
   * @param source a pool of connections that the caller configures, and closes after this store
   * @throws StoreUnavailableException if it gives no connection
   * @throws IllegalArgumentException if it leads to a database that is not known here, or its
   *     connections are READ UNCOMMITTED
   */
  public static JdbcSessionStore over(DataSource source) {
    return builder(source).build();
  }

  /** A store that is to differ from {@link #over}. */
  public static Builder builder(DataSource source) {
    return new Builder(source);
  }

  /**
   * Makes the tables and indexes that are not there. For tests and small applications: the
   * connection's user needs the right to create tables, and what is there is not changed.
   *
   * @throws StoreUnavailableException if the database refused or gave no answer
   */
  public void createSchema() {
    for (String statement : Schema.statements("schema", calls.dialect(), prefix)) {
      String fitting = Schema.fitting(statement, calls.dialect(), traits.maxStateBytes());
      calls.ask(Outages.CREATE_SCHEMA, at -> at.define(fitting));
    }
  }

  /**
   * Deletes rows whose session ended more than {@link #MARGIN} ago, in batches of 100, each a
   * transaction of its own. May be called by several nodes at once, which share the work; never
   * deletes a session that lives by the database's clock.
   *
   * @param limit how many at the most, from 1
   * @return how many were deleted; less than {@code limit} if there were no more
   * @throws StoreUnavailableException if the database gave no answer; batches that were done stay
   *     done
   */
  public int sweep(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "limit (%d) is below 1, so nothing could ever be swept. Give a number of rows."
              .formatted(limit));
    }
    return sweeper.sweep(limit);
  }

  @Override
  public boolean create(Session session) {
    return writes.create(session);
  }

  @Override
  public Optional<Session> find(SessionKey key) {
    String text = key.text();
    return calls
        .ask("FIND", at -> at.first(sql.find, SessionRow::read, text))
        .flatMap(row -> stored.read("FIND", row, key));
  }

  @Override
  public ReplaceResult replace(Session next) {
    return writes.replace(next);
  }

  @Override
  public boolean touch(SessionKey key, Instant lastSeen) {
    return writes.touch(key, lastSeen);
  }

  @Override
  public boolean delete(SessionKey key) {
    return writes.delete(key);
  }

  /**
   * Never stale, and nothing is evicted. Shared, but for H2 within this process. Durable, but for
   * H2 in memory: with the tables as they are shipped, on a server that writes to its disk. What
   * was acknowledged survives the loss of a server only where {@link Builder#keepingAcknowledged}
   * says so.
   */
  @Override
  public StoreTraits traits() {
    return traits;
  }

  /**
   * The index of subjects, which is one of the table's. {@code findAll} is one statement; {@code
   * admit} and {@code deleteAll} are transactions of a few.
   */
  @Override
  public Optional<SubjectIndex> subjects() {
    return Optional.of(index);
  }

  /** Ends the sweeping that {@link Builder#sweepEvery} began; the data source stays open. */
  @Override
  public void close() {
    if (schedule != null) {
      schedule.close();
    }
  }

  private static StoreTraits traits(Database database, Builder builder) {
    StoreTraits traits = database.shared() ? StoreTraits.sharedByNodes() : StoreTraits.inProcess();
    return traits
        .withDurable(database.durable())
        .withKeepsAcknowledged(builder.keepsAcknowledged)
        .withMaxStateBytes(builder.maxStateBytes);
  }

  /** The settings of a store. Not safe for use by several threads. */
  public static final class Builder {

    private static final int LARGEST_STATE = 64 << 20;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final DataSource source;
    private String tablePrefix = Schema.DEFAULT_PREFIX;
    private int maxStateBytes = DEFAULT_MAX_STATE_BYTES;
    private Duration timeout = Duration.ofSeconds(3);
    private boolean keepsAcknowledged;
    private @Nullable Duration sweepEvery;
    private Consumer<String> findings = finding -> {};

    private Builder(DataSource source) {
      this.source = requireNonNull(source, "source");
    }

    /**
     * What the names of the tables begin with, by default {@code sw_}. Stores of different prefixes
     * never see each other's sessions. The schema they lie in is chosen by the connection.
     *
     * @param prefix a letter of a-z and up to 39 of a-z, 0-9 and _
     * @throws IllegalArgumentException if it is not
     */
    public Builder tablePrefix(String prefix) {
      this.tablePrefix = Schema.requirePrefix(requireNonNull(prefix, "prefix"));
      return this;
    }

    /**
     * Another bound to a session's state than 1 MiB. In H2 a larger one needs the column {@code
     * attributes} to be a {@code BLOB}, which {@link JdbcSessionStore#createSchema} then makes it;
     * MySQL and MariaDB also have {@code max_allowed_packet}.
     *
     * @param bytes 1 to 64 MiB
     * @throws IllegalArgumentException if it is outside these bounds
     */
    public Builder maxStateBytes(int bytes) {
      if (bytes < 1 || bytes > LARGEST_STATE) {
        throw new IllegalArgumentException(
            "maxStateBytes (%d) is not from 1 to %d, and each find reads all of it. Keep large things elsewhere and their names in the session."
                .formatted(bytes, LARGEST_STATE));
      }
      this.maxStateBytes = bytes;
      return this;
    }

    /**
     * How long a call may take once it has a connection, by default 3 s. Databases count in whole
     * seconds, so it is rounded up; H2 goes by its own {@code LOCK_TIMEOUT} instead.
     *
     * @param timeout 1 s to 1 h
     * @throws IllegalArgumentException if it is outside these bounds
     */
    public Builder timeout(Duration timeout) {
      this.timeout = requireBetween("timeout", timeout);
      return this;
    }

    /**
     * Vouches that what the database acknowledges survives the loss of one server: it commits
     * synchronously to a second one that takes its place. Only the caller can know.
     */
    public Builder keepingAcknowledged() {
      this.keepsAcknowledged = true;
      return this;
    }

    /**
     * Sweeps on a daemon thread, from when the store is built until it is closed. Without this
     * somebody has to call {@link JdbcSessionStore#sweep}, or ended sessions are kept for ever.
     *
     * @param interval from the end of one sweep to the next, 1 s to 1 h; the first begins within
     *     it, at a moment drawn by lot
     * @throws IllegalArgumentException if it is outside these bounds
     */
    public Builder sweepEvery(Duration interval) {
      this.sweepEvery = requireBetween("interval", interval);
      return this;
    }

    /**
     * Who is told of each damaged row that the store comes upon. Pass {@code listener::finding} of
     * the {@code SessionListener} that the front door has.
     *
     * @param told is called on the thread that asked, with a description that holds the session key
     *     and no secret; an exception in it changes nothing
     */
    public Builder findings(Consumer<String> told) {
      this.findings = requireNonNull(told, "told");
      return this;
    }

    /**
     * Asks the database what it is, for which it needs one connection.
     *
     * @throws StoreUnavailableException if the data source gives none
     * @throws IllegalArgumentException if it leads to a database that is not known here, or its
     *     connections are READ UNCOMMITTED
     */
    public JdbcSessionStore build() {
      return new JdbcSessionStore(this);
    }

    private static Duration requireBetween(String name, Duration duration) {
      if (requireNonNull(duration, name).compareTo(SHORTEST) < 0
          || duration.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "%s (%s) is not from %s to %s. Choose one that is."
                .formatted(name, duration, SHORTEST, LONGEST));
      }
      return duration;
    }
  }
}
