package dev.statewise.jwt;

import static dev.statewise.jwt.ExternalForge.AUDIENCE;
import static dev.statewise.jwt.ExternalForge.ISSUER;
import static dev.statewise.jwt.ExternalForge.NOW;
import static dev.statewise.jwt.ExternalForge.RSA;
import static dev.statewise.jwt.ExternalForge.claims;
import static dev.statewise.jwt.ExternalForge.header;
import static dev.statewise.jwt.ExternalForge.issuer;
import static dev.statewise.jwt.ExternalForge.sessions;
import static dev.statewise.jwt.ExternalForge.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.memory.InMemoryRevocationList;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.NotKept;
import dev.statewise.session.Rejection;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ListTraits;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.StoreUnavailableException;
import io.jsonwebtoken.Jwts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Sessions that begin at another issuer")
class ExternalSessionsTest {

  private static final Instant ISSUED = Instant.parse("2026-11-26T12:00:00Z");

  private Instant now = NOW;
  private final InMemoryRevocationList list = InMemoryRevocationList.create(() -> now);
  private final ExternalSessions sessions =
      ExternalSessions.of(
              issuer(RSA)
                  .sessionLifetime(Duration.ofHours(24))
                  .maxTokenLife(Duration.ofMinutes(10))
                  .build())
          .withRefusals(list)
          .withClock(() -> now);

  @Test
  @DisplayName("a verified token MUST become the session that is documented")
  void mapping() {
    Session session = accepted(token(claims()));

    assertThat(session)
        .isEqualTo(
            Session.restore(
                session.key(),
                "user-1",
                SecretHash.NONE,
                1,
                ISSUED.minus(Duration.ofHours(1)),
                ISSUED,
                Duration.ofMinutes(5),
                ISSUED.plus(Duration.ofMinutes(5)),
                Map.of()));
    assertThat(session.end()).isEqualTo(ISSUED.plus(Duration.ofMinutes(5)));
  }

  @Test
  @DisplayName("what is accepted MUST be read alike by JJWT's own parser")
  void heldToJjwt() {
    Credential token = token(claims());
    Session session = accepted(token);
    var read =
        Jwts.parser()
            .keyLocator(any -> RSA.verifying().key())
            .clock(() -> Date.from(NOW))
            .requireIssuer(ISSUER)
            .requireAudience(AUDIENCE)
            .build()
            .parseSignedClaims(token.value())
            .getPayload();

    assertThat(read.getSubject()).isEqualTo(session.subject());
    assertThat(read.getExpiration().toInstant()).isEqualTo(session.end());
    assertThat(read.getIssuedAt().toInstant()).isEqualTo(session.lastSeen());
  }

  @Test
  @DisplayName("all tokens of a sid MUST have one session key; another sid or issuer another")
  void sessionKey() {
    SessionKey key = accepted(token(claims())).key();

    assertThat(accepted(token(claims().replace("t-1", "t-2"))).key()).isEqualTo(key);
    assertThat(accepted(token(claims().replace("s-1", "s-2"))).key()).isNotEqualTo(key);
    String elsewhere = "https://idp.example/realms/shop2";
    Session other =
        ExternalSessions.of(
                ExternalIssuer.builder(elsewhere, AUDIENCE, IssuerKeys.of(RSA.verifying())).build())
            .withClock(() -> NOW)
            .validate(token(claims().replace(ISSUER, elsewhere)))
            .acceptedOrThrow()
            .session();
    assertThat(other.key()).isNotEqualTo(key);
  }

  @Test
  @DisplayName("a token without sid MUST be a session of its own, named by its jti")
  void withoutSession() {
    String alone = claims().replace("\"sid\":\"s-1\",", "");
    SessionKey key = accepted(token(alone)).key();

    assertThat(accepted(token(alone.replace("t-1", "t-2"))).key()).isNotEqualTo(key);
    assertThat(accepted(token(alone.replace("t-1", "s-1"))).key())
        .as("a jti is no sid")
        .isNotEqualTo(accepted(token(claims())).key());
    assertThat(rejection(token(alone.replace("\"jti\":\"t-1\",", ""))))
        .as("what cannot be named cannot be ended")
        .isEqualTo(Rejection.UNTRUSTED);
  }

