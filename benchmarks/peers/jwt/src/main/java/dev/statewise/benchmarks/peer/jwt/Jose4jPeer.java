package dev.statewise.benchmarks.peer.jwt;

import dev.statewise.benchmarks.peer.TokenClaims;
import dev.statewise.benchmarks.peer.TokenPeer;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** jose4j, as its examples consume a token: one consumer with what it requires. */
final class Jose4jPeer extends TokenPeer {

  private final HmacKey key = new HmacKey(newSecret());
  private final JwtConsumer consumer =
      new JwtConsumerBuilder()
          .setRequireExpirationTime()
          .setRequireSubject()
          .setExpectedIssuer(TokenClaims.ISSUER)
          .setExpectedAudience(TokenClaims.AUDIENCE)
          .setVerificationKey(key)
          .setJwsAlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
          .build();

  Jose4jPeer(InstantSource clock) {
    super(clock);
  }

  @Override
  public String issue(TokenClaims claims) {
    JwtClaims said = new JwtClaims();
    said.setIssuer(TokenClaims.ISSUER);
    said.setAudience(TokenClaims.AUDIENCE);
    said.setSubject(claims.sub());
    said.setIssuedAt(NumericDate.fromSeconds(claims.iat()));
    said.setExpirationTime(NumericDate.fromSeconds(claims.exp()));
    said.setClaim("sid", claims.sid());
    said.setClaim("ver", claims.ver());
    said.setClaim("cat", claims.cat());
    said.setClaim("idl", claims.idl());
    said.setClaim("max", claims.max());
    said.setClaim("att", claims.att());
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(said.toJson());
    token.setKey(key);
    token.setKeyIdHeaderValue(TokenClaims.KID);
    token.setHeader("typ", "JWT");
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    try {
      return token.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("jose4j does not sign.", e);
    }
  }

  @Override
  protected Optional<TokenClaims> verified(String token) {
    try {
      JwtClaims claims = consumer.processToClaims(token);
      return Optional.of(
          new TokenClaims(
              claims.getClaimValue("sid", String.class),
              claims.getClaimValue("ver", Long.class),
              claims.getSubject(),
              claims.getClaimValue("cat", Long.class),
              claims.getIssuedAt().getValue(),
              claims.getClaimValue("idl", Long.class),
              claims.getClaimValue("max", Long.class),
              claims.getExpirationTime().getValue(),
              texts(claims.getClaimValue("att", Map.class))));
    } catch (InvalidJwtException | MalformedClaimException e) {
      return Optional.empty();
    }
  }
}
