package dev.statewise.jdbc;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ListTraits;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Refusals in a table of PostgreSQL, MySQL, MariaDB or H2, in one of two forms that may be mixed
 * among the nodes of one list.
 *
 * <p><b>Asking</b> ({@link #over}): nothing is held in this process, so a refusal is seen by every
 * node at once, and each {@code isRefused} is one {@code SELECT}.
 *
 * <p><b>Replicated</b> ({@link Builder#replicated}): each node reads the changes into its own
 * memory, about four times in the staleness that it was given, and {@code isRefused} costs no round
 * trip. A refusal is seen by this node at once and by another within the staleness; a node that
 * cannot be sure of that asks the database, and is unavailable if it gets no answer. How old the
 * memory is, is measured on this node alone, by a clock that only goes forward: no two clocks are
 * compared.
 *
 * <p>Raising a floor is one transaction of up to four statements, and all that raise one on a list
 * follow each other: a node that reads changes can therefore miss none that is committed late. A
 * floor is kept to its {@code until} and {@link JdbcSessionStore#MARGIN} longer, by the database's
 * own clock, and never shorter than it was to be kept before; then {@link #sweep} may delete it. A
 * row holds the hash of a subject, not the subject.
 *
 * <p><b>Lost refusals.</b> A process notices that the database stands at an earlier change than it
 * once saw, or at another's: it was restored, replaced by a copy that was behind, or emptied. Then
 * every session that was created before is refused, as by the floor of all, and users log in again.
 * What no process that still runs has seen cannot be noticed. A copy that is read while it is
 * behind, beside a primary that is not, is unavailable: the data source must lead to the primary.
 *
 * <p>The tables are made by {@link #createSchema}, or by whatever you use for that from the
 * resources {@code revocations-postgresql.sql}, {@code revocations-mysql.sql} and {@code
 * revocations-h2.sql} beside this class.
 *
 * <p>Safe for use by any number of threads. Deadlines, and what is asked of a pool, are as for
 * {@link JdbcSessionStore}.
 */
public final class JdbcRevocationList implements RevocationList {

  private final SqlCalls calls;
  private final String prefix;
  private final ListSettings settings;
  private final ListTraits traits;
  private final FloorSource source;
  private final Optional<ReplicatedFloors> replicated;
  private final Sweeper sweeper;
  private final @Nullable SweepSchedule schedule;

  private JdbcRevocationList(Builder builder) {
    Database database = Database.of(builder.source, builder.timeout);
    calls = new SqlCalls(builder.source, database.dialect(), builder.timeout);
    prefix = builder.tablePrefix;
    settings = new ListSettings(builder.clock, builder.ticker, builder.clockSkew);
    FloorSql sql = new FloorSql(database.dialect(), prefix);
    source = new FloorSource(calls, sql, settings);
    Optional<Duration> staleness = Optional.ofNullable(builder.staleness);
    replicated = staleness.map(bound -> new ReplicatedFloors(source, builder.ticker, bound));
    traits =
        new ListTraits(
            database.shared(),
            database.durable(),
            builder.keepsAcknowledged,
            staleness.orElse(Duration.ZERO),
            staleness.isPresent() ? 0 : 1);
    sweeper = Sweeper.of(calls, prefix + "floor", "name", FloorRow.FORMAT);
    schedule = builder.sweepEvery == null ? null : SweepSchedule.start(sweeper, builder.sweepEvery);
  }

  /**
   * Asks each time, with the defaults of {@link Builder}.
   *
   * @param source a pool of connections that the caller configures, and closes after this list
   * @throws StoreUnavailableException if it gives no connection
   * @throws IllegalArgumentException if it leads to a database that is not known here, or its
   *     connections are READ UNCOMMITTED
   */
  public static JdbcRevocationList over(DataSource source) {
    return builder(source).build();
  }

  /** A list that is to differ from {@link #over}. */
  public static Builder builder(DataSource source) {
    return new Builder(source);
  }

  /** As {@link JdbcSessionStore#createSchema}, for the two tables of a list. */
  public void createSchema() {
    for (String statement : Schema.statements("revocations", calls.dialect(), prefix)) {
      calls.ask(Outages.CREATE_SCHEMA, at -> at.define(statement));
    }
  }

  /**
   * Deletes floors that need not be kept any more, as {@link JdbcSessionStore#sweep} does sessions.
   * A floor that is raised meanwhile stays.
   *
   * @param limit how many at the most, from 1
   * @return how many were deleted; less than {@code limit} if there were no more
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
  public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
    return raise("REFUSE", FloorName.of(session), Math.max(version, 0), until);
  }

  @Override
  public Acknowledgement refuseCreatedBefore(String subject, Instant createdBefore, Instant until) {
    long floor = ListSettings.ceiling(createdBefore);
    return raise("REFUSE SUBJECT", FloorName.of(subject), floor, until);
  }

  @Override
  public Acknowledgement refuseAllCreatedBefore(Instant createdBefore, Instant until) {
    return raise("REFUSE ALL", FloorName.ALL, ListSettings.ceiling(createdBefore), until);
  }

  private Acknowledgement raise(String verb, String name, long floor, Instant until) {
    requireNonNull(until, "until");
    Acknowledgement answer = source.raise(verb, name, floor, until);
    replicated.ifPresent(floors -> floors.raised(name, floor, settings.keptForMillis(until)));
    return answer;
  }

  @Override
  public Instant floor(String subject) {
    return source.created(subject);
  }

  @Override
  public boolean isRefused(Session session) {
    return replicated.isPresent()
        ? replicated.get().isRefused(session)
        : source.of(session).refuse(session);
  }

  /** Whether {@code isRefused} would be answered from this process now. */
  boolean isFollowing() {
    return replicated.map(ReplicatedFloors::isFollowing).orElse(false);
  }

  /** How many floors are in memory. */
  int heldHere() {
    return replicated.map(ReplicatedFloors::held).orElse(0);
  }

  /**
   * Shared, but for H2 within this process; durable, but for H2 in memory; what was acknowledged
   * survives the loss of a server only where {@link Builder#keepingAcknowledged} says so. Of a
   * replicated list the staleness that it was given, and no round trip while it follows.
   */
  @Override
  public ListTraits traits() {
    return traits;
  }

  /** Ends the following and the sweeping; the data source stays open. */
  @Override
  public void close() {
    replicated.ifPresent(ReplicatedFloors::close);
    if (schedule != null) {
      schedule.close();
    }
  }

  /** The settings of a list. Not safe for use by several threads. */
  public static final class Builder {

    private static final Duration SHORTEST_STALENESS = Duration.ofMillis(50);
    private static final Duration LONGEST_STALENESS = Duration.ofMinutes(5);
    private static final Duration LARGEST_SKEW = Duration.ofMinutes(10);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final DataSource source;
    private String tablePrefix = Schema.DEFAULT_PREFIX;
    private Duration timeout = Duration.ofSeconds(3);
    private @Nullable Duration staleness;
    private InstantSource clock = InstantSource.system();
    private LongSupplier ticker = System::nanoTime;
    private Duration clockSkew = Duration.ofSeconds(30);
    private boolean keepsAcknowledged;
    private @Nullable Duration sweepEvery;

    private Builder(DataSource source) {
      this.source = requireNonNull(source, "source");
    }

    /** As {@link JdbcSessionStore.Builder#tablePrefix}. */
    public Builder tablePrefix(String prefix) {
      this.tablePrefix = Schema.requirePrefix(requireNonNull(prefix, "prefix"));
      return this;
    }

    /** As {@link JdbcSessionStore.Builder#timeout}, by default 3 s. */
    public Builder timeout(Duration timeout) {
      this.timeout = requireBetween("timeout", timeout, SHORTEST, LONGEST);
      return this;
    }

    /**
     * Answers from this process, into which a daemon thread reads the changes from the first
     * question on, until the list is closed. It borrows one connection for each read. If the
     * database cannot be reached, it tries again by itself.
     *
     * @param staleness how long after a refusal was acknowledged another node may still accept what
     *     it refuses; 50 ms to 5 minutes. It is judged in each {@code isRefused} by a clock that
     *     only goes forward, so that a node that stood still asks when it wakes. The database is
     *     read four times in it by each node, and at least once a second
     * @throws IllegalArgumentException if it is outside these bounds
     */
    public Builder replicated(Duration staleness) {
      this.staleness =
          requireBetween("staleness", staleness, SHORTEST_STALENESS, LONGEST_STALENESS);
      return this;
    }

    /**
     * Another clock than the system's. It turns an {@code until} into how long a floor is kept, and
     * says who was there when refusals were lost. Give it the clock of the sessions.
     */
    public Builder clock(InstantSource clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Another bound to how far the clocks of two nodes differ than 30 s. Give it that of the
     * sessions' policy: when refusals were lost, those are refused whom a node whose clock is so
     * far ahead may have created.
     *
     * @param clockSkew zero to 10 minutes
     * @throws IllegalArgumentException if it is outside these bounds
     */
    public Builder clockSkew(Duration clockSkew) {
      this.clockSkew = requireBetween("clockSkew", clockSkew, Duration.ZERO, LARGEST_SKEW);
      return this;
    }

    /** As {@link JdbcSessionStore.Builder#keepingAcknowledged}. */
    public Builder keepingAcknowledged() {
      this.keepsAcknowledged = true;
      return this;
    }

    /**
     * Sweeps on a daemon thread, as {@link JdbcSessionStore.Builder#sweepEvery}. Without this
     * somebody has to call {@link JdbcRevocationList#sweep}, or floors are kept for ever, and a
     * node that starts reads all of them.
     */
    public Builder sweepEvery(Duration interval) {
      this.sweepEvery = requireBetween("interval", interval, SHORTEST, LONGEST);
      return this;
    }

    /** Another source of nanoseconds than {@code System.nanoTime()}. */
    Builder ticker(LongSupplier ticker) {
      this.ticker = ticker;
      return this;
    }

    /**
     * Asks the database what it is, for which it needs one connection.
     *
     * @throws StoreUnavailableException if the data source gives none
     * @throws IllegalArgumentException if it leads to a database that is not known here, or its
     *     connections are READ UNCOMMITTED
     */
    public JdbcRevocationList build() {
      return new JdbcRevocationList(this);
    }

    private static Duration requireBetween(
        String name, Duration duration, Duration shortest, Duration longest) {
      if (requireNonNull(duration, name).compareTo(shortest) < 0
          || duration.compareTo(longest) > 0) {
        throw new IllegalArgumentException(
            "%s (%s) is not from %s to %s. Choose one that is."
                .formatted(name, duration, shortest, longest));
      }
      return duration;
    }
  }
}
