package dev.statewise.web;

import dev.statewise.Sessions;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Grant;
import dev.statewise.session.OpenResult;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer: who stands behind it, and the headers that tell the client what to
 * keep. What changes a session goes through here, so that no credential is forgotten on the way:
 * add {@link #headers} to the answer once all is done and before it is committed. Used by one
 * thread at a time.
 */
public final class SessionExchange {

  private static final Header NOT_STORED = new Header("Cache-Control", "no-store");

  private final Sessions sessions;
  private final Carrier carrier;
  private final @Nullable Credential presented;
  private Standing standing;
  private @Nullable Grant given;
  private boolean takenBack;

  private SessionExchange(
      Sessions sessions, Carrier carrier, @Nullable Credential presented, Standing standing) {
    this.sessions = sessions;
    this.carrier = carrier;
    this.presented = presented;
    this.standing = standing;
  }

  static SessionExchange begin(Sessions sessions, List<Carrier> carriers, RequestHeaders headers) {
    List<Carrier> used = new ArrayList<>();
    List<Presented> presented = new ArrayList<>();
    for (Carrier carrier : carriers) {
      Presented read = carrier.read(headers);
      if (!(read instanceof Presented.Nothing)) {
        used.add(carrier);
        presented.add(read);
      }
    }
    if (used.size() > 1) {
      return new SessionExchange(sessions, carriers.get(0), null, new Standing.Ambiguous());
    }
    return used.isEmpty()
        ? new SessionExchange(sessions, carriers.get(0), null, new Standing.Anonymous())
        : judged(sessions, used.get(0), presented.get(0));
  }

  private static SessionExchange judged(Sessions sessions, Carrier carrier, Presented presented) {
    if (!(presented instanceof Presented.One one)) {
      Standing nobody =
          carrier instanceof CookieCarrier ? new Standing.Anonymous() : new Standing.Ambiguous();
      return new SessionExchange(sessions, carrier, null, nobody);
    }
    Validation validation = sessions.validate(one.credential());
    SessionExchange exchange =
        new SessionExchange(
            sessions,
            carrier,
            one.credential(),
            validation.fold(
                accepted -> new Standing.Accepted(accepted.session()),
                rejected -> new Standing.Rejected(rejected.reason()),
                outage -> new Standing.Unavailable(outage.dependency())));
    if (validation instanceof Validation.Accepted accepted) {
      accepted.renewal().ifPresent(exchange::give);
    }
    return exchange;
  }

  /** Who stands behind the request now: after a login another, after a logout nobody. */
  public Standing standing() {
    return standing;
  }

  /** The session, if there is one. */
  public Optional<Session> session() {
    return standing instanceof Standing.Accepted accepted
        ? Optional.of(accepted.session())
        : Optional.empty();
  }

  /**
   * How to refuse the request if it needs no session: with 400 if it is ambiguous, and with 503 if
   * who it is cannot be told now. Empty for everybody else.
   */
  public Optional<Refusal> refusal() {
    if (standing instanceof Standing.Ambiguous) {
      return Optional.of(new Refusal(Refusal.BAD_REQUEST, List.of()));
    }
    return standing instanceof Standing.Unavailable
        ? Optional.of(new Refusal(Refusal.UNAVAILABLE, List.of()))
        : Optional.empty();
  }

  /** How to refuse the request if it needs a session: with 401 too, if there is none. */
  public Optional<Refusal> refusalWithoutSession() {
    return refusal()
        .or(
            () ->
                standing instanceof Standing.Accepted
                    ? Optional.empty()
                    : Optional.of(
                        new Refusal(Refusal.UNAUTHORIZED, carrier.challenge(presented != null))));
  }

  /** As {@link Sessions#open}; the client is given the credential. */
  public OpenResult open(String subject, Map<String, String> attributes) {
    return opened(sessions.open(subject, attributes));
  }

  /** As {@link Sessions#openAnonymous}; the client is given the credential. */
  public OpenResult openAnonymous(Map<String, String> attributes) {
    return opened(sessions.openAnonymous(attributes));
  }

  /**
   * Logs in: as {@link Sessions#login} if there is a session, which ends with it, and else as
   * {@link Sessions#open}. No id that was there before is that of the user (session fixation).
   */
  public OpenResult login(String subject, Map<String, String> attributes) {
    return opened(
        session()
            .map(before -> sessions.login(before, subject, attributes))
            .orElseGet(() -> sessions.open(subject, attributes)));
  }

  /** As {@link Sessions#save}. */
  public SaveResult save(Session changed) {
    return saved(sessions.save(changed));
  }

  /** As {@link Sessions#update}. */
  public SaveResult update(Session read, UnaryOperator<Session> change) {
    return saved(sessions.update(read, change));
  }

  /** As {@link Sessions#rotate}, for the session of this request. */
  public SaveResult rotate(Session session) {
    return saved(sessions.rotate(session));
  }

  /**
   * Logs out: as {@link Sessions#end}. The client is told to forget its credential if that was
   * accepted, or ended something. If nobody answered it is not: the session lives then, and so does
   * its cookie. Nor is it if the credential was overtaken, for a newer one may be on its way.
   *
   * @return what became of it; empty if there is no credential to end
   */
  public Optional<Ending> end() {
    Credential credential = given == null ? presented : given.credential();
    if (credential == null) {
      return Optional.empty();
    }
    Ending ending = sessions.end(credential);
    if (!(ending instanceof Unavailable)) {
      takenBack =
          standing instanceof Standing.Accepted
              || (ending instanceof Ending.Ended ended && ended.known());
      standing = new Standing.Anonymous();
      given = null;
    }
    return Optional.of(ending);
  }

  /** What the client is given, if anything, for whoever puts it into a body. */
  public Optional<Grant> given() {
    return Optional.ofNullable(given);
  }

  /**
   * What to add to the answer: nothing, unless the client is to keep or to forget a credential.
   * Such an answer is nobody else's, so no cache may keep it.
   *
   * @throws CookieTooLargeException if a browser would drop the cookie
   */
  public List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    if (given != null) {
      headers.addAll(carrier.give(given.credential()));
    } else if (takenBack) {
      headers.addAll(carrier.takeBack());
    }
    if (given != null || takenBack) {
      headers.add(NOT_STORED);
      headers.add(
          new Header("Vary", carrier instanceof CookieCarrier ? "Cookie" : "Authorization"));
    }
    return List.copyOf(headers);
  }

  private OpenResult opened(OpenResult result) {
    if (result instanceof OpenResult.Opened opened) {
      give(opened.grant());
    }
    return result;
  }

  private SaveResult saved(SaveResult result) {
    if (result instanceof SaveResult.Saved saved) {
      standing = new Standing.Accepted(saved.session());
      saved.renewal().ifPresent(this::give);
    }
    return result;
  }

  private void give(Grant grant) {
    standing = new Standing.Accepted(grant.session());
    given = grant;
    takenBack = false;
  }
}
