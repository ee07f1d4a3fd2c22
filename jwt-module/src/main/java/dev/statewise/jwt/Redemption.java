package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Rejection;
import dev.statewise.session.SessionKey;
import dev.statewise.session.TooLarge.Part;
import java.util.List;

/**
 * What became of a refresh token that was presented. Answer 401 to the two refusals, without which
 * of them it was; 503 to {@link Unavailable}; and 500 to {@link TooLarge}, for which the client can
 * do nothing, and whose token it must keep.
 */
public sealed interface Redemption
    permits Redemption.Redeemed,
        Redemption.Rejected,
        Redemption.Reused,
        Redemption.TooLarge,
        Redemption.Unavailable {

  /** A new access token, and the refresh token to present next. */
  record Redeemed(RefreshGrant grant) implements Redemption {
    public Redeemed {
      requireNonNull(grant, "grant");
    }
  }

  /** It is not accepted. Nothing was changed, but that a family is ended whose session was. */
  record Rejected(Rejection reason) implements Redemption {
    public Rejected {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * It was replaced by its successor before, longer ago than a lost reply explains. One of the two
   * who have it is a thief; the session and all its tokens are ended.
   */
  record Reused(SessionKey session) implements Redemption {
    public Reused {
      requireNonNull(session, "session");
    }
  }

  /**
   * The access token would be too large. Nothing was changed: the refresh token is still good.
   *
   * @param bytes what it would have taken
   * @param limit what there is room for
   * @param parts what takes how much of it, the largest first
   */
  record TooLarge(int bytes, int limit, List<Part> parts) implements Redemption, RefreshOpening {
    public TooLarge {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A store or list gave no answer. The token may be presented again, at once: within the grace it
   * brings the same successor, whether or not this was done. After the grace it does so only if
   * this was not done; else it is a reuse.
   *
   * @param dependency what gave no answer
   * @param cause what was seen
   */
  record Unavailable(String dependency, Throwable cause) implements Redemption, RefreshOpening {
    public Unavailable {
      requireNonNull(dependency, "dependency");
      requireNonNull(cause, "cause");
    }
  }
}
