package dev.statewise.benchmarks.peer.jwt;

import dev.statewise.benchmarks.peer.TokenClaims;
import dev.statewise.benchmarks.peer.TokenPeer;
import io.fusionauth.jwt.JWTDecoder;
import io.fusionauth.jwt.JWTException;
import io.fusionauth.jwt.Signer;
import io.fusionauth.jwt.Verifier;
import io.fusionauth.jwt.domain.JWT;
import io.fusionauth.jwt.hmac.HMACSigner;
import io.fusionauth.jwt.hmac.HMACVerifier;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** FusionAuth's JWT, as its README decodes; issuer and audience it leaves to the caller. */
final class FusionAuthPeer extends TokenPeer {

  private final Signer signer;
  private final Verifier verifier;
  private final JWTDecoder decoder = JWT.getDecoder();

  FusionAuthPeer(InstantSource clock) {
    super(clock);
    byte[] secret = newSecret();
    this.signer = HMACSigner.newSHA256Signer(secret, TokenClaims.KID);
    this.verifier = HMACVerifier.newVerifier(secret);
  }

  @Override
  public String issue(TokenClaims claims) {
    JWT token =
        new JWT()
            .setIssuer(TokenClaims.ISSUER)
            .setAudience(TokenClaims.AUDIENCE)
            .setSubject(claims.sub())
            .setIssuedAt(at(claims.iat()))
            .setExpiration(at(claims.exp()))
            .addClaim("sid", claims.sid())
            .addClaim("ver", claims.ver())
            .addClaim("cat", claims.cat())
            .addClaim("idl", claims.idl())
            .addClaim("max", claims.max())
            .addClaim("att", claims.att());
    return JWT.getEncoder().encode(token, signer);
  }

  @Override
  protected Optional<TokenClaims> verified(String token) {
    try {
      JWT decoded = decoder.decode(token, verifier);
      return isOurs(decoded) ? Optional.of(claims(decoded)) : Optional.empty();
    } catch (JWTException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isOurs(JWT token) {
    return TokenClaims.ISSUER.equals(token.issuer)
        && TokenClaims.AUDIENCE.equals(token.audience)
        && token.expiration != null;
  }

  private static TokenClaims claims(JWT token) {
    return new TokenClaims(
        token.getString("sid"),
        token.getLong("ver"),
        token.subject,
        token.getLong("cat"),
        token.issuedAt.toEpochSecond(),
        token.getLong("idl"),
        token.getLong("max"),
        token.expiration.toEpochSecond(),
        texts(token.getMap("att")));
  }

  private static ZonedDateTime at(long second) {
    return ZonedDateTime.ofInstant(Instant.ofEpochSecond(second), ZoneOffset.UTC);
  }
}
