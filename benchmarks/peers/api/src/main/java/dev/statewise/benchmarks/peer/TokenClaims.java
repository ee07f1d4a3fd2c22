package dev.statewise.benchmarks.peer;

import java.util.Map;

/**
 * What a token says: the claims of Statewise's own tokens, by their names, and the attributes.
 *
 * @param sid the session key
 * @param ver the version
 * @param sub the subject
 * @param cat created at, in milliseconds since 1970
 * @param iat issued at, in seconds since 1970
 * @param idl the idle timeout, in seconds
 * @param max from {@code cat} to the absolute end, in milliseconds
 * @param exp the end, in seconds since 1970
 * @param att the attributes
 */
public record TokenClaims(
    String sid,
    long ver,
    String sub,
    long cat,
    long iat,
    long idl,
    long max,
    long exp,
    Map<String, String> att) {

  /** Who signs every token. */
  public static final String ISSUER = "example.org";

  /** Whom every token is for. */
  public static final String AUDIENCE = "web";

  /** The name of the key, in every header. */
  public static final String KID = "k1";

  private static final long IDLE_SECONDS = 1_800;
  private static final long ABSOLUTE_MILLIS = 43_200_000;

  /** Longer than any run, so that nothing ends while it is timed. */
  private static final long LIFE_SECONDS = 86_400;

  /** Those of a session that begins at {@code millis}. */
  public static TokenClaims of(String sid, String sub, long millis, Map<String, String> att) {
    long second = millis / 1_000;
    return new TokenClaims(
        sid, 1, sub, millis, second, IDLE_SECONDS, ABSOLUTE_MILLIS, second + LIFE_SECONDS, att);
  }

  /** The same, ended an hour before it began. */
  public TokenClaims ended() {
    return new TokenClaims(sid, ver, sub, cat, iat, idl, max, iat - 3_600, att);
  }

  /** The same, with one attribute changed. */
  public TokenClaims with(Map<String, String> other) {
    return new TokenClaims(sid, ver + 1, sub, cat, iat, idl, max, exp, other);
  }
}
