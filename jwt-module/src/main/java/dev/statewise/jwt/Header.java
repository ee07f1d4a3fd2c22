package dev.statewise.jwt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header of a JWS, of which three names are allowed. Any other, known ({@code jwk}, {@code
 * crit}, {@code zip}) or not, is malformed.
 */
record Header(@Nullable String alg, @Nullable String kid, @Nullable String typ) {

  private static final Set<String> NAMES = Set.of("alg", "kid", "typ");

  static Header parse(byte[] utf8) throws RefusedException {
    try {
      JsonObject json = JsonObject.parse(utf8);
      json.requireNamesIn(NAMES);
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
