package dev.statewise.tck;

import static dev.statewise.tck.Breakers.lossy;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SubjectIndex;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One store for each rule of S9 and X5, that breaks it: it does not know a write again. */
final class ResendBreakers {

  private ResendBreakers() {}

  static List<Breaker<StoreWorld>> store() {
    return List.of(
        lossy(
            "S9.1",
            "takes its own session for another's when it is sent again",
            healthy ->
                new LossyStore(healthy, true) {
                  @Override
                  public boolean create(Session session) {
                    boolean again = isLost();
                    return super.create(session) && !again;
                  }
                }),
        lossy(
            "S9.2",
            "conflicts with itself",
            healthy ->
                new LossyStore(healthy, true) {
                  @Override
                  public ReplaceResult replace(Session next) {
                    boolean again = isLost();
                    ReplaceResult first = super.replace(next);
                    return again ? super.replace(next) : first;
                  }
                }),
        lossy(
            "S9.3",
            "counts a touch that is sent again as one too many",
            healthy ->
                new LossyStore(healthy, true) {
                  @Override
                  public boolean touch(SessionKey key, Instant lastSeen) {
                    boolean again = isLost();
                    return super.touch(key, lastSeen) && !again;
                  }
                }),
        lossy(
            "S9.4",
            "loses the delete with its reply",
            healthy ->
                new LossyStore(healthy, true) {
                  @Override
                  public boolean delete(SessionKey key) {
                    return isLost() || super.delete(key);
                  }
                }),
        lossy(
            "S9.5",
            "makes an answer up when none came",
            healthy ->
                new LossyStore(healthy, false) {
                  @Override
                  public ReplaceResult replace(Session next) {
                    boolean unanswered = isLost();
                    ReplaceResult result = super.replace(next);
                    return unanswered ? ReplaceResult.CONFLICT : result;
                  }
                }),
        lossy(
            "S9.6",
            "takes another call for the same write",
            healthy ->
                new LossyStore(healthy, false) {
                  @Override
                  public ReplaceResult replace(Session next) {
                    ReplaceResult result = super.replace(next);
                    return healthy.findCurrent(next.key()).equals(Optional.of(next))
                        ? ReplaceResult.REPLACED
                        : result;
                  }
                }));
  }

  static List<Breaker<StoreWorld>> index() {
    return List.of(
        lossy(
            "X5.1",
            "finds the limit reached by the session itself",
            healthy ->
                new LossyStore(healthy, true) {
                  @Override
                  public Optional<SubjectIndex> subjects() {
                    return super.subjects()
                        .map(
                            index ->
                                new ThroughIndex(index) {
                                  @Override
                                  public Admission admit(
                                      Session session,
                                      int max,
                                      Overflow overflow,
                                      Optional<SessionKey> instead) {
                                    boolean again = isLost();
                                    Admission first = super.admit(session, max, overflow, instead);
                                    return again ? new Admission.LimitReached() : first;
                                  }
                                });
                  }
                }),
        lossy(
            "X5.2",
            "loses the deleteAll with its reply",
            healthy ->
                new LossyStore(healthy, true) {
                  @Override
                  public Optional<SubjectIndex> subjects() {
                    return super.subjects()
                        .map(
                            index ->
                                new ThroughIndex(index) {
                                  @Override
                                  public int deleteAll(String subject) {
                                    return isLost() ? 1 : super.deleteAll(subject);
                                  }
                                });
                  }
                }));
  }
}
