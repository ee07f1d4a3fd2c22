package dev.statewise.web;

import java.util.ArrayList;
import java.util.List;

/**
 * One cookie of a request, its value exactly as it came: nothing is unquoted and nothing decoded,
 * so that no two readers of one header see two values.
 */
record CookiePair(String name, String value) {

  /**
   * Those of all {@code Cookie} headers of a request, in their order. What has no equals sign or no
   * name is none (RFC 6265 §5.4); whatever else a header holds, this does not throw.
   */
  static List<CookiePair> of(List<String> headers) {
    List<CookiePair> pairs = new ArrayList<>();
    for (String header : headers) {
      for (String part : header.split(";", -1)) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? "" : Syntax.trimmed(part.substring(0, equals));
        if (!name.isEmpty()) {
          pairs.add(new CookiePair(name, Syntax.trimmed(part.substring(equals + 1))));
        }
      }
    }
    return pairs;
  }

  @Override
  public String toString() {
    return "CookiePair[" + name + "]";
  }
}
