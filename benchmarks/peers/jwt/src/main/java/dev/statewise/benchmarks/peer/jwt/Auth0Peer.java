package dev.statewise.benchmarks.peer.jwt;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.statewise.benchmarks.peer.TokenClaims;
import dev.statewise.benchmarks.peer.TokenPeer;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;

/** Auth0's java-jwt, as its README verifies: one verifier that is built once. */
@SuppressWarnings("JavaUtilDate") // what this library speaks
final class Auth0Peer extends TokenPeer {

  private final Algorithm algorithm = Algorithm.HMAC256(newSecret());
  private final JWTVerifier verifier =
      JWT.require(algorithm)
          .withIssuer(TokenClaims.ISSUER)
          .withAudience(TokenClaims.AUDIENCE)
          .withClaimPresence("exp")
          .build();

  Auth0Peer(InstantSource clock) {
    super(clock);
  }

  @Override
  public String issue(TokenClaims claims) {
    return JWT.create()
        .withKeyId(TokenClaims.KID)
        .withIssuer(TokenClaims.ISSUER)
        .withAudience(TokenClaims.AUDIENCE)
        .withSubject(claims.sub())
        .withIssuedAt(new Date(claims.iat() * 1_000))
        .withExpiresAt(new Date(claims.exp() * 1_000))
        .withClaim("sid", claims.sid())
        .withClaim("ver", claims.ver())
        .withClaim("cat", claims.cat())
        .withClaim("idl", claims.idl())
        .withClaim("max", claims.max())
        .withClaim("att", claims.att())
        .sign(algorithm);
  }

  @Override
  protected Optional<TokenClaims> verified(String token) {
    try {
      DecodedJWT decoded = verifier.verify(token);
      return Optional.of(
          new TokenClaims(
              decoded.getClaim("sid").asString(),
              decoded.getClaim("ver").asLong(),
              decoded.getSubject(),
              decoded.getClaim("cat").asLong(),
              decoded.getIssuedAt().getTime() / 1_000,
              decoded.getClaim("idl").asLong(),
              decoded.getClaim("max").asLong(),
              decoded.getExpiresAt().getTime() / 1_000,
              texts(decoded.getClaim("att").asMap())));
    } catch (JWTVerificationException e) {
      return Optional.empty();
    }
  }
}
