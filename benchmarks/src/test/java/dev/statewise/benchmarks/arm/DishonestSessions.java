package dev.statewise.benchmarks.arm;

import dev.statewise.Guarantees;
import dev.statewise.Sessions;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Listing;
import dev.statewise.session.OpenResult;
import dev.statewise.session.Rejection;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Honest sessions but for one lie: an arm that is fast because it checks less. */
public final class DishonestSessions implements Sessions {

  private final Sessions honest;
  private final Lie lie;
  private Optional<Session> latest = Optional.empty();
  private Optional<Credential> ended = Optional.empty();
  private int refusals;
  private boolean renewed;

  private DishonestSessions(Sessions honest, Lie lie) {
    this.honest = honest;
    this.lie = lie;
  }

  /** An arm on them, called {@code dishonest}. */
  public static Arm arm(Lie lie) {
    Arm honest =
        Arms.all().stream()
            .filter(arm -> arm.name().equals(lie.honest()))
            .findFirst()
            .orElseThrow();
    return new Arm(
        "dishonest",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        wiring -> {
          BuiltArm built = honest.build().apply(wiring);
          return new BuiltArm(new DishonestSessions(built.sessions(), lie), built.resources());
        });
  }

  @Override
  public Validation validate(@Nullable Credential presented) {
    Validation answer = honest.validate(presented);
    if (answer instanceof Validation.Accepted accepted) {
      renewed |= accepted.renewal().isPresent();
      return lie == Lie.FORGETS_STATE
          ? new Validation.Accepted(accepted.session().withAttributes(Map.of()), accepted.renewal())
          : answer;
    }
    return lies(presented, answer)
        ? new Validation.Accepted(latest.orElseThrow(), Optional.empty())
        : answer;
  }

  private boolean lies(@Nullable Credential presented, Validation answer) {
    boolean expired =
        answer instanceof Validation.Rejected rejected && rejected.reason() == Rejection.EXPIRED;
    boolean wasEnded = ended.isPresent() && ended.get().equals(presented);
    return switch (lie) {
      case ACCEPTS_EXPIRED -> expired;
      case ACCEPTS_ENDED -> wasEnded;
      case ACCEPTS_ENDED_LATER -> wasEnded && ++refusals > 2;
      case FORGETS_STATE, CLAIMS_TO_HAVE_ENDED -> false;
      case RENEWS_FOR_EVER -> renewed;
      case ACCEPTS_TAMPERED -> !expired && !wasEnded;
    };
  }

  @Override
  public OpenResult open(String subject, Map<String, String> attributes) {
    OpenResult opened = honest.open(subject, attributes);
    latest = Optional.of(opened.grantOrThrow().session());
    return opened;
  }

  @Override
  public Ending end(@Nullable Credential presented) {
    ended = Optional.ofNullable(presented);
    Ending ending = honest.end(presented);
    return lie == Lie.CLAIMS_TO_HAVE_ENDED ? new Ending.Ended(true, Duration.ZERO) : ending;
  }

  @Override
  public OpenResult openAnonymous(Map<String, String> attributes) {
    return honest.openAnonymous(attributes);
  }

  @Override
  public OpenResult login(Session before, String subject, Map<String, String> attributes) {
    return honest.login(before, subject, attributes);
  }

  @Override
  public SaveResult save(Session changed) {
    return honest.save(changed);
  }

  @Override
  public SaveResult update(Session read, UnaryOperator<Session> change) {
    return honest.update(read, change);
  }

  @Override
  public SaveResult rotate(Session session) {
    return honest.rotate(session);
  }

  @Override
  public Ending end(Session session) {
    return honest.end(session);
  }

  @Override
  public Ending endAll(String subject) {
    return honest.endAll(subject);
  }

  @Override
  public Listing list(String subject) {
    return honest.list(subject);
  }

  @Override
  public Guarantees guarantees() {
    return honest.guarantees();
  }
}
