package dev.statewise.session;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client presents to be recognised: a session id ({@code key.secret}) or a signed token.
 *
 * <p>Nothing is known of the text: it may be empty, huge or hostile. It is judged by {@code
 * Sessions.validate}, which never throws for it. It is a secret, so {@link #toString} is redacted.
 *
 * @param value the text exactly as it came or as it is to be sent; empty if the client sent none
 */
public record Credential(String value) {

  public Credential {
    Objects.requireNonNull(value, "value");
  }

  /** The credential in {@code text}, or the empty one if {@code text} is null: nothing was sent. */
  public static Credential of(@Nullable String text) {
    return new Credential(text == null ? "" : text);
  }

  @Override
  public String toString() {
    return "Credential[redacted, " + value.length() + " chars]";
  }
}
