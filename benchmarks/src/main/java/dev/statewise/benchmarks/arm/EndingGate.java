package dev.statewise.benchmarks.arm;

import dev.statewise.Sessions;
import dev.statewise.benchmarks.run.Durations;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Grant;
import dev.statewise.session.NotKept;
import dev.statewise.session.Validation;
import java.time.Duration;
import java.time.Instant;

/**
 * What an arm answers about a session that was ended: at once, when nothing has expired yet, and
 * for the rest of the session's life, to a holder who renews whenever that is possible.
 */
final class EndingGate {

  private final String arm;
  private final Sessions sessions;
  private final MovableClock clock;
  private final Grant grant;

  EndingGate(String arm, Sessions sessions, MovableClock clock, Grant grant) {
    this.arm = arm;
    this.sessions = sessions;
    this.clock = clock;
    this.grant = grant;
  }

  /**
   * Nothing moves the clock between the ending and the question: a refusal is the ending's doing.
   * An arm that does not refuse must have said so, in its guarantees and in its answer.
   */
  GateOutcome atOnce() {
    Duration bound = sessions.guarantees().endsWithin();
    Ending ending = sessions.end(grant.credential());
    Validation answer = sessions.validate(grant.credential());
    boolean refused = answer instanceof Validation.Rejected;
    boolean passed =
        bound.isZero()
            ? refused && ending instanceof Ending.Ended ended && ended.known()
            : refused || admitsDelay(ending, bound);
    String expected =
        bound.isZero()
            ? "Ended, and Rejected"
            : "Rejected, or an ending that admits up to " + Durations.text(bound.toString());
    return new GateOutcome(
        arm,
        "refuses ended at once",
        passed,
        expected,
        Gate.seen(answer) + ", having said " + said(ending, bound));
  }

  /**
   * Ends it and has its holder come again and again, more often than the idle timeout asks, until
   * the session's absolute end: at the bound, and ever after, it is refused.
   */
  GateOutcome forGood() {
    Instant before = clock.instant();
    Instant opened = grant.session().createdAt();
    Duration bound = sessions.guarantees().endsWithin();
    Duration step = grant.session().idleTimeout().dividedBy(2);
    Instant last = grant.session().absoluteEnd();
    sessions.end(grant.credential());

    Credential held = grant.credential();
    int accepted = 0;
    String broken = "";
    Validation answer;
    do {
      Instant next = clock.instant().plus(step);
      clock.set(next.isAfter(last) ? last : next);
      answer = sessions.validate(held);
      Duration since = Duration.between(opened, clock.instant());
      if (!(answer instanceof Validation.Rejected) && since.compareTo(bound) >= 0) {
        broken = Gate.seen(answer) + " after " + Durations.text(since.toString());
      }
      if (answer instanceof Validation.Accepted valid) {
        held = valid.renewal().map(Grant::credential).orElse(held);
        accepted++;
      }
    } while (clock.instant().isBefore(last) && broken.isEmpty());
    clock.set(before);
    String life = Durations.text(Duration.between(opened, last).toString());
    return new GateOutcome(
        arm,
        "refuses ended at its bound",
        broken.isEmpty(),
        "Rejected from %s after the ending to the session's absolute end, however often renewed"
            .formatted(Durations.text(bound.toString())),
        broken.isEmpty()
            ? accepted == 0
                ? "%s at the last, and never accepted in %s".formatted(Gate.seen(answer), life)
                : "%s after %s, accepted %d times until then"
                    .formatted(Gate.seen(answer), life, accepted)
            : broken);
  }

  private static boolean admitsDelay(Ending ending, Duration bound) {
    Duration admitted =
        ending instanceof NotKept notKept
            ? notKept.refusedWithin()
            : ending instanceof Ending.Ended ended ? ended.refusedWithin() : Duration.ZERO;
    return !admitted.isZero() && admitted.compareTo(bound) <= 0;
  }

  private static String said(Ending ending, Duration bound) {
    String name = ending.getClass().getSimpleName();
    return ending instanceof NotKept
        ? "%s, at most %s".formatted(name, Durations.text(bound.toString()))
        : name;
  }
}
