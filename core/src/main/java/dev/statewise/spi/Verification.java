package dev.statewise.spi;

import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import java.util.Objects;

/** What became of a {@link TokenService#verify}. */
public sealed interface Verification {

  /** Every check held. */
  record Verified(Session session) implements Verification {
    public Verified {
      Objects.requireNonNull(session, "session");
    }
  }

  /** Every check held but the time: the token is authentic and past its end. */
  record Expired(Session session) implements Verification {
    public Expired {
      Objects.requireNonNull(session, "session");
    }
  }

  /** Not a token of ours, or not for this use. Nothing in it is to be believed. */
  record Refused(Rejection reason) implements Verification {
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
