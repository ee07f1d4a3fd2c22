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
import java.util.ArrayList;
import java.util.List;

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
   * Ends it and has its holder come again and again, as often as keeps a session alive, until the
   * session's absolute end: at the bound, and ever after, it is refused.
   */
  GateOutcome forGood() {
    Instant before = clock.instant();
    Duration bound = sessions.guarantees().endsWithin();
    sessions.end(grant.credential());
    List<Validation> answers = comeAgain(bound);
    String since = Durations.text(sinceOpened().toString());
    clock.set(before);
    Validation latest = answers.get(answers.size() - 1);
    long accepted = answers.stream().filter(one -> one instanceof Validation.Accepted).count();
    return new GateOutcome(
        arm,
        "refuses ended at its bound",
        latest instanceof Validation.Rejected,
        "Rejected from %s after the ending to the session's absolute end, however often renewed"
            .formatted(Durations.text(bound.toString())),
        accepted == 0
            ? "%s after %s, and never accepted until then".formatted(Gate.seen(latest), since)
            : "%s after %s, accepted %d times until then"
                .formatted(Gate.seen(latest), since, accepted));
  }

  /** The answers, the last of them at the absolute end or where a refusal was due and missing. */
  private List<Validation> comeAgain(Duration bound) {
    Duration step = grant.session().idleTimeout().minus(sessions.guarantees().idlePrecision());
    Instant last = grant.session().absoluteEnd();
    List<Validation> answers = new ArrayList<>();
    Credential held = grant.credential();
    boolean broken = false;
    while (clock.instant().isBefore(last) && !broken) {
      Instant next = clock.instant().plus(step);
      clock.set(next.isAfter(last) ? last : next);
      Validation answer = sessions.validate(held);
      answers.add(answer);
      broken = !(answer instanceof Validation.Rejected) && sinceOpened().compareTo(bound) >= 0;
      if (answer instanceof Validation.Accepted accepted) {
        held = accepted.renewal().map(Grant::credential).orElse(held);
      }
    }
    return answers;
  }

  private Duration sinceOpened() {
    return Duration.between(grant.session().createdAt(), clock.instant());
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
