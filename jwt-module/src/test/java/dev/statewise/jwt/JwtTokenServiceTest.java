package dev.statewise.jwt;

import dev.statewise.spi.TokenService;
import dev.statewise.tck.TokenServiceTck;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The kit, with each algorithm. */
@ParameterizedClass
@EnumSource(Algorithm.class)
class JwtTokenServiceTest extends TokenServiceTck {

  /** All under one kid: it must not be the kid that tells them apart. */
  private static final Map<String, KeyRing> RINGS = new ConcurrentHashMap<>();

  private final Algorithm algorithm;

  JwtTokenServiceTest(Algorithm algorithm) {
    this.algorithm = algorithm;
  }

  @Override
  protected TokenService open(String key, String issuer, String audience) {
    return JwtTokenService.of(ring(key), issuer, audience);
  }

  /** What they race for is the same code: fewer rounds where one takes milliseconds. */
  @Override
  protected int races() {
    boolean slow = algorithm.compareTo(Algorithm.HS512) > 0;
    return slow ? Math.min(super.races(), 100) : super.races();
  }

  private KeyRing ring(String key) {
    return RINGS.computeIfAbsent(
        algorithm + key, any -> KeyRing.of(SigningKey.generate("k1", algorithm)));
  }
}
