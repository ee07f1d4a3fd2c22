package dev.statewise.benchmarks.experiment.economics;

import dev.statewise.benchmarks.arm.Asked;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.experiment.Detour;
import dev.statewise.embedded.Traffic;
import java.util.Optional;

/** Counts what is asked of stores by way of it: on the wire, and what of it writes. */
final class Meter implements AutoCloseable {

  private final Detour detour;
  private final Asked asked = new Asked();
  private final Optional<RedisChanges> writes;

  private Meter(Detour detour, Optional<RedisAddress> redis) {
    this.detour = detour;
    this.writes = redis.map(RedisChanges::at);
  }

  /**
   * @param redis whose own count says what was written, if it is asked at all
   */
  static Meter of(Servers direct, Optional<RedisAddress> redis) {
    return new Meter(Detour.to(direct), redis);
  }

  /**
   * What was counted until some moment.
   *
   * @param writes how often a key was changed; or statements, or requests, that write
   */
  record Reading(Traffic traffic, long writes) {

    /** What came after an earlier one. */
    Reading minus(Reading earlier) {
      return new Reading(traffic.minus(earlier.traffic), writes - earlier.writes);
    }
  }

  /** The same servers by way of it. */
  Servers servers() {
    return detour.servers();
  }

  /** Is to be told of each statement or request that is no command of Redis. */
  Asked asked() {
    return asked;
  }

  /** How many commands, statements and requests have passed. */
  long commands() {
    return detour.requests(asked).commands();
  }

  Reading read() {
    return new Reading(
        detour.requests(asked), asked.writes() + writes.map(RedisChanges::count).orElse(0L));
  }

  @Override
  public void close() {
    detour.close();
    writes.ifPresent(RedisChanges::close);
  }
}
