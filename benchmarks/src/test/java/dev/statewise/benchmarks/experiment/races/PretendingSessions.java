package dev.statewise.benchmarks.experiment.races;

import dev.statewise.Guarantees;
import dev.statewise.Sessions;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Listing;
import dev.statewise.session.OpenResult;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Does as one arm does, and promises what another promises; some of them keep a conflict back. */
public record PretendingSessions(Sessions doing, Guarantees promised, boolean tellsConflicts)
    implements Sessions {

  /** An arm that does as {@code does} and promises what {@code promises} does. */
  public static Arm arm(String does, String promises) {
    return arm(does, promises, true);
  }

  /** One that says of every save that it was one. */
  static Arm swallowingConflicts(String does) {
    return arm(does, does, false);
  }

  /** One of ours. */
  public static Arm named(String name) {
    return Arms.all().stream().filter(arm -> arm.name().equals(name)).findFirst().orElseThrow();
  }

  /** Built once: what is in this process is then shared by what it pretends are two nodes. */
  private static Arm arm(String does, String promises, boolean tellsConflicts) {
    AtomicReference<@Nullable Sessions> first = new AtomicReference<>();
    return new Arm(
        "pretending",
        named(does).needs(),
        Optional.empty(),
        Optional.empty(),
        wiring -> {
          Sessions there = first.get();
          if (there != null) {
            return new BuiltArm(there, BuiltArm.Resources.NONE);
          }
          BuiltArm built = named(does).build().apply(wiring);
          Sessions pretending =
              new PretendingSessions(built.sessions(), promised(promises, wiring), tellsConflicts);
          first.set(pretending);
          return new BuiltArm(pretending, built.resources());
        });
  }

  private static Guarantees promised(String name, Wiring wiring) {
    try (BuiltArm promising = named(name).build().apply(wiring)) {
      return promising.sessions().guarantees();
    }
  }

  @Override
  public SaveResult save(Session changed) {
    SaveResult result = doing.save(changed);
    return result instanceof SaveResult.Conflict && !tellsConflicts
        ? new SaveResult.Saved(changed, Optional.empty())
        : result;
  }

  @Override
  public Guarantees guarantees() {
    return promised;
  }

  @Override
  public Validation validate(@Nullable Credential presented) {
    return doing.validate(presented);
  }

  @Override
  public OpenResult open(String subject, Map<String, String> attributes) {
    return doing.open(subject, attributes);
  }

  @Override
  public OpenResult openAnonymous(Map<String, String> attributes) {
    return doing.openAnonymous(attributes);
  }

  @Override
  public OpenResult login(Session before, String subject, Map<String, String> attributes) {
    return doing.login(before, subject, attributes);
  }

  @Override
  public SaveResult update(Session read, UnaryOperator<Session> change) {
    return doing.update(read, change);
  }

  @Override
  public SaveResult rotate(Session session) {
    return doing.rotate(session);
  }

  @Override
  public Ending end(@Nullable Credential presented) {
    return doing.end(presented);
  }

  @Override
  public Ending end(Session session) {
    return doing.end(session);
  }

  @Override
  public Ending endAll(String subject) {
    return doing.endAll(subject);
  }

  @Override
  public Listing list(String subject) {
    return doing.list(subject);
  }
}
