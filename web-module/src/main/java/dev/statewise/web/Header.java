package dev.statewise.web;

import java.util.Objects;

/**
 * One header of a response, to be added to those that are there and to replace none.
 *
 * @param name a token (RFC 9110 §5.6.2)
 * @param value visible ASCII and spaces, so that no value can begin another header
 */
public record Header(String name, String value) {

  public Header {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    if (!Syntax.isToken(name)) {
      throw new IllegalArgumentException(
          "A header's name has letters, digits and a few signs (RFC 9110 §5.6.2) alone, and this one of %d characters has not."
              .formatted(name.length()));
    }
    if (!Syntax.isPrintable(value)) {
      throw new IllegalArgumentException(
          "The value of %s is not visible ASCII and spaces alone, so it could begin another header. Encode it."
              .formatted(name));
    }
  }

  /** The name alone: a value may be a credential. */
  @Override
  public String toString() {
    return "Header[" + name + "]";
  }
}
