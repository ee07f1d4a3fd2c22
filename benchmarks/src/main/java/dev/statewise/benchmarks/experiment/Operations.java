package dev.statewise.benchmarks.experiment;

import dev.statewise.Sessions;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.session.Ending;
import dev.statewise.session.Grant;
import dev.statewise.session.Listing;
import dev.statewise.session.NotKept;
import dev.statewise.session.OpenResult;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Performs operations on sessions that were opened for them. */
final class Operations {

  private static final Duration UNTIL_TOLD = Duration.ofMillis(30);

  private final Sessions sessions;
  private final MovableClock clock;
  private final List<Grant> grants = new ArrayList<>();

  Operations(Sessions sessions, MovableClock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  void prepare(int count) {
    grants.clear();
    for (int i = 0; i < count; i++) {
      grants.add(sessions.open(subject(i), Profile.TYP.attributes()).grantOrThrow());
    }
  }

  /** All were seen before, and what the server tells of their opening has arrived. */
  void validateUntilSettled() {
    validateAll();
    LockSupport.parkNanos(UNTIL_TOLD.toNanos());
    validateAll();
  }

  private void validateAll() {
    grants.forEach(grant -> sessions.validate(grant.credential()).acceptedOrThrow());
  }

  void moveClockFor(Operation operation) {
    if (operation == Operation.VALIDATE_TOUCH) {
      clock.advance(sessions.guarantees().idlePrecision().plus(Duration.ofSeconds(1)));
    }
  }

  /** Returns why the strategy does not keep such a thing, if it does not. */
  Optional<String> perform(Operation operation, int at) {
    Grant grant = grants.get(at);
    Object answer =
        switch (operation) {
          case OPEN -> sessions.open(subject(at), Profile.TYP.attributes());
          case VALIDATE, VALIDATE_TOUCH -> sessions.validate(grant.credential());
          case SAVE -> sessions.save(changed(grant.session(), at));
          case VALIDATE_SAVE ->
              sessions.save(
                  changed(sessions.validate(grant.credential()).acceptedOrThrow().session(), at));
          case ROTATE -> sessions.rotate(grant.session());
          case END -> sessions.end(grant.credential());
          case LIST -> sessions.list(grant.session().subject());
          case END_ALL -> sessions.endAll(grant.session().subject());
        };
    if (answer instanceof NotKept notKept) {
      return Optional.of(notKept.why());
    }
    if (!isExpected(answer)) {
      throw new IllegalStateException(
          "%s answered %s, so it did not do what was to be counted."
              .formatted(operation, answer.getClass().getSimpleName()));
    }
    return Optional.empty();
  }

  private static boolean isExpected(Object answer) {
    return answer instanceof OpenResult.Opened
        || answer instanceof Validation.Accepted
        || answer instanceof SaveResult.Saved
        || answer instanceof Ending.Ended
        || answer instanceof Listing.Listed;
  }

  private static Session changed(Session session, int at) {
    return session.with("cart", "%05d".formatted(at));
  }

  private static String subject(int at) {
    return "user-%05d".formatted(at);
  }
}