  @Test
  @DisplayName("other names of session and token MUST be taken where they are set")
  void namesOfClaims() {
    ExternalSessions entra =
        sessions(
            issuer(RSA)
                .sessionClaim("session")
                .tokenClaim("uti")
                .maxTokenLife(Duration.ofHours(1)));

    assertThat(entra.validate(token(claims())))
        .isEqualTo(new Validation.Rejected(Rejection.UNTRUSTED));
    assertThat(entra.validate(token(claims().replace("jti", "uti"))))
        .isInstanceOf(Validation.Accepted.class);
    assertThat(entra.validate(token(claims().replace("sid", "session"))))
        .isInstanceOf(Validation.Accepted.class);
  }

  @Test
  @DisplayName("attributes MUST be what the issuer's function makes of the claims")
  void attributes() {
    ExternalSessions withRoles =
        sessions(
            issuer(RSA)
                .attributes(
                    claims ->
                        Map.of(
                            "roles",
                            String.join(
                                " ", claims.object("realm_access").orElseThrow().texts("roles")),
                            "azp",
                            claims.text("azp").orElse(""),
                            "scope",
                            claims.texts("scope").toString(),
                            "none",
                            claims.text("score").orElse("no text")
                                + claims.number("score").isPresent()
                                + claims.texts("aud").size()
                                + claims.has("nothing"))));

    assertThat(withRoles.validate(token(claims())).acceptedOrThrow().session().attributes())
        .isEqualTo(
            Map.of(
                "roles", "admin staff",
                "azp", "web",
                "scope", "[openid email]",
                "none", "no textfalse2true"));
  }

  @Test
  @DisplayName("attributes that cannot be made MUST refuse the token and never throw")
  void attributesThatFail() {
    ExternalSessions throwing =
        sessions(
            issuer(RSA).attributes(claims -> Map.of("x", claims.text("missing").orElseThrow())));
    ExternalSessions impossible = sessions(issuer(RSA).attributes(claims -> Map.of("x", "\0")));

    assertThat(throwing.validate(token(claims())))
        .isEqualTo(new Validation.Rejected(Rejection.UNTRUSTED));
    assertThat(impossible.validate(token(claims())))
        .isEqualTo(new Validation.Rejected(Rejection.UNTRUSTED));
  }

