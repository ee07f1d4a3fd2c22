package dev.statewise.benchmarks.experiment;

/** How a credential travels. */
public enum Carrier {
  /** In the cookie of the default name. */
  COOKIE("cookie", "Cookie", Carrier.COOKIE_NAME + "="),
  BEARER("bearer", "Authorization", "Bearer ");

  /** The default cookie's name. */
  static final String COOKIE_NAME = "__Host-id";

  private static final int AROUND = ": ".length() + "\r\n".length();

  private final String text;
  private final String header;
  private final String before;

  Carrier(String text, String header, String before) {
    this.text = text;
    this.header = header;
    this.before = before;
  }

  /** The header's name. */
  public String header() {
    return header;
  }

  /** The header's value, with that credential. */
  public String value(String credential) {
    return before + credential;
  }

  /** The bytes of a header line of HTTP/1.1, name and CRLF included, by arithmetic. */
  public int lineBytes(int credentialBytes) {
    return header.length() + before.length() + credentialBytes + AROUND;
  }

  /** As params spell it. */
  @Override
  public String toString() {
    return text;
  }
}
