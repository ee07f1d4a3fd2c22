package dev.statewise.web;

/** Characters of HTTP. */
final class Syntax {

  private static final String TOKEN = "!#$%&'*+-.^_`|~";

  private Syntax() {}

  /** RFC 9110 §5.6.2. */
  static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> isAlphanumeric(c) || TOKEN.indexOf(c) >= 0);
  }

  /** RFC 6265 §4.1.1, {@code cookie-octet}. */
  static boolean isCookieValue(String text) {
    return text.chars()
        .allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\');
  }

  static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  /** Without the spaces and tabs around it, and nothing else that is called white. */
  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
