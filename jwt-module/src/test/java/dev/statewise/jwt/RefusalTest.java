package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.AUDIENCE;
import static dev.statewise.jwt.Forge.ISSUER;
import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.claims;
import static dev.statewise.jwt.Forge.header;
import static dev.statewise.jwt.Forge.refused;
import static dev.statewise.jwt.Forge.service;
import static dev.statewise.jwt.Forge.session;
import static dev.statewise.jwt.Forge.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.statewise.session.Credential;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The exact reason is for the operator; the application gets the coarse one. */
class RefusalTest {

  private static final SigningKey KEY = SigningKey.generateHs256("k1");
  private static final SigningKey OTHER = SigningKey.generateHs256("k1");
  private static final String TOKEN = service(KEY).issue(session(Map.of("cart", "42"))).value();

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments(Refusal.MISSING, new Credential("")),
        arguments(Refusal.TOO_LONG, new Credential("A".repeat(8193))),
        arguments(Refusal.FORM, new Credential(TOKEN + "=")),
        arguments(Refusal.FORM, new Credential(TOKEN.replaceFirst("\\..", ".!"))),
        arguments(Refusal.FORM, new Credential("junk")),
        arguments(Refusal.HEADER, signed(KEY, header(KEY).replace("k1", "k2"), claims())),
        arguments(Refusal.HEADER, signed(KEY, header(KEY).replace("session+jwt", "JWT"), claims())),
        arguments(Refusal.SIGNATURE, service(OTHER).issue(session(Map.of()))),
        arguments(
            Refusal.SIGNATURE,
            new Credential(TOKEN.substring(0, TOKEN.lastIndexOf('.')) + ".AAAA")),
        arguments(Refusal.CLAIMS, signed(KEY, header(KEY), claims() + "x")),
        arguments(Refusal.CLAIMS, signed(KEY, header(KEY), claims().replace("ver", "nbf"))),
        arguments(Refusal.VALUES, signed(KEY, header(KEY), claims().replace(",\"ver\":1", ""))),
        arguments(Refusal.VALUES, signed(KEY, header(KEY), claims().replace(":1800", ":1801"))),
        arguments(Refusal.ISSUER, signed(KEY, header(KEY), claims().replace("a.ex", "b.ex"))),
        arguments(Refusal.AUDIENCE, signed(KEY, header(KEY), claims().replace("web", "app"))));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  @DisplayName("a refusal MUST be told to the listener with its exact reason, and only there")
  void exactReason(Refusal refusal, Credential token) {
    List<Refusal> told = new ArrayList<>();

    assertThat(service(KEY).withRefusalListener(told::add).verify(token, NOW))
        .isEqualTo(refused(refusal.rejection()));
    assertThat(told).containsExactly(refusal);
  }

  @Test
  @DisplayName("a token of a key that has retired MUST be told as that, whatever its signature is")
  void retired() {
    List<Refusal> told = new ArrayList<>();
    KeyRing ring = KeyRing.of(SigningKey.generateHs256("k2")).withRetiring(KEY.verifying(), NOW);
    JwtTokenService service =
        JwtTokenService.of(ring, ISSUER, AUDIENCE).withRefusalListener(told::add);

    service.verify(new Credential(TOKEN), NOW);
    service.verify(service(OTHER).issue(session(Map.of())), NOW);

    assertThat(told).containsExactly(Refusal.RETIRED, Refusal.RETIRED);
  }

  @Test
  @DisplayName("a token that is good, or only past its end, MUST NOT be told as refused")
  void nothingToTell() {
    List<Refusal> told = new ArrayList<>();
    JwtTokenService service = service(KEY).withRefusalListener(told::add);

    service.verify(new Credential(TOKEN), NOW);
    service.verify(new Credential(TOKEN), NOW.plusSeconds(999_999));

    assertThat(told).isEmpty();
  }

  @Test
  @DisplayName("an exception of the listener MUST NOT change the refusal")
  void listenerThrows() {
    JwtTokenService service =
        service(KEY)
            .withRefusalListener(
                refusal -> {
                  throw new IllegalStateException("no room for metrics");
                });

    assertThat(service.verify(new Credential("junk"), NOW))
        .isEqualTo(refused(Refusal.FORM.rejection()));
  }
}
