package dev.statewise.benchmarks.peer.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.statewise.benchmarks.peer.TokenClaims;
import dev.statewise.benchmarks.peer.TokenPeer;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nimbus, as its documentation validates access tokens: one processor with a claims verifier. */
@SuppressWarnings("JavaUtilDate") // what this library speaks
final class NimbusPeer extends TokenPeer {

  private static final JWSHeader HEADER =
      new JWSHeader.Builder(JWSAlgorithm.HS256)
          .keyID(TokenClaims.KID)
          .type(JOSEObjectType.JWT)
          .build();

  private final JWSSigner signer;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  NimbusPeer(InstantSource clock) {
    super(clock);
    byte[] secret = newSecret();
    try {
      this.signer = new MACSigner(secret);
    } catch (JOSEException e) {
      throw new IllegalStateException("Nimbus takes no secret of 32 bytes.", e);
    }
    JWK key =
        new OctetSequenceKey.Builder(secret)
            .keyID(TokenClaims.KID)
            .algorithm(JWSAlgorithm.HS256)
            .build();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.HS256, new ImmutableJWKSet<>(new JWKSet(key))));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            TokenClaims.AUDIENCE,
            new JWTClaimsSet.Builder().issuer(TokenClaims.ISSUER).build(),
            Set.of("exp", "sub", "sid")));
  }

  @Override
  public String issue(TokenClaims claims) {
    SignedJWT token =
        new SignedJWT(
            HEADER,
            new JWTClaimsSet.Builder()
                .issuer(TokenClaims.ISSUER)
                .audience(TokenClaims.AUDIENCE)
                .subject(claims.sub())
                .issueTime(new Date(claims.iat() * 1_000))
                .expirationTime(new Date(claims.exp() * 1_000))
                .claim("sid", claims.sid())
                .claim("ver", claims.ver())
                .claim("cat", claims.cat())
                .claim("idl", claims.idl())
                .claim("max", claims.max())
                .claim("att", claims.att())
                .build());
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("Nimbus does not sign.", e);
    }
    return token.serialize();
  }

  @Override
  protected Optional<TokenClaims> verified(String token) {
    try {
      JWTClaimsSet claims = processor.process(token, null);
      Map<String, Object> attributes = claims.getJSONObjectClaim("att");
      return Optional.of(
          new TokenClaims(
              claims.getStringClaim("sid"),
              claims.getLongClaim("ver"),
              claims.getSubject(),
              claims.getLongClaim("cat"),
              claims.getIssueTime().getTime() / 1_000,
              claims.getLongClaim("idl"),
              claims.getLongClaim("max"),
              claims.getExpirationTime().getTime() / 1_000,
              texts(attributes)));
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return Optional.empty();
    }
  }
}
