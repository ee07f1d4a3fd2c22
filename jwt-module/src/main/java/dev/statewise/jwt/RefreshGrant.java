package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Credential;
import dev.statewise.session.Grant;

/**
 * Two credentials to send to the client: one to present with each request, and one to present, when
 * that has expired, to whoever redeems it.
 *
 * @param refresh the refresh token; the one before it is no longer to be sent
 * @param access the access token, and the session it stands for
 */
public record RefreshGrant(Credential refresh, Grant access) {

  public RefreshGrant {
    requireNonNull(refresh, "refresh");
    requireNonNull(access, "access");
  }
}
