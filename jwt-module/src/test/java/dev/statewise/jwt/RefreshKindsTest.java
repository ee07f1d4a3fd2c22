package dev.statewise.jwt;

import static dev.statewise.jwt.RefreshWorld.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Rejection;
import dev.statewise.session.Validation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A session id, a signed token and a refresh token")
class RefreshKindsTest {

  private final RefreshWorld world = new RefreshWorld();
  private final RefreshGrant grant = world.open();
  private final StatefulSessions stateful =
      StatefulSessions.over(CaffeineSessionStore.create(), SessionPolicy.defaults());
  private final Credential sessionId = stateful.open("alice", Map.of()).grantOrThrow().credential();

  @Test
  @DisplayName("an access token or a session id as refresh token MUST be MALFORMED")
  void asRefreshToken() {
    assertThat(world.present(grant.access().credential())).isEqualTo(rejected(Rejection.MALFORMED));
    assertThat(world.present(sessionId)).isEqualTo(rejected(Rejection.MALFORMED));
    assertThat(world.present(grant.refresh())).isInstanceOf(Redemption.Redeemed.class);
  }

  @Test
  @DisplayName("a refresh token or a session id as access token MUST be MALFORMED")
  void asAccessToken() {
    assertThat(world.sessions.validate(grant.refresh()))
        .isEqualTo(new Validation.Rejected(Rejection.MALFORMED));
    assertThat(world.sessions.validate(sessionId))
        .isEqualTo(new Validation.Rejected(Rejection.MALFORMED));
  }

  @Test
  @DisplayName("a refresh token or an access token as session id MUST be MALFORMED")
  void asSessionId() {
    assertThat(stateful.validate(grant.refresh()))
        .isEqualTo(new Validation.Rejected(Rejection.MALFORMED));
    assertThat(stateful.validate(grant.access().credential()))
        .isEqualTo(new Validation.Rejected(Rejection.MALFORMED));
  }

  @Test
  @DisplayName("nothing at all MUST be MISSING")
  void missing() {
    assertThat(world.present(Credential.of(""))).isEqualTo(rejected(Rejection.MISSING));
    assertThat(world.refresh.redeem(null, RefreshWorld.STATE))
        .isEqualTo(rejected(Rejection.MISSING));
    assertThat(world.refresh.end((Credential) null))
        .isEqualTo(new Ending.Ended(false, Duration.ZERO));
  }

  @Test
  @DisplayName("a token with one character more, less or of another alphabet MUST be MALFORMED")
  void malformed() {
    String text = grant.refresh().value();
    assertThat(text).hasSize(66).startsWith("r.");

    assertThat(RefreshToken.parse(text + "A")).isEmpty();
    assertThat(RefreshToken.parse(text.substring(0, 65))).isEmpty();
    assertThat(RefreshToken.parse(" " + text.substring(1))).isEmpty();
    assertThat(RefreshToken.parse("x".repeat(1 << 20))).isEmpty();
    assertThat(IntStream.range(0, text.length()))
        .allSatisfy(
            i -> {
              for (char wrong : new char[] {'=', '+', ' ', '\n', '\u0000', 'é', '٣'}) {
                assertThat(RefreshToken.parse(changed(text, i, wrong))).isEmpty();
              }
            });
  }

  @Test
  @DisplayName("whichever character of a token is changed, it MUST bring nothing")
  void changedCharacter() {
    String text = grant.refresh().value();
    for (int i = 2; i < text.length(); i++) {
      if (i != 17) {
        RefreshWorld other = new RefreshWorld();
        String token = other.open().refresh().value();
        String changed = changed(token, i, token.charAt(i) == 'A' ? 'B' : 'A');
        assertThat(other.present(Credential.of(changed)))
            .isNotInstanceOf(Redemption.Redeemed.class);
      }
    }
  }

  @Test
  @DisplayName("a refresh token and what brings it MUST NOT be printed")
  void notPrinted() {
    String secret = grant.refresh().value().substring(18);
    Optional<RefreshToken> parsed = RefreshToken.parse(grant.refresh().value());
    RefreshKeys keys = RefreshKeys.generate("2026-11");

    assertThat(parsed).isPresent();
    for (Object printed :
        new Object[] {grant, grant.refresh(), parsed.get(), world.present(grant.refresh()), keys}) {
      assertThat(printed.toString())
          .doesNotContain(secret.substring(0, 24))
          .doesNotContain(secret.substring(24));
    }
    assertThat(keys.toString()).isEqualTo("RefreshKeys[2026-11 of [2026-11], redacted]");
  }

  private static String changed(String text, int at, char to) {
    return text.substring(0, at) + to + text.substring(at + 1);
  }
}
