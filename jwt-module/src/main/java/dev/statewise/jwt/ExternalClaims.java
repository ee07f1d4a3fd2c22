package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The claims of a token that another issuer signed. Whoever is handed one may believe it: every
 * check of the token held. Immutable.
 */
public final class ExternalClaims {

  private static final JsonTree JSON = new JsonTree(JwtTokenService.MAX_TOKEN_BYTES);

  private final Map<?, ?> members;

  private ExternalClaims(Map<?, ?> members) {
    this.members = members;
  }

  /** Claims that nothing is known of yet but their form. */
  static ExternalClaims parse(byte[] utf8) throws RefusedException {
    try {
      return new ExternalClaims(JSON.parse(utf8));
    } catch (IOException e) {
      throw new RefusedException(Refusal.CLAIMS);
    }
  }

  /** A claim that is a text; empty if there is none of that name, or it is something else. */
  public Optional<String> text(String name) {
    return members.get(requireNonNull(name, "name")) instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  /**
   * A claim that is a list of texts, or one text; empty if there is none of that name, or it is
   * something else, or not all of it is text.
   */
  public List<String> texts(String name) {
    Object claim = members.get(requireNonNull(name, "name"));
    if (claim instanceof String text) {
      return List.of(text);
    }
    return claim instanceof List<?> list && list.stream().allMatch(String.class::isInstance)
        ? list.stream().map(String.class::cast).toList()
        : List.of();
  }

  /**
   * A claim that is a whole number; empty if there is none of that name, or it is something else.
   */
  public Optional<Long> number(String name) {
    return members.get(requireNonNull(name, "name")) instanceof Long number
        ? Optional.of(number)
        : Optional.empty();
  }

  /** A claim that is an object; empty if there is none of that name, or it is something else. */
  public Optional<ExternalClaims> object(String name) {
    return members.get(requireNonNull(name, "name")) instanceof Map<?, ?> object
        ? Optional.of(new ExternalClaims(object))
        : Optional.empty();
  }

  /** Whether there is a claim of that name, whatever it is. */
  public boolean has(String name) {
    return members.containsKey(requireNonNull(name, "name"));
  }

  /** The names of the claims, and nothing of what they say of a user. */
  @Override
  public String toString() {
    return "ExternalClaims" + members.keySet();
  }
}
