package dev.statewise.jwt;

import dev.statewise.SessionPolicy;
import dev.statewise.spi.TokenService;
import dev.statewise.tck.TokenServiceTck;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The kit, with services whose ring was rotated while they were there. */
class FollowingServiceTest extends TokenServiceTck {

  private static final Map<String, KeyRing> RINGS = new ConcurrentHashMap<>();

  @Override
  protected TokenService open(String key, String issuer, String audience) {
    LiveKeyRing keys = LiveKeyRing.of(ring(key));
    TokenService service = JwtTokenService.following(keys, issuer, audience);
    keys.update(
        ring -> ring.rotated(Instant.now(), Duration.ofDays(9_999), SessionPolicy.defaults()));
    return service;
  }

  private static KeyRing ring(String key) {
    return RINGS.computeIfAbsent(
        key,
        any ->
            KeyRing.of(SigningKey.generateHs256("k1"))
                .withNext(SigningKey.generateHs256("n".repeat(KeyStrength.LONGEST_KID))));
  }
}
