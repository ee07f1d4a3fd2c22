package dev.statewise;

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
    SessionStore store,
    SessionRules rules,
    InstantSource clock,
    SafeListener listener,
    SecureRandom random) {

  private static final int DRAWS = 3;

  /**
   * Opens a session.
   *
   * @param instead a session of the same subject that does not count against the limit
   * @throws dev.statewise.spi.StoreUnavailableException if the store gave no answer
   */
  OpenResult open(String subject, Map<String, String> attributes, Optional<SessionKey> instead) {
    for (int i = 0; i < DRAWS; i++) {
      Secret secret = Secret.draw(random);
      Instant now = clock.instant();
      Session session = rules.newSession(subject, secret.hash(), now, now, attributes, random);
      Optional<TooLarge> tooLarge = tooLarge(session);
      if (tooLarge.isPresent()) {
        return tooLarge.get();
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

  private OpenResult answer(Admission admission, Session session, Secret secret) {
    if (!(admission instanceof Admission.Admitted admitted)) {
      return new OpenResult.LimitReached(rules.policy().limit().orElseThrow().max());
    }
    listener.opened(session);
    listener.ended(admitted.ended());
    return new OpenResult.Opened(
        new Grant(new SessionId(session.key(), secret).credential(), session));
  }
}
