package dev.statewise.jwt;

import dev.statewise.spi.TokenService;
import dev.statewise.tck.TokenServiceTck;

class Hs256JwtTokenServiceTest extends TokenServiceTck {

  private static final NamedKeys KEYS = new NamedKeys(SigningKey::generateHs256);

  @Override
  protected TokenService open(String key, String issuer, String audience) {
    return JwtTokenService.of(KEYS.ring(key), issuer, audience);
  }
}
