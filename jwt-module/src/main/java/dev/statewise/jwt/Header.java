package dev.statewise.jwt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header of a JWS, of which three names are allowed, and two more in tokens of others. Any
 * other, known ({@code jwk}, {@code crit}, {@code zip}) or not, is malformed.
 */
record Header(@Nullable String alg, @Nullable String kid, @Nullable String typ) {

  static final Set<String> NAMES = Set.of("alg", "kid", "typ");

  /** With what some issuers add: the thumbprints of a certificate, which are not looked at. */
  static final Set<String> NAMES_OF_OTHERS = Set.of("alg", "kid", "typ", "x5t", "x5t#S256");

  static Header parse(byte[] utf8) throws RefusedException {
    return parse(utf8, NAMES);
  }

  /** A header whose members are strings and have these names. */
  static Header parse(byte[] utf8, Set<String> names) throws RefusedException {
    try {
      JsonObject json = JsonObject.parse(utf8);
      json.requireNamesIn(names);
      for (String name : names) {
        json.textOrNull(name);
      }
      return new Header(json.textOrNull("alg"), json.textOrNull("kid"), json.textOrNull("typ"));
    } catch (IOException e) {
      throw new RefusedException(Refusal.FORM);
    }
  }

  /** The header segment of every token of {@code key}. */
  static String of(VerifyingKey key, String typ) {
    return of(key.algorithm(), key.kid(), typ);
  }

  /** The header segment of every token of a key of that name and algorithm. */
  static String of(Algorithm algorithm, String kid, String typ) {
    // The alphabet of a kid and the names of algorithms and types have nothing to escape.
    String json =
        "{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"%s\"}".formatted(algorithm.alg(), kid, typ);
    return Base64Url.encode(json.getBytes(StandardCharsets.US_ASCII));
  }
}
