package dev.statewise.web;

/** With which requests from other sites a browser sends a cookie (RFC 6265bis §4.1.2.7). */
public enum SameSite {
  /** With none. A link from elsewhere arrives without a session. */
  STRICT("Strict"),
  /** With navigations that change nothing, such as following a link. */
  LAX("Lax"),
  /** With all. The cookie must be Secure then, and each change guarded against forgery. */
  NONE("None");

  private final String text;

  SameSite(String text) {
    this.text = text;
  }

  /** As the attribute spells it. */
  @Override
  public String toString() {
    return text;
  }
}
