package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * What a token must fit into: a carrier with a limit, of which the carrier itself takes a part.
 *
 * <pre>{@code
 * JwtTokenService tokens = JwtTokenService.of(keys, issuer, audience).withBudget(TokenBudget.cookie("__Host-id"));
 * }</pre>
 *
 * @param carrier what carries it, for messages
 * @param limit how many bytes the carrier may have in all
 * @param around how many of them are not the token's
 */
public record TokenBudget(String carrier, int limit, int around) {

  /**
   * What every browser keeps of a cookie at the least: name, value and attributes together (RFC
   * 6265 §6.1). RFC 6265bis §5.6 lets 4,096 bytes stand for name and value alone; browsers differ.
   */
  public static final int COOKIE_BYTES = 4096;

  /** What common servers and proxies take of all headers together, or of one line at the least. */
  public static final int HEADER_BYTES = 8192;

  /**
   * What {@link #headers()} leaves for the request line and every other header: what a browser
   * sends of itself, some cookies, and what proxies add.
   */
  public static final int OTHER_HEADERS_BYTES = 2048;

  /** The longest attributes that a session's cookie needs. */
  private static final String ATTRIBUTES =
      "; Max-Age=34560000; Path=/; Secure; HttpOnly; SameSite=Strict";

  private static final String BEARER = "Authorization: Bearer \r\n";
  private static final String NO_TOKEN_CHARACTERS = "()<>@,;:\\\"/[]?={} ";

  /**
   * @throws IllegalArgumentException if what is left for the token is below 512 bytes, or {@code
   *     around} is negative
   */
  public TokenBudget {
    requireNonNull(carrier, "carrier");
    if (around < 0 || (long) limit - around < JwtTokenService.LEAST_MAX_TOKEN_BYTES) {
      throw new IllegalArgumentException(
          "%s of %d bytes, %d of them not the token's, leaves a token less than %d bytes, which cannot hold a session. Raise the limit, or have less around the token."
              .formatted(carrier, limit, around, JwtTokenService.LEAST_MAX_TOKEN_BYTES));
    }
  }

  /**
   * A cookie of that name with the attributes that a session's cookie has: as long as {@code
   * Max-Age=34560000; Path=/; Secure; HttpOnly; SameSite=Strict}.
   */
  public static TokenBudget cookie(String name) {
    return cookie(name, ATTRIBUTES);
  }

  /**
   * A cookie of that name and those attributes, all of which count.
   *
   * @param attributes as they follow the value in {@code Set-Cookie}, with their first semicolon;
   *     may be empty
   * @throws IllegalArgumentException if the name is not one that a cookie can have (RFC 6265
   *     §4.1.1), or the attributes do not begin with a semicolon or are not printable ASCII
   */
  public static TokenBudget cookie(String name, String attributes) {
    requireNonNull(name, "name");
    requireNonNull(attributes, "attributes");
    boolean named =
        isPrintable(name)
            && !name.isEmpty()
            && name.chars().noneMatch(c -> NO_TOKEN_CHARACTERS.indexOf(c) >= 0);
    boolean attributed =
        isPrintable(attributes) && (attributes.isEmpty() || attributes.startsWith(";"));
    if (!named || !attributed) {
      throw new IllegalArgumentException(
          "No Set-Cookie has this name and these attributes, so their bytes mean nothing. Pass a name of RFC 6265 and, for instance, \"%s\"."
              .formatted(ATTRIBUTES));
    }
    int around = name.length() + "=".length() + attributes.length();
    return new TokenBudget("A cookie named " + name, COOKIE_BYTES, around);
  }

  /** As {@link #headers(int)}, with {@value #OTHER_HEADERS_BYTES} bytes for everything else. */
  public static TokenBudget headers() {
    return headers(OTHER_HEADERS_BYTES);
  }

  /**
   * A bearer line among all headers of a request, through servers and proxies that take 8 KiB of
   * them.
   *
   * @param others how many bytes the request line and all other headers have at most
   */
  public static TokenBudget headers(int others) {
    if (others < 0 || others > HEADER_BYTES) {
      throw new IllegalArgumentException(
          "others (%d) is not from 0 to %d, which is all there is. Say what the rest of a request takes."
              .formatted(others, HEADER_BYTES));
    }
    return new TokenBudget("Headers", HEADER_BYTES, BEARER.length() + others);
  }

  /** How many bytes are left for a token; never more than any token has. */
  public int tokenBytes() {
    return Math.min(limit - around, JwtTokenService.MAX_TOKEN_BYTES);
  }

  private static boolean isPrintable(String text) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(text)
        && text.chars().noneMatch(Character::isISOControl);
  }
}
