package dev.statewise.tck;

import static java.util.Locale.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.spi.TokenService;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules T3: a genuine token of somebody else, or for something else, is not ours. */
abstract class StrangerRules extends TokenRules {

  StrangerRules(TokenServiceTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("T3.1 a token signed with another key MUST be refused as UNTRUSTED")
  void otherKey() {
    assertUntrusted(kit.open("theirs", ISSUER, AUDIENCE));
  }

  @Test
  @DisplayName("T3.2 a token of another issuer MUST be refused as UNTRUSTED")
  void otherIssuer() {
    for (String other : List.of("https://evil.example", ISSUER + "/", ISSUER.toUpperCase(ROOT))) {
      assertUntrusted(kit.open(KEY, other, AUDIENCE));
    }
  }

  @Test
  @DisplayName("T3.3 a token for another audience MUST be refused as UNTRUSTED")
  void otherAudience() {
    for (String other : List.of("https://other.example", AUDIENCE + "/", AUDIENCE + "x")) {
      assertUntrusted(kit.open(KEY, ISSUER, other));
    }
  }

  @Test
  @DisplayName("T3.4 a token of somebody else that is past its end MUST be refused, not expired")
  void strangerAndExpired() {
    Session session = Sample.session();

    for (TokenService stranger :
        List.of(
            kit.open("theirs", ISSUER, AUDIENCE),
            kit.open(KEY, "https://evil.example", AUDIENCE),
            kit.open(KEY, ISSUER, "https://other.example"))) {
      String token = stranger.issue(session).value();

      assertRefused(token, session.absoluteEnd(), "a stranger's token would end a session");
    }
  }

  private void assertUntrusted(TokenService stranger) {
    String token = stranger.issue(Sample.session()).value();

    assertEquals(
        Rejection.UNTRUSTED,
        assertRefused(token, "a token that is not for us was believed").reason(),
        "the reason");
  }
}
