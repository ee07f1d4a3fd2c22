package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules S9: a write that was applied and whose reply was lost. */
abstract class StoreResendRules extends StoreRules {

  private static final Instant LATER = Sample.NOW.plusSeconds(60);

  private LostReplies<SessionStore> lossy;

  @SuppressWarnings("NullAway.Init") // JUnit sets it before each rule
  StoreResendRules(SessionStoreTck kit) {
    super(kit);
  }

  @BeforeEach
  final void openLossyHandle() {
    Optional<LostReplies<SessionStore>> offered = kit.lostReplies(namespace);
    assumeTrue(
        offered.isPresent(),
        "lostReplies() is not supplied, so what a lost reply leads to is not known");
    lossy = closedAfterTest(offered.orElseThrow());
  }

  @Test
  @DisplayName("S9.1 a create whose reply was lost MUST answer true when it is sent again")
  void createAgain() {
    Session session = Sample.session();

    boolean created = sentAgain(() -> lossy.handle().create(session));

    assertTrue(created, "the caller's own session was called another's");
    assertFound(session, "the session is not there");
  }

  @Test
  @DisplayName("S9.2 a replace that the client sends again MUST be REPLACED")
  void replaceAgain() {
    assumeTrue(lossy.resends(), "the client beneath this store never sends a write again");
    Session session = created(Sample.session());

    lossy.loseNextReply();
    ReplaceResult result = lossy.handle().replace(session.with("cart", "43").next(LATER));

    assertEquals(ReplaceResult.REPLACED, result, "the save conflicted with itself");
  }

  @Test
  @DisplayName("S9.3 a touch whose reply was lost MUST answer true when it is sent again")
  void touchAgain() {
    Session session = created(Sample.session());

    boolean there = sentAgain(() -> lossy.handle().touch(session.key(), LATER));

    assertTrue(there, "the session is there");
    assertFound(Sample.like(session).lastSeen(LATER).build(), "the touch is not there");
  }

  @Test
  @DisplayName("S9.4 a delete whose reply was lost MUST be done")
  void deleteAgain() {
    Session session = created(Sample.session());

    sentAgain(() -> lossy.handle().delete(session.key()));

    assertGone(session, "the session was not ended");
  }

  @Test
  @DisplayName("S9.5 a write whose reply is lost for good MUST be unavailable")
  void lostForGood() {
    assumeFalse(lossy.resends(), "the client beneath this store sends a write again by itself");
    Session session = created(Sample.session());

    lossy.loseNextReply();

    assertThrows(
        StoreUnavailableException.class,
        () -> lossy.handle().replace(session.next(LATER)),
        "an outage is neither a yes nor a no");
  }

  @Test
  @DisplayName("S9.6 a caller that saves again after a lost reply MUST be told CONFLICT")
  void callerTriesAgain() {
    assumeFalse(lossy.resends(), "the client beneath this store sends a write again by itself");
    Session session = created(Sample.session());
    Session next = session.with("cart", "43").next(LATER);

    ReplaceResult result = sentAgain(() -> lossy.handle().replace(next));

    assertEquals(
        ReplaceResult.CONFLICT, result, "a new call is a new write, and the first was applied");
  }

  private <R> R sentAgain(Supplier<R> write) {
    return LostReply.sentAgain(lossy, write);
  }
}
