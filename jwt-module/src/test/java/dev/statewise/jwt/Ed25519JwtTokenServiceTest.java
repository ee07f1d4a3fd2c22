package dev.statewise.jwt;

import dev.statewise.spi.TokenService;
import dev.statewise.tck.TokenServiceTck;

class Ed25519JwtTokenServiceTest extends TokenServiceTck {

  private static final NamedKeys KEYS = new NamedKeys(SigningKey::generateEd25519);

  @Override
  protected TokenService open(String key, String issuer, String audience) {
    return JwtTokenService.of(KEYS.ring(key), issuer, audience);
  }
}
