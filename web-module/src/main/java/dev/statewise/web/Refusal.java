package dev.statewise.web;

import java.util.List;

/**
 * How a request is refused: a status, its headers and no body. Why it was is for the log alone.
 *
 * @param status 400, 401, 403 or 503
 */
public record Refusal(int status, List<Header> headers) {

  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int UNAVAILABLE = 503;

  public Refusal {
    headers = List.copyOf(headers);
  }

  /** Who it is is known, and may not do this. */
  public static Refusal forbidden() {
    return new Refusal(FORBIDDEN, List.of());
  }
}
