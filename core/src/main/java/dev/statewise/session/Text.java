package dev.statewise.session;

import java.nio.charset.StandardCharsets;

/**
 * What text a session may carry, so that it survives every store: well-formed Unicode, no U+0000.
 */
final class Text {

  private Text() {}

  /**
   * @throws IllegalArgumentException if {@code text} has U+0000 or a surrogate without its partner
   */
  static String require(String text, String what) {
    return isPlain(text) ? text : requireWellFormed(text, what);
  }

  /** As {@link #require}, of the value of the attribute {@code name}. */
  static String requireValue(String text, String name) {
    return isPlain(text) ? text : requireWellFormed(text, "The value of attribute '" + name + "'");
  }

  /** Whether there is neither U+0000 nor any surrogate, in a loop without a branch a character. */
  private static boolean isPlain(String text) {
    boolean plain = true;
    for (int i = 0; i < text.length(); i++) {
      plain &= (char) (text.charAt(i) - 1) < Character.MIN_SURROGATE - 1;
    }
    return plain;
  }

  private static String requireWellFormed(String text, String what) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw refused(what, "U+0000", i);
      }
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          throw refused(what, "a lone surrogate", i);
        }
        i++;
      }
    }
    return text;
  }

  static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static IllegalArgumentException refused(String what, String found, int index) {
    return new IllegalArgumentException(
        "%s has %s at index %d, which not every store and token can carry. Remove it, or encode the bytes as base64."
            .formatted(what, found, index));
  }
}
