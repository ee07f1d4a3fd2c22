package dev.statewise.benchmarks.experiment.races;

import dev.statewise.Sessions;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import java.util.Map;
import java.util.Optional;

/** An arm of ours. What it is told counts, so it saves, and does not let a conflict be mended. */
record OwnContender(BuiltArm built) implements Contender {

  /** A store whose connection was cut says once that it is unavailable. */
  private static final int ATTEMPTS = 3;

  @Override
  public String open(String subject, Map<String, String> attributes) {
    return sessions().open(subject, attributes).grantOrThrow().credential().value();
  }

  @Override
  public Optional<Begun> begin(String credential) {
    return accepted(credential)
        .map(accepted -> new Request(sessions(), kept(accepted, credential), accepted.session()));
  }

  @Override
  public Optional<Shown> ask(String credential) {
    return accepted(credential)
        .map(accepted -> new Shown(accepted.session().attributes(), kept(accepted, credential)));
  }

  @Override
  public void end(String credential) {
    sessions().end(new Credential(credential));
  }

  @Override
  public void close() {
    built.close();
  }

  private Sessions sessions() {
    return built.sessions();
  }

  private Optional<Validation.Accepted> accepted(String credential) {
    Validation answer = sessions().validate(new Credential(credential));
    for (int i = 1; i < ATTEMPTS && answer instanceof Unavailable; i++) {
      answer = sessions().validate(new Credential(credential));
    }
    if (answer instanceof Unavailable unavailable) {
      throw noAnswer(unavailable);
    }
    return answer instanceof Validation.Accepted accepted
        ? Optional.of(accepted)
        : Optional.empty();
  }

  private static IllegalStateException noAnswer(Unavailable unavailable) {
    return new IllegalStateException(
        "There was no answer, so it is not known what became of the session.", unavailable.cause());
  }

  private static String kept(Validation.Accepted accepted, String credential) {
    return accepted.renewal().map(OwnContender::text).orElse(credential);
  }

  private static String text(Grant grant) {
    return grant.credential().value();
  }

  /** A request that holds a session. */
  private static final class Request implements Begun {
    private final Sessions sessions;
    private final String credential;
    private Session held;

    Request(Sessions sessions, String credential, Session held) {
      this.sessions = sessions;
      this.credential = credential;
      this.held = held;
    }

    @Override
    public void set(String name, String value) {
      held = held.with(name, value);
    }

    @Override
    public Saved finish() {
      SaveResult result = sessions.save(held);
      if (result instanceof Unavailable unavailable) {
        throw noAnswer(unavailable);
      }
      return result instanceof SaveResult.Saved saved
          ? new Saved(false, saved.renewal().map(OwnContender::text).orElse(credential))
          : new Saved(true, credential);
    }
  }
}
