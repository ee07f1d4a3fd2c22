package dev.statewise;

import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.OpenResult;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.session.TooLarge;
import dev.statewise.spi.Admission;
import dev.statewise.spi.SessionStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws new sessions and puts them into a store, within the policy's limit. */
record SessionOpener(
    SessionStore store, SessionRules rules, InstantSource clock, SecureRandom random) {

  private static final int DRAWS = 3;

  /**
   * What became of an opening.
   *
   * @param ended the sessions that were ended to make room
   */
  record Opening(OpenResult result, List<SessionKey> ended) {}

  /**
   * Opens a session.
   *
   * @param instead a session of the same subject that does not count against the limit
   * @throws dev.statewise.spi.StoreUnavailableException if the store gave no answer
   */
  Opening open(String subject, Map<String, String> attributes, Optional<SessionKey> instead) {
    for (int i = 0; i < DRAWS; i++) {
      Secret secret = Secret.draw(random);
      Instant now = clock.instant();
      Session session = rules.newSession(subject, secret.hash(), now, now, attributes, random);
      Optional<TooLarge> tooLarge = tooLarge(session);
      if (tooLarge.isPresent()) {
        return new Opening(tooLarge.get(), List.of());
      }
      Admission admission = admission(session, instead);
      if (!(admission instanceof Admission.KeyTaken)) {
        return answer(admission, session, secret);
      }
    }
    throw new IllegalStateException(
        "%d random keys of 72 bits were all taken, so the random source is broken. Mend it before anybody logs in."
            .formatted(DRAWS));
  }

  /** What does not fit is refused before any call. */
  Optional<TooLarge> tooLarge(Session session) {
    int bytes = session.stateBytes();
    int limit = store.traits().maxStateBytes();
    return bytes > limit ? Optional.of(new TooLarge(bytes, limit)) : Optional.empty();
  }

  private Admission admission(Session session, Optional<SessionKey> instead) {
    Optional<SessionPolicy.Limit> limit = rules.policy().limit();
    if (limit.isPresent() && !session.isAnonymous()) {
      return store
          .subjects()
          .orElseThrow()
          .admit(session, limit.get().max(), limit.get().overflow(), instead);
    }
    return store.create(session) ? new Admission.Admitted(List.of()) : new Admission.KeyTaken();
  }

  private Opening answer(Admission admission, Session session, Secret secret) {
    if (!(admission instanceof Admission.Admitted admitted)) {
      int max = rules.policy().limit().orElseThrow().max();
      return new Opening(new OpenResult.LimitReached(max), List.of());
    }
    Credential credential = new SessionId(session.key(), secret).credential();
    return new Opening(new OpenResult.Opened(new Grant(credential, session)), admitted.ended());
  }
}
