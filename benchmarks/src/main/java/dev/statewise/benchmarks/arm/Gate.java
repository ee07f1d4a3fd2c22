package dev.statewise.benchmarks.arm;

import dev.statewise.Sessions;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.Validation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What every arm must answer before it is timed: it accepts what is valid and refuses what its
 * guarantees say it refuses. An arm that does not is not measured, for a faster arm that checks
 * less is no faster arm.
 */
public final class Gate {

  private static final Map<String, String> STATE = Profile.TYP.attributes();
  private static final char FIRST_CANDIDATE = 'A';
  private static final char SECOND_CANDIDATE = 'Q';

  private Gate() {}

  /**
   * Asks an arm that was built on {@code clock}, which is moved and put back.
   *
   * @return one outcome a question, in a fixed order
   */
  public static List<GateOutcome> ask(String arm, Sessions sessions, MovableClock clock) {
    return List.of(
        acceptsValid(arm, sessions),
        refusesTampered(arm, sessions),
        refusesExpired(arm, sessions, clock),
        new EndingGate(arm, sessions, clock, open(sessions)).atOnce(),
        new EndingGate(arm, sessions, clock, open(sessions)).forGood());
  }

  private static GateOutcome acceptsValid(String arm, Sessions sessions) {
    Grant grant = open(sessions);
    Validation answer = sessions.validate(grant.credential());
    boolean same =
        answer
            .accepted()
            .filter(session -> session.key().equals(grant.session().key()))
            .filter(session -> session.attributes().equals(STATE))
            .isPresent();
    return new GateOutcome(
        arm, "accepts valid", same, "Accepted, with the state it was opened with", seen(answer));
  }

  /** In its first part, in the middle and near the end, one character each. */
  private static GateOutcome refusesTampered(String arm, Sessions sessions) {
    String genuine = open(sessions).credential().value();
    List<Validation> answers =
        IntStream.of(0, genuine.length() / 2, genuine.length() - 2)
            .mapToObj(at -> sessions.validate(new Credential(changed(genuine, at))))
            .toList();
    return new GateOutcome(
        arm,
        "refuses tampered",
        answers.stream().allMatch(answer -> answer instanceof Validation.Rejected),
        "Rejected, wherever a character was changed",
        answers.stream().map(Gate::seen).distinct().collect(Collectors.joining(", ")));
  }

  private static GateOutcome refusesExpired(String arm, Sessions sessions, MovableClock clock) {
    Grant grant = open(sessions);
    Instant before = clock.instant();
    clock.set(grant.session().end());
    Validation answer = sessions.validate(grant.credential());
    clock.set(before);
    return refusal(arm, "refuses expired", answer, "Rejected at the instant of its end");
  }

  private static GateOutcome refusal(
      String arm, String question, Validation answer, String expected) {
    return new GateOutcome(
        arm, question, answer instanceof Validation.Rejected, expected, seen(answer));
  }

  static String seen(Validation answer) {
    return answer.fold(
        accepted -> "Accepted",
        rejected -> "Rejected (" + rejected.reason() + ")",
        unavailable -> "Unavailable (" + unavailable.dependency() + ")");
  }

  private static Grant open(Sessions sessions) {
    return sessions.open(Profile.SUBJECT, STATE).grantOrThrow();
  }

  static String changed(String text, int at) {
    char other = text.charAt(at) == FIRST_CANDIDATE ? SECOND_CANDIDATE : FIRST_CANDIDATE;
    return text.substring(0, at) + other + text.substring(at + 1);
  }
}