  @Test
  @DisplayName("a token MUST be dead at its exp, without any leeway, and alive before")
  void expiry() {
    Credential token = token(claims());
    now = ISSUED.plus(Duration.ofMinutes(5)).minusMillis(1);
    assertThat(sessions.validate(token)).isInstanceOf(Validation.Accepted.class);

    now = now.plusMillis(1);
    assertThat(rejection(token)).isEqualTo(Rejection.EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iat", "nbf"})
  @DisplayName("a token from the future MUST be accepted within the clock skew and not beyond")
  void early(String claim) {
    String at = "\"%s\":%d".formatted(claim, ISSUED.getEpochSecond() + 30);
    String claims =
        claim.equals("iat")
            ? claims().replace("\"iat\":1795694400", at)
            : claims().replace("\"iat\"", at + ",\"iat\"");
    now = ISSUED;
    assertThat(sessions.validate(token(claims))).isInstanceOf(Validation.Accepted.class);

    now = ISSUED.minusMillis(1);
    assertThat(rejection(token(claims))).isEqualTo(Rejection.UNTRUSTED);
  }

  @Test
  @DisplayName("a token that lives longer than it may MUST be refused")
  void tooLong() {
    assertThat(
            sessions.validate(
                token(claims().replace("1795694700", "" + (ISSUED.getEpochSecond() + 600)))))
        .isInstanceOf(Validation.Accepted.class);
    assertThat(
            rejection(token(claims().replace("1795694700", "" + (ISSUED.getEpochSecond() + 601)))))
        .isEqualTo(Rejection.UNTRUSTED);
  }

  @Test
  @DisplayName("each kind of token MUST be accepted where it belongs and nowhere else")
  void kinds() {
    String[] kinds = {"at+jwt", "JWT", "logout+jwt"};
    for (String wanted : kinds) {
      for (String said : kinds) {
        ExternalSessions one =
            sessions(wanted.equals("JWT") ? issuer(RSA) : issuer(RSA).type(wanted));
        for (String spelt :
            new String[] {said, "application/" + said, said.toUpperCase(java.util.Locale.ROOT)}) {
          Credential token = Forge.signed(RSA, header(RSA).replace("JWT", spelt), claims());
          assertThat(one.validate(token).accepted().isPresent())
              .as("%s where %s belongs", spelt, wanted)
              .isEqualTo(wanted.equals(said));
        }
      }
    }
    Credential without = Forge.signed(RSA, header(RSA).replace("\"typ\":\"JWT\",", ""), claims());
    assertThat(sessions(issuer(RSA)).validate(without)).isInstanceOf(Validation.Accepted.class);
    assertThat(sessions(issuer(RSA).type("at+jwt")).validate(without))
        .isEqualTo(new Validation.Rejected(Rejection.UNTRUSTED));
  }

  @Test
  @DisplayName("an ended session MUST be refused with every token it has, and no other session")
  void ended() {
    Credential token = token(claims());
    Credential second = token(claims().replace("t-1", "t-2"));
    Credential other = token(claims().replace("s-1", "s-2"));

    assertThat(sessions.end(token)).isEqualTo(new Ending.Ended(true, Duration.ZERO));

    assertThat(rejection(token)).isEqualTo(Rejection.REVOKED);
    assertThat(rejection(second)).isEqualTo(Rejection.REVOKED);
    assertThat(sessions.validate(other)).isInstanceOf(Validation.Accepted.class);
    assertThat(sessions.end(second)).isEqualTo(new Ending.Ended(false, Duration.ZERO));
  }

  @Test
  @DisplayName("an ended session MUST stay ended for tokens that its issuer signs afterwards")
  void staysEnded() {
    sessions.end(token(claims()));

    for (int minutes = 1; minutes < 24 * 60; minutes += 7) {
      now = ISSUED.plus(Duration.ofMinutes(minutes));
      list.refuseBelow(new SessionKey("other-session__"), 1, now);
      assertThat(rejection(token(issuedAt(now)))).isEqualTo(Rejection.REVOKED);
    }
  }

  @Test
  @DisplayName("an expired token MUST still end its session, and a forged one MUST NOT")
  void endedByExpired() {
    Credential token = token(claims());
    Credential forged =
        new Credential(token.value().substring(0, token.value().length() - 8) + "AAAAAAAA");
    assertThat(sessions.end(forged)).isEqualTo(new Ending.Ended(false, Duration.ZERO));
    assertThat(sessions.end(Credential.of(null))).isEqualTo(new Ending.Ended(false, Duration.ZERO));
    assertThat(sessions.validate(token)).isInstanceOf(Validation.Accepted.class);

    now = ISSUED.plus(Duration.ofHours(1));
    assertThat(sessions.end(token)).isEqualTo(new Ending.Ended(true, Duration.ZERO));
    assertThat(rejection(token(issuedAt(now)))).isEqualTo(Rejection.REVOKED);
  }

  @Test
  @DisplayName("a session that was validated MUST be ended by an administrator too")
  void endedByAdministrator() {
    Session session = accepted(token(claims()));

    assertThat(sessions.end(session)).isEqualTo(new Ending.Ended(true, Duration.ZERO));
    assertThat(rejection(token(claims()))).isEqualTo(Rejection.REVOKED);
  }

  @Test
  @DisplayName("endAll MUST refuse what a subject began before, and nothing it begins afterwards")
  void endAll() {
    assertThat(sessions.endAll("user-1")).isEqualTo(new Ending.Ended(true, Duration.ZERO));

    assertThat(rejection(token(claims()))).isEqualTo(Rejection.REVOKED);
    assertThat(sessions.validate(token(claims().replace("user-1", "user-2"))))
        .isInstanceOf(Validation.Accepted.class);
    now = ISSUED.plus(Duration.ofHours(20));
    assertThat(rejection(token(issuedAt(now))))
        .as("a new token of an old login")
        .isEqualTo(Rejection.REVOKED);
    String loggedInAgain =
        issuedAt(now).replace("\"auth_time\":1795690800", "\"auth_time\":" + now.getEpochSecond());
    assertThat(sessions.validate(token(loggedInAgain))).isInstanceOf(Validation.Accepted.class);
    assertThatThrownBy(() -> sessions.endAll(" ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("a token that endAll refused MUST NOT end the session that its user began again")
  void oldTokenEndsNothing() {
    Credential stolen = token(claims());
    SessionKey before = accepted(stolen).key();
    sessions.endAll("user-1");
    now = NOW.plus(Duration.ofMinutes(2));
    Credential loggedInAgain =
        token(
            issuedAt(now)
                .replace("\"auth_time\":1795690800", "\"auth_time\":" + now.getEpochSecond()));
    assertThat(accepted(loggedInAgain).key()).as("the same sid").isEqualTo(before);

    assertThat(sessions.end(stolen)).isEqualTo(new Ending.Ended(false, Duration.ZERO));
    assertThat(sessions.withRefusals(new UnconfirmedList(list)).end(stolen))
        .as("a list that waits for replicas: it is the subject that was refused, not the session")
        .isEqualTo(new Ending.Ended(false, Duration.ZERO));

    assertThat(sessions.validate(loggedInAgain)).isInstanceOf(Validation.Accepted.class);
  }

  @Test
  @DisplayName("an ending that replicas did not acknowledge MUST be tried again when asked for")
  void unconfirmedIsTriedAgain() {
    UnconfirmedList unconfirmed = new UnconfirmedList(list);
    ExternalSessions waiting = sessions.withRefusals(unconfirmed);
    Credential token = token(claims());

    assertThat(waiting.end(token)).isInstanceOf(Ending.Unconfirmed.class);
    assertThat(waiting.end(token)).isInstanceOf(Ending.Unconfirmed.class);
    assertThat(unconfirmed.asked).isEqualTo(2);
  }

  @Test
  @DisplayName("a refusal MUST be kept for twice the clock skew longer than a session lives")
  void keptWithSkew() {
    sessions.end(token(claims()));
    now = NOW.plus(Duration.ofHours(24)).plusSeconds(59);
    list.refuseBelow(new SessionKey("other-session__"), 1, now);

    assertThat(rejection(token(issuedAt(now)))).isEqualTo(Rejection.REVOKED);
  }

  @Test
  @DisplayName("without a list nothing MUST be said to be ended")
  void withoutList() {
    ExternalSessions alone = sessions(issuer(RSA));
    Session session = accepted(token(claims()));

    assertThat(alone.end(token(claims())))
        .isInstanceOfSatisfying(
            NotKept.class,
            notKept ->
                assertThat(notKept.refusedWithin())
                    .isEqualTo(Duration.between(NOW, session.end())));
    assertThat(alone.end(session)).isInstanceOf(NotKept.class);
    assertThat(alone.endAll("user-1")).isInstanceOf(NotKept.class);
  }

  @Test
  @DisplayName("a key source that is down MUST make every answer Unavailable, never a rejection")
  void keysAreDown() {
    try (KeyServer server = new KeyServer("down");
        RemoteKeySet keys =
            RemoteKeySet.at(server.address(), Algorithm.RS256)
                .fetchWithin(Duration.ofSeconds(20))
                .waitAtMost(Duration.ofSeconds(10))
                .open()) {
      server.status = 503;
      ExternalSessions remote =
          ExternalSessions.of(ExternalIssuer.builder(ISSUER, AUDIENCE, keys).build())
              .withRefusals(list)
              .withClock(() -> now);

      assertThat(remote.validate(token(claims())))
          .isInstanceOfSatisfying(
              Unavailable.class,
              unavailable -> assertThat(unavailable.dependency()).isEqualTo("issuer's keys"));
      assertThat(remote.end(token(claims()))).isInstanceOf(Unavailable.class);

      server.status = 200;
      server.body = Jwks.set(Jwks.of(RSA));
      now = NOW.plusSeconds(10);
      assertThat(remote.validate(token(claims()))).isInstanceOf(Validation.Accepted.class);
    }
  }

  @Test
  @DisplayName("10,000 tokens with unknown names MUST cost an issuer one request an interval")
  void floodOfTokens() {
    try (KeyServer server = new KeyServer(Jwks.set(Jwks.of(RSA)));
        RemoteKeySet keys =
            RemoteKeySet.at(server.address(), Algorithm.RS256)
                .fetchWithin(Duration.ofSeconds(20))
                .waitAtMost(Duration.ofSeconds(10))
                .open()) {
      ExternalSessions remote =
          ExternalSessions.of(ExternalIssuer.builder(ISSUER, AUDIENCE, keys).build())
              .withClock(() -> now);
      assertThat(remote.validate(token(claims()))).isInstanceOf(Validation.Accepted.class);
      String payload = Base64Url.encode(Forge.utf8(claims()));

      now = NOW.plusSeconds(60);
      for (int i = 0; i < 10_000; i++) {
        String header = Base64Url.encode(Forge.utf8(header(RSA).replace("idp-2026", "k" + i)));
        assertThat(remote.validate(new Credential(header + "." + payload + ".AAAA")))
            .isEqualTo(new Validation.Rejected(Rejection.UNTRUSTED));
      }
      assertThat(server.requests).hasValue(2);
      // Nor do tokens that cannot be of the issuer ask for its keys.
      now = NOW.plusSeconds(120);
      for (String header :
          List.of(
              header(RSA).replace("idp-2026", "x").replace("RS256", "ES256"),
              header(RSA).replace("idp-2026", "x").replace("JWT", "dpop+jwt"))) {
        remote.validate(
            new Credential(Base64Url.encode(Forge.utf8(header)) + "." + payload + ".AAAA"));
      }
      assertThat(server.requests).hasValue(2);
      assertThat(remote.validate(token(claims()))).isInstanceOf(Validation.Accepted.class);
    }
  }

  @Test
  @DisplayName("a list that is down MUST make every answer Unavailable")
  void listIsDown() {
    ExternalSessions down = sessions.withRefusals(new DownList());

    assertThat(down.validate(token(claims()))).isInstanceOf(Unavailable.class);
    assertThat(down.end(token(claims()))).isInstanceOf(Unavailable.class);
    assertThat(down.endAll("user-1")).isInstanceOf(Unavailable.class);
    assertThat(down.validate(token(claims() + "x")))
        .as("a bad token is rejected before the list is asked")
        .isInstanceOf(Validation.Rejected.class);
  }

  @Test
  @DisplayName("a refusal MUST be told to the listener with its exact reason, and only there")
  void listener() {
    List<Refusal> told = new ArrayList<>();
    ExternalSessions listened = sessions.withRefusalListener(told::add);

    listened.validate(token(claims().replace(ISSUER, "https://evil.example")));
    listened.validate(token(claims().replace("shop-api", "other-api")));
    listened.validate(token(claims().replace("1795694400", "1795694699")));
    listened.validate(null);
    listened.validate(token(claims()));

    assertThat(told)
        .containsExactly(Refusal.ISSUER, Refusal.AUDIENCE, Refusal.EARLY, Refusal.MISSING);
    assertThat(
            sessions
                .withRefusalListener(
                    refusal -> {
                      throw new IllegalStateException("no room for metrics");
                    })
                .validate(null))
        .isEqualTo(new Validation.Rejected(Rejection.MISSING));
  }

  @Test
  @DisplayName("settings of an issuer MUST be within their bounds")
  void bounds() {
    for (ExternalIssuer.Builder wrong :
        List.of(
            ExternalIssuer.builder(" ", AUDIENCE, IssuerKeys.of(RSA.verifying())),
            ExternalIssuer.builder(ISSUER, "", IssuerKeys.of(RSA.verifying())),
            ExternalIssuer.builder(ISSUER, "a\0", IssuerKeys.of(RSA.verifying())),
            issuer(RSA).type(""),
            issuer(RSA).sessionClaim(""),
            issuer(RSA).tokenClaim("x".repeat(257)),
            issuer(RSA).clockSkew(Duration.ofSeconds(61)),
            issuer(RSA).clockSkew(Duration.ofSeconds(-1)),
            issuer(RSA).maxTokenLife(Duration.ZERO),
            issuer(RSA).sessionLifetime(Duration.ofHours(23)),
            issuer(RSA).subjectPrefix("\ud800"))) {
      assertThatThrownBy(wrong::build).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(issuer(RSA).build())
        .hasToString(
            "ExternalIssuer[%s, for shop-api, jwt, IssuerKeys[idp-2026 RS256]]".formatted(ISSUER));
  }

  /** The claims as the issuer signs them again later, for the same session. */
  private static String issuedAt(Instant instant) {
    long second = instant.getEpochSecond();
    return claims()
        .replace("\"iat\":1795694400", "\"iat\":" + second)
        .replace("\"exp\":1795694700", "\"exp\":" + (second + 300))
        .replace("t-1", "t-" + second);
  }

  private Session accepted(Credential token) {
    return sessions.validate(token).acceptedOrThrow().session();
  }

  private Rejection rejection(Credential token) {
    Validation validation = sessions.validate(token);
    assertThat(validation).isInstanceOf(Validation.Rejected.class);
    return ((Validation.Rejected) validation).reason();
  }

  /** A list that waits for replicas, which never acknowledge. */
  private static final class UnconfirmedList implements RevocationList {
    private final RevocationList inner;
    private int asked;

    UnconfirmedList(RevocationList inner) {
      this.inner = inner;
    }

    @Override
    public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
      asked++;
      inner.refuseBelow(session, version, until);
      return Acknowledgement.UNCONFIRMED;
    }

    @Override
    public Acknowledgement refuseCreatedBefore(
        String subject, Instant createdBefore, Instant until) {
      inner.refuseCreatedBefore(subject, createdBefore, until);
      return Acknowledgement.UNCONFIRMED;
    }

    @Override
    public Acknowledgement refuseAllCreatedBefore(Instant createdBefore, Instant until) {
      inner.refuseAllCreatedBefore(createdBefore, until);
      return Acknowledgement.UNCONFIRMED;
    }

    @Override
    public Instant floor(String subject) {
      return inner.floor(subject);
    }

    @Override
    public boolean isRefused(Session session) {
      return inner.isRefused(session);
    }

    @Override
    public ListTraits traits() {
      return inner.traits().withKeepsAcknowledged(true);
    }

    @Override
    public void close() {}
  }

  private static final class DownList implements RevocationList {
    private static StoreUnavailableException down() {
      return new StoreUnavailableException("REFUSE", "the list", Duration.ZERO, null);
    }

    @Override
    public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
      throw down();
    }

    @Override
    public Acknowledgement refuseCreatedBefore(
        String subject, Instant createdBefore, Instant until) {
      throw down();
    }

    @Override
    public Acknowledgement refuseAllCreatedBefore(Instant createdBefore, Instant until) {
      throw down();
    }

    @Override
    public Instant floor(String subject) {
      throw down();
    }

    @Override
    public boolean isRefused(Session session) {
      throw down();
    }

    @Override
    public ListTraits traits() {
      return ListTraits.inProcess();
    }

    @Override
    public void close() {}
  }
}
