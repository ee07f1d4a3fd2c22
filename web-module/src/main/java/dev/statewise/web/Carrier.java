package dev.statewise.web;

import dev.statewise.session.Credential;
import java.util.List;

/** How a credential travels in HTTP. Immutable. */
public sealed interface Carrier permits CookieCarrier, BearerCarrier {

  /** What a request presents. Never throws, whatever the headers hold. */
  Presented read(RequestHeaders headers);

  /**
   * What makes a client keep a credential from now on; empty if this carrier has no such header.
   *
   * @throws CookieTooLargeException if a browser would drop it
   */
  List<Header> give(Credential credential);

  /** What makes a client forget its credential; empty if this carrier has no such header. */
  List<Header> takeBack();

  /** What a 401 says of how to come back (RFC 9110 §11.6.1); empty if there is nothing to say. */
  List<Header> challenge(boolean presented);
}
