package dev.statewise.benchmarks.peer.jwt;

import dev.statewise.benchmarks.peer.TokenClaims;
import dev.statewise.benchmarks.peer.TokenPeer;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;

/** JJWT, as its README verifies: one parser with a key and required claims. */
@SuppressWarnings("JavaUtilDate") // what this library speaks
class JjwtPeer extends TokenPeer {

  private final SecretKey key = Keys.hmacShaKeyFor(newSecret());
  private final JwtParser parser =
      Jwts.parser()
          .verifyWith(key)
          .requireIssuer(TokenClaims.ISSUER)
          .requireAudience(TokenClaims.AUDIENCE)
          .build();

  /** JJWT looks for its parts by the thread's class loader, once: while that is this peer's. */
  JjwtPeer(InstantSource clock) {
    super(clock);
    parser.parse(issue(newClaims("nobody", Map.of())));
  }

  @Override
  public final String issue(TokenClaims claims) {
    return Jwts.builder()
        .header()
        .keyId(TokenClaims.KID)
        .type("JWT")
        .and()
        .issuer(TokenClaims.ISSUER)
        .audience()
        .add(TokenClaims.AUDIENCE)
        .and()
        .subject(claims.sub())
        .issuedAt(new Date(claims.iat() * 1_000))
        .expiration(new Date(claims.exp() * 1_000))
        .claim("sid", claims.sid())
        .claim("ver", claims.ver())
        .claim("cat", claims.cat())
        .claim("idl", claims.idl())
        .claim("max", claims.max())
        .claim("att", claims.att())
        .signWith(key, Jwts.SIG.HS256)
        .compact();
  }

  @Override
  protected Optional<TokenClaims> verified(String token) {
    try {
      Claims claims = parser.parseSignedClaims(token).getPayload();
      return Optional.of(
          new TokenClaims(
              claims.get("sid", String.class),
              claims.get("ver", Long.class),
              claims.getSubject(),
              claims.get("cat", Long.class),
              claims.getIssuedAt().getTime() / 1_000,
              claims.get("idl", Long.class),
              claims.get("max", Long.class),
              claims.getExpiration().getTime() / 1_000,
              texts(claims.get("att", Map.class))));
    } catch (JwtException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
