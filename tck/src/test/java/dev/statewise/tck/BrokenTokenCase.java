package dev.statewise.tck;

import dev.statewise.spi.TokenService;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kit of a token service, on the service of a breaker. Run by the kit's own tests alone. */
@ExtendWith(BrokenCase.class)
class BrokenTokenCase extends TokenServiceTck {

  private final TokenWorld world;

  BrokenTokenCase(BrokenCase.World world) {
    this.world = world.as(TokenWorld.class);
  }

  @Override
  protected TokenService open(String key, String issuer, String audience) {
    return world.open(key, issuer, audience);
  }

  @Override
  protected int races() {
    return 4 * KitRun.RACES;
  }
}
