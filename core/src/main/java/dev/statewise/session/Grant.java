package dev.statewise.session;

import java.util.Objects;

/**
 * A credential to send to the client, and the session it stands for.
 *
 * @param credential what the client must keep and present from now on; the one before it is no
 *     longer to be sent
 * @param session the session as it is now
 */
public record Grant(Credential credential, Session session) {

  public Grant {
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(session, "session");
  }
}
