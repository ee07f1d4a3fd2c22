package dev.statewise.web;

import static java.util.Objects.requireNonNull;

import dev.statewise.Sessions;
import java.util.ArrayList;
import java.util.List;

/**
 * The sessions of a web application: its front door, and how credentials travel. Immutable and
 * thread-safe. Only what these carriers carry is looked at: an id in a URL, or in another header,
 * is ignored.
 */
public final class WebSessions {

  private final Sessions sessions;
  private final List<Carrier> carriers;

  private WebSessions(Sessions sessions, List<Carrier> carriers) {
    this.sessions = requireNonNull(sessions, "sessions");
    this.carriers = List.copyOf(carriers);
  }

  /**
   * Over these carriers.
   *
   * @param first what a new credential goes by, unless its request came by another
   */
  public static WebSessions over(Sessions sessions, Carrier first, Carrier... others) {
    List<Carrier> carriers = new ArrayList<>(List.of(others));
    carriers.add(0, requireNonNull(first, "first"));
    return new WebSessions(sessions, carriers);
  }

  /** Judges a request by its headers. Never throws, whatever they hold. */
  public SessionExchange begin(RequestHeaders headers) {
    return SessionExchange.begin(sessions, carriers, headers);
  }
}
