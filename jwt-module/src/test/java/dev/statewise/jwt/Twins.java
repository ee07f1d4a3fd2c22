package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.AUDIENCE;
import static dev.statewise.jwt.Forge.ISSUER;
import static dev.statewise.jwt.Forge.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import dev.statewise.spi.Verification;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One key, read by our own path, by the reference and by JJWT's parser, which must agree. */
final class Twins {

  final SigningKey key;
  final JwtTokenService ours;
  private final Reference reference;
  private final JwtParser jjwt;
  private final String header;

  Twins(SigningKey key) {
    this.key = key;
    this.ours = Forge.service(key);
    this.reference =
        new Reference(
            KeyRing.of(key), new SessionClaims(ISSUER, AUDIENCE), JwtTokenService.MAX_TOKEN_BYTES);
    this.jjwt =
        Jwts.parser()
            .keyLocator(any -> key.verifying().key())
            .clock(() -> Date.from(NOW))
            .clockSkewSeconds(1L << 40)
            .build();
    this.header = Header.of(key.verifying(), JwtTokenService.TYPE) + ".";
  }

  /** The verdict on a token, which is the same three times over. */
  Verification verify(String token) {
    Verification verdict = ours.verify(new Credential(token), NOW);
    Verification second = reference.verify(token, NOW);
    if (token.startsWith(header)) {
      assertSame(token, verdict, second);
    } else if (!(verdict instanceof Verification.Refused)) {
      throw new AssertionError("accepted without our header: " + printed(token));
    }
    return verdict;
  }

  Verification verifySigned(byte[] payload) {
    return verify(Forge.signedInput(key, header + Base64Url.encode(payload)).value());
  }

  private void assertSame(String token, Verification verdict, Verification second) {
    if (!verdict.equals(second) || !hasSameAttributes(verdict, second)) {
      throw new AssertionError(
          "ours: %s, reference: %s, of %s".formatted(verdict, second, printed(token)));
    }
    if (verdict instanceof Verification.Verified verified) {
      assertThat(ours.verify(new Credential(token), NOW)).as("seen before").isSameAs(verdict);
      assertJjwtReads(token, verified.session());
    }
  }

  /** In either order of asking, since ours are made when they are asked for. */
  private static boolean hasSameAttributes(Verification verdict, Verification second) {
    return !(verdict instanceof Verification.Verified one)
        || !(second instanceof Verification.Verified other)
        || (one.session().attributes().equals(other.session().attributes())
            && other.session().attributes().equals(one.session().attributes())
            && one.session().endAsRead().equals(other.session().endAsRead()));
  }

  private void assertJjwtReads(String token, Session session) {
    Claims claims = jjwt.parseSignedClaims(token).getPayload();
    boolean same =
        session.key().text().equals(claims.get("sid"))
            && session.subject().strip().equals(stripped(claims.getSubject()))
            && claims.get("ver", Long.class) == session.version()
            && claims.get("cat", Long.class) == session.createdAt().toEpochMilli()
            && claims.getExpiration().toInstant().equals(SessionClaims.expiry(session))
            && session.attributes().equals(attributes(claims));
    assertThat(same).as("JJWT reads the same of %s", token).isTrue();
  }

  /** JJWT takes white space off a subject, and a blank one for none. */
  private static String stripped(@Nullable String subject) {
    return subject == null ? "" : subject.strip();
  }

  private static Object attributes(Claims claims) {
    return claims.get("att") == null ? Map.of() : claims.get("att");
  }

  /** For the message of a failure: the token, and its payload as far as it is text. */
  private static String printed(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      return token
          + " = "
          + new String(Forge.decode(parts[parts.length > 1 ? 1 : 0]), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return token;
    }
  }
}
