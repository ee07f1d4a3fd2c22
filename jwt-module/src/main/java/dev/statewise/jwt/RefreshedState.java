package dev.statewise.jwt;

import dev.statewise.session.SessionKey;
import java.util.Map;

/**
 * What a refreshed session is to carry: asked at each redemption, so that a role that was taken
 * away is gone with the next access token.
 */
@FunctionalInterface
public interface RefreshedState {

  /**
   * The attributes of the next access token. An exception leaves {@code redeem}, which has changed
   * nothing then: the refresh token is still good.
   *
   * @param subject whose session it is
   * @param session its key
   */
  Map<String, String> of(String subject, SessionKey session);
}
