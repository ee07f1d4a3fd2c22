package dev.statewise.benchmarks.experiment.economics;

import dev.statewise.Guarantees;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** A session of ours, asked for at a pace that the clock is moved by. */
final class OwnSliding implements Sliding {

  private static final double MILLIS = 1_000;
  private static final int STATEMENTS_UNTIL_PREPARED = 6;
  private static final int STEPS_UNTIL_NEAR = 300;
  private static final long STEP_NANOS = 10_000_000;

  private final BuiltArm built;
  private final MovableClock clock;
  private final Duration pace;
  private Grant latest;
  private Session seen;

  OwnSliding(BuiltArm built, MovableClock clock, Duration pace) {
    this.built = built;
    this.clock = clock;
    this.pace = pace;
    this.latest = built.sessions().open(Profile.SUBJECT, Profile.TYP.attributes()).grantOrThrow();
    this.seen = latest.session();
  }

  /**
   * Makes requests until nothing that is done but once is left to be done: connecting, loading a
   * script, a driver that prepares its statements, and a node that comes to follow what others end.
   */
  void warmUp(Meter meter) {
    for (int i = 0; i < STATEMENTS_UNTIL_PREPARED; i++) {
      clock.advance(guarantees().idlePrecision().plusSeconds(1));
      request();
      request();
    }
    for (int i = 0; i < STEPS_UNTIL_NEAR && isNear(); i++) {
      long before = meter.commands();
      request();
      if (meter.commands() == before) {
        return;
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  /** Whether it answers from what it keeps near, and so may lag. */
  boolean isNear() {
    return guarantees().storeRoundTrips() == 0 && !guarantees().endsWithin().isZero();
  }

  Guarantees guarantees() {
    return built.sessions().guarantees();
  }

  @Override
  public void request() {
    clock.advance(pace);
    Credential credential = latest.credential();
    if (!(built.sessions().validate(credential) instanceof Validation.Accepted accepted)) {
      throw new IllegalStateException("A session that is asked for at a pace was not accepted.");
    }
    seen = accepted.session();
    latest = accepted.renewal().orElse(latest);
  }

  @Override
  public double endsTooEarlyBy() {
    Instant precise = clock.instant().plus(seen.idleTimeout());
    return Duration.between(seen.end(), precise).toMillis() / MILLIS;
  }

  @Override
  public void close() {
    built.close();
  }
}
