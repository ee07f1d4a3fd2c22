package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.session.Session;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.SessionStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules X5: a write to the index that was applied and whose reply was lost. */
abstract class IndexResendRules extends IndexRules {

  private LostReplies<SessionStore> lossy;

  @SuppressWarnings("NullAway.Init") // JUnit sets it before each rule
  IndexResendRules(SubjectIndexTck kit) {
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
  @DisplayName("X5.1 an admit whose reply was lost MUST be admitted when it is sent again")
  void admitAgain() {
    Session session = Sample.session();

    Admission admission =
        LostReply.sentAgain(
            lossy,
            () -> indexOf(lossy.handle()).admit(session, 1, Overflow.REFUSE, Optional.empty()));

    assertEquals(
        new Admission.Admitted(List.of()), admission, "the caller's own session kept it out");
    assertListed("alice", session);
  }

  @Test
  @DisplayName("X5.2 a deleteAll whose reply was lost MUST be done")
  void deleteAllAgain() {
    Session session = created(Sample.session());

    LostReply.sentAgain(lossy, () -> indexOf(lossy.handle()).deleteAll("alice"));

    assertGone(session, "the session was not ended");
    assertListed("alice");
  }
}
