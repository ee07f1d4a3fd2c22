package dev.statewise.tck;

import dev.statewise.spi.TokenService;
import java.util.function.UnaryOperator;

/** Where the kit gets its token services from. Healthy by itself. */
class TokenWorld {

  /** Makes a toy with these settings. */
  interface Toy {
    TokenService open(String key, String issuer, String audience);
  }

  private final Toy toy;

  TokenWorld(Toy toy) {
    this.toy = toy;
  }

  TokenWorld() {
    this(ToyTokenService::new);
  }

  TokenWorld(UnaryOperator<TokenService> breaking) {
    this((key, issuer, audience) -> breaking.apply(new ToyTokenService(key, issuer, audience)));
  }

  final TokenService open(String key, String issuer, String audience) {
    return toy.open(key, issuer, audience);
  }
}
