package dev.statewise.web;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a browser makes of a Set-Cookie header: the algorithm of RFC 6265 §5.2, for tests.
 *
 * @param attributes in lower case; of those that come twice the last
 */
record UserAgent(String name, String value, Map<String, String> attributes) {

  static UserAgent reads(Header header) {
    String[] parts = header.value().split(";", -1);
    int equals = parts[0].indexOf('=');
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int at = parts[i].indexOf('=');
      String name = at < 0 ? parts[i] : parts[i].substring(0, at);
      attributes.put(
          name.strip().toLowerCase(Locale.ROOT), at < 0 ? "" : parts[i].substring(at + 1).strip());
    }
    return new UserAgent(
        parts[0].substring(0, equals).strip(), parts[0].substring(equals + 1).strip(), attributes);
  }

  /** Whether it keeps what it read (RFC 6265bis §5.7), over HTTPS. */
  boolean keeps() {
    boolean host = name.toLowerCase(Locale.ROOT).startsWith("__host-");
    boolean secure = attributes.containsKey("secure");
    return name.length() + value.length() <= 4_096
        && (secure || !name.toLowerCase(Locale.ROOT).startsWith("__secure-"))
        && (!host
            || (secure && "/".equals(attributes.get("path")) && !attributes.containsKey("domain")))
        && (secure || !"none".equalsIgnoreCase(attributes.get("samesite")));
  }
}
