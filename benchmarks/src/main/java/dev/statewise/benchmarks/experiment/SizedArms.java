package dev.statewise.benchmarks.experiment;

import dev.statewise.StatelessSessions;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.peer.TokenClaims;
import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.SigningKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Tokens whose size is of interest and that are no arm of their own. */
public final class SizedArms {

  /** The algorithm that is offered first and no arm has. */
  public static final String PS256 = "jwt-ps256";

  /** An issuer and an audience of 20 characters together, and a key name of two. */
  public static final String AT_TARGET = "jwt-hs256-iss20";

  private static final String ISSUER_AT_TARGET = "https://a.example";

  private SizedArms() {}

  /** These arms, and after them the others. */
  public static List<Arm> and(List<Arm> arms) {
    return Stream.concat(
            arms.stream(),
            Stream.of(
                token(PS256, TokenClaims.ISSUER, () -> SigningKey.generatePs256(TokenClaims.KID)),
                token(
                    AT_TARGET, ISSUER_AT_TARGET, () -> SigningKey.generateHs256(TokenClaims.KID))))
        .toList();
  }

  private static Arm token(String name, String issuer, Supplier<SigningKey> key) {
    return new Arm(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        wiring ->
            stateless(
                JwtTokenService.of(KeyRing.of(key.get()), issuer, TokenClaims.AUDIENCE), wiring));
  }

  private static BuiltArm stateless(JwtTokenService tokens, Wiring wiring) {
    return new BuiltArm(
        StatelessSessions.over(tokens, wiring.policy()).withClock(wiring.clock()),
        BuiltArm.Resources.NONE);
  }
}
