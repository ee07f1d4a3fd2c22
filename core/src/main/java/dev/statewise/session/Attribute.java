package dev.statewise.session;

import java.util.Objects;
import java.util.function.Function;

/**
 * A typed view of one attribute: its name, and how its value is written as text and read back.
 *
 * <p>Both functions are the caller's own code; nothing is ever deserialised into a class of the
 * writer's choice. Use it as {@code session.with(CART, cart)} and {@code session.get(CART)}.
 *
 * @param name the attribute's name
 * @param encode writes a value as text; must not return null
 * @param decode reads it back; any exception means the text is not such a value
 */
public record Attribute<T>(String name, Function<T, String> encode, Function<String, T> decode) {

  public Attribute {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(encode, "encode");
    Objects.requireNonNull(decode, "decode");
  }

  /** An attribute that is text already. */
  public static Attribute<String> text(String name) {
    return new Attribute<>(name, Function.identity(), Function.identity());
  }
}
