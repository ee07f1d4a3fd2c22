package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.StoreUnavailableException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules R8: a refusal that was applied and whose reply was lost. */
abstract class ListResendRules extends ListRules {

  private LostReplies<RevocationList> lossy;

  @SuppressWarnings("NullAway.Init") // JUnit sets it before each rule
  ListResendRules(RevocationListTck kit) {
    super(kit);
  }

  @BeforeEach
  final void openLossyHandle() {
    Optional<LostReplies<RevocationList>> offered = kit.lostReplies(namespace, clock);
    assumeTrue(
        offered.isPresent(),
        "lostReplies() is not supplied, so what a lost reply leads to is not known");
    lossy = closedAfterTest(offered.orElseThrow());
  }

  @Test
  @DisplayName("R8.1 a refusal whose reply was lost MUST stand")
  void stands() {
    SessionKey key = key();

    LostReply.sentAgain(lossy, () -> lossy.handle().refuseBelow(key, 5, UNTIL));

    assertRefusedInTime(list, token(key, 4), "the session was not ended");
  }

  @Test
  @DisplayName("R8.2 a refusal that the client sends again MUST be told RAISED")
  void sentAgain() {
    assumeTrue(lossy.resends(), "the client beneath this list never sends a write again");
    SessionKey key = key();

    lossy.loseNextReply();
    Acknowledgement answer = lossy.handle().refuseBelow(key, 5, UNTIL);

    assertEquals(Acknowledgement.RAISED, answer, "a rotation conflicted with itself");
  }

  @Test
  @DisplayName("R8.3 a refusal whose reply is lost for good MUST be unavailable")
  void lostForGood() {
    assumeFalse(lossy.resends(), "the client beneath this list sends a write again by itself");

    lossy.loseNextReply();

    assertThrows(
        StoreUnavailableException.class,
        () -> lossy.handle().refuseBelow(key(), 5, UNTIL),
        "an outage is neither a yes nor a no");
  }
}
