package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.claims;
import static dev.statewise.jwt.Forge.header;
import static dev.statewise.jwt.Forge.service;
import static dev.statewise.jwt.Forge.session;
import static dev.statewise.jwt.Forge.signed;
import static dev.statewise.jwt.Forge.utf8;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import dev.statewise.spi.Verification;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Texts that nobody thought of: thousands of each kind, the same in every run. */
class FuzzTest {

  private static final int ROUNDS = 3_000;
  private static final byte[] JSON = utf8("{}[]\",:\\0123456789eE+-.nultrfasive \t\n\u00e9\u0000");

  private final Random random = new Random(20_261_122);
  private final byte[] secret = secret();
  private final SigningKey key = SigningKey.hs256("k1", secret);
  private final JwtTokenService service = service(key);

  @Test
  @DisplayName("a token that was mangled MUST be refused and never throw")
  void mangledTokens() {
    String token = service.issue(session(Map.of("cart", "42"))).value();
    for (int i = 0; i < ROUNDS; i++) {
      String mangled = new String(mangle(utf8(token)), ISO_8859_1);
      if (!mangled.equals(token)) {
        assertThat(service.verify(new Credential(mangled), NOW))
            .as(mangled)
            .isInstanceOf(Verification.Refused.class);
      }
    }
  }

  @Test
  @DisplayName("a mangled header that is signed MUST be refused, or say what ours says")
  void mangledHeaders() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] mangled = mangle(utf8(header(key)));
      Credential token = signed(key, mangled, utf8(claims()));
      if (!(service.verify(token, NOW) instanceof Verification.Refused)) {
        assertThat(Vectors.JSON.createObjectNode().put("alg", "HS256").put("kid", "k1"))
            .isEqualTo(read(mangled).without("typ"));
        assertThat(read(mangled).get("typ").asText()).isEqualTo(JwtTokenService.TYPE);
      }
    }
  }

  @Test
  @DisplayName("mangled claims that are signed MUST be refused, or be what JJWT reads in them")
  void mangledClaims() {
    JwtParser jjwt =
        Jwts.parser()
            .verifyWith(new SecretKeySpec(secret, "HmacSHA256"))
            .clock(() -> Date.from(NOW))
            .build();
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Credential token = signed(key, utf8(header(key)), mangle(utf8(claims())));
      if (service.verify(token, NOW) instanceof Verification.Verified verified) {
        Session session = verified.session();
        Claims claims = jjwt.parseSignedClaims(token.value()).getPayload();
        assertThat(claims.get("sid")).isEqualTo(session.key().text());
        assertThat(claims.getSubject()).isEqualTo(session.subject());
        assertThat(claims.get("ver", Long.class)).isEqualTo(session.version());
        assertThat(claims.get("cat", Long.class)).isEqualTo(session.createdAt().toEpochMilli());
        assertThat(claims.getExpiration()).isEqualTo(Date.from(SessionClaims.expiry(session)));
        assertThat(claims.get("att")).isEqualTo(session.attributes());
        accepted++;
      }
    }

    assertThat(accepted).as("of %d, some change only a name", ROUNDS).isPositive();
  }

  /** One to three small changes. */
  private byte[] mangle(byte[] text) {
    byte[] mangled = text;
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      mangled = changed(mangled, random.nextInt(mangled.length));
    }
    return mangled;
  }

  private byte[] changed(byte[] text, int at) {
    byte any = random.nextBoolean() ? JSON[random.nextInt(JSON.length)] : (byte) random.nextInt();
    int to = Math.min(text.length, at + 1 + random.nextInt(8));
    return switch (random.nextInt(4)) {
      case 0 -> spliced(text, at, new byte[] {any}, at + 1);
      case 1 -> spliced(text, at, new byte[] {any}, at);
      case 2 -> spliced(text, at, new byte[0], to);
      default -> spliced(text, at, Arrays.copyOfRange(text, at, to), at);
    };
  }

  private static byte[] spliced(byte[] text, int at, byte[] middle, int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(text, 0, at);
    out.writeBytes(middle);
    out.write(text, from, text.length - from);
    return out.size() == 0 ? text : out.toByteArray();
  }

  private static ObjectNode read(byte[] json) {
    try {
      return (ObjectNode) Vectors.JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] secret() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }
}
