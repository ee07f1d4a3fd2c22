package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

/** What became of an {@link RefreshTokens#open}. */
public sealed interface RefreshOpening
    permits RefreshOpening.Opened, Redemption.TooLarge, Redemption.Unavailable {

  /** The family and its session are there. */
  record Opened(RefreshGrant grant) implements RefreshOpening {
    public Opened {
      requireNonNull(grant, "grant");
    }
  }
}
