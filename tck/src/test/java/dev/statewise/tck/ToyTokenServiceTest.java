package dev.statewise.tck;

import dev.statewise.spi.TokenService;
import org.junit.jupiter.api.DisplayName;

/** Holds the toy to the rules of a token service, as an example of a kit's subclass. */
@DisplayName("A toy token service keeps the rules of a token service")
class ToyTokenServiceTest extends TokenServiceTck {

  @Override
  protected TokenService open(String key, String issuer, String audience) {
    return new ToyTokenService(key, issuer, audience);
  }
}
