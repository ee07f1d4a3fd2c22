package dev.statewise.jwt;

import dev.statewise.HybridSessions;
import dev.statewise.SessionListener;
import dev.statewise.session.Ending;
import dev.statewise.session.Session;
import dev.statewise.session.Unavailable;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.SessionStore;
import java.time.Instant;
import java.time.InstantSource;

/** Ends sessions together with the families that they are refreshed by. */
record RefreshEndings(
    SessionStore families,
    RevocationList list,
    RefreshPolicy policy,
    AccessTokens access,
    HybridSessions sessions,
    InstantSource clock,
    SessionListener listener) {

  /**
   * The list first: unless it has answered and confirmed, the family is left, so that whoever tries
   * again is still known by it. No redemption gets past a list that does not answer.
   */
  Ending end(Session session) {
    Ending ending = told(sessions.end(access.ofAnyVersion(session, clock.instant())));
    if (!(ending instanceof Ending.Ended ended)) {
      return ending;
    }
    boolean news = families.delete(session.key()) || ended.known();
    if (news) {
      listener.ended(session.key());
    }
    return new Ending.Ended(news, ended.refusedWithin());
  }

  Ending endAll(String subject) {
    Ending ending = told(sessions.endAll(subject));
    if (ending instanceof Unavailable) {
      return ending;
    }
    Acknowledgement lasting = refuseFamilies(subject);
    families.subjects().ifPresent(index -> index.deleteAll(subject));
    listener.endedAll(subject);
    return lasting == Acknowledgement.UNCONFIRMED && ending instanceof Ending.Ended ended
        ? new Ending.Unconfirmed(
            ended.refusedWithin(),
            "The refusal of the subject's families was written and not acknowledged by the replicas that were asked for; a failover now could lose it. End them again.")
        : ending;
  }

  /** The floor is there; it is to stay until the last family that it refuses is over. */
  private Acknowledgement refuseFamilies(String subject) {
    Instant floor = list.floor(subject);
    Instant now = clock.instant();
    Instant until =
        (floor.isAfter(now) ? floor : now)
            .plus(policy.lifetime())
            .plus(list.traits().staleness())
            .plus(policy.clockSkew().multipliedBy(2));
    return list.refuseCreatedBefore(subject, floor, until);
  }

  private Ending told(Ending ending) {
    if (ending instanceof Unavailable unavailable) {
      listener.unavailable(unavailable.dependency(), unavailable.cause());
    }
    return ending;
  }
}
