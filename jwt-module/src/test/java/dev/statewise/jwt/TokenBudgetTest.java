package dev.statewise.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.SessionPolicy;
import dev.statewise.StatelessSessions;
import dev.statewise.session.OpenResult;
import dev.statewise.session.Session;
import dev.statewise.session.TooLarge;
import dev.statewise.spi.TokenTooLargeException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token is made for what carries it, and what does not fit says what it is full of. */
class TokenBudgetTest {

  private static final SigningKey KEY = SigningKey.generateHs256("k1");
  private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

  @Test
  @DisplayName("name, value and attributes of the largest cookie MUST be 4,096 bytes, and no more")
  void cookie() {
    JwtTokenService service = service(TokenBudget.cookie("__Host-id", ATTRIBUTES));

    String cookie = "__Host-id=" + largest(service) + ATTRIBUTES;

    assertThat(Forge.utf8(cookie)).hasSize(4096);
  }

  @Test
  @DisplayName("a cookie MUST leave room for the longest attributes unless they are said")
  void cookieOfUsualAttributes() {
    String longest = "; Max-Age=34560000; Path=/; Secure; HttpOnly; SameSite=Strict";

    assertThat(TokenBudget.cookie("id")).isEqualTo(TokenBudget.cookie("id", longest));
  }

  @Test
  @DisplayName("a bearer line and all other headers MUST be 8,192 bytes at most")
  void headers() {
    JwtTokenService service = service(TokenBudget.headers(1_501));

    String line = "Authorization: Bearer " + largest(service) + "\r\n";

    assertThat(Forge.utf8(line)).hasSize(8192 - 1_501);
    assertThat(TokenBudget.headers()).isEqualTo(TokenBudget.headers(2048));
  }

  @ParameterizedTest
  @CsvSource({"2000,500,1500", "9000,0,8192", "8192,1,8191", "512,0,512"})
  @DisplayName("a budget of one's own MUST leave what is not around the token, to 8,192 bytes")
  void custom(int limit, int around, int left) {
    TokenBudget budget = new TokenBudget("A query", limit, around);

    assertThat(service(budget).maxTokenBytes()).isEqualTo(left);
  }

  @ParameterizedTest
  @CsvSource({"4096,-1", "511,0", "600,100", "-1,0", "2147483647,2147483647"})
  @DisplayName("a budget that leaves no room for a session MUST be refused with its numbers")
  void tooSmall(int limit, int around) {
    assertThatThrownBy(() -> new TokenBudget("A query", limit, around))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A query of " + limit + " bytes, " + around + " of them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a=b", "a;b", "größe", "a\nb"})
  @DisplayName("a name that no cookie can have MUST be refused")
  void cookieNames(String name) {
    assertThatThrownBy(() -> TokenBudget.cookie(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Path=/", "; Path=/\r\n", "; Path=/ü"})
  @DisplayName("attributes that are not as they follow a value MUST be refused")
  void cookieAttributes(String attributes) {
    assertThatThrownBy(() -> TokenBudget.cookie("id", attributes))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"HS256", "RS256", "ES256", "ED25519"})
  @DisplayName("the parts of what does not fit MUST add up to it, the largest first")
  void partsAddUp(Algorithm algorithm) {
    JwtTokenService service = Forge.service(SigningKey.generate("key-1", algorithm));
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      Map<String, String> attributes = new HashMap<>();
      for (int j = random.nextInt(10); j >= 0; j--) {
        attributes.put("n\"" + "ö".repeat(j), "\u0001ü€".repeat(20 + random.nextInt(20)));
      }
      Session session = Forge.session(i % 2 == 0 ? "" : "s\\ubject", attributes);
      int bytes = service.issue(session).value().length();

      TokenTooLargeException refused = refusal(service.withMaxTokenBytes(512), session);

      assertThat(refused.bytes()).isEqualTo(bytes);
      assertThat(refused.parts().stream().mapToInt(TooLarge.Part::bytes).sum()).isEqualTo(bytes);
      assertThat(refused.parts())
          .isSortedAccordingTo(Comparator.comparingInt(TooLarge.Part::bytes).reversed());
    }
  }

  @Test
  @DisplayName("each part MUST have the bytes that it takes in the token, give or take a character")
  void partsAreExact() {
    JwtTokenService service = service(TokenBudget.cookie("id"));
    Session session = Forge.session(Map.of("big", "x".repeat(6000), "small", "\n"));
    String token = Forge.service(KEY).withMaxTokenBytes(8192).issue(small()).value();

    TokenTooLargeException refused = refusal(service, session);

    Map<String, Integer> bytes = new HashMap<>();
    refused.parts().forEach(part -> bytes.put(part.name(), part.bytes()));
    assertThat(bytes.keySet())
        .containsExactlyInAnyOrder("header", "own claims", "subject", "signature", "big", "small");
    assertThat(bytes.get("header")).isEqualTo(token.indexOf('.') + 1);
    assertThat(bytes.get("signature")).isEqualTo(1 + 43);
    assertThat(bytes.get("big")).isBetween(encoded(",\"big\":\"\"", 6000), 8014);
    assertThat(bytes.get("small")).isBetween(encoded(",\"small\":\"\\n\"", 0) - 1, 19);
    assertThat(bytes.get("subject")).isBetween(encoded(",\"sub\":\"user-12345\"", 0) - 1, 26);
  }

  @Test
  @DisplayName("a front door MUST answer TooLarge with the parts: names of attributes, no values")
  void frontDoor() {
    StatelessSessions sessions =
        StatelessSessions.over(service(TokenBudget.cookie("id")), SessionPolicy.defaults());

    OpenResult result = sessions.open("alice", Map.of("roles", "root,".repeat(1000), "cart", "7"));

    assertThat(result)
        .isInstanceOfSatisfying(
            TooLarge.class,
            tooLarge -> {
              assertThat(tooLarge.limit()).isEqualTo(TokenBudget.cookie("id").tokenBytes());
              assertThat(tooLarge.parts().get(0).name()).isEqualTo("roles");
              assertThat(tooLarge.parts().get(0).isAttribute()).isTrue();
            });
    assertThat(result.toString()).contains("attribute 'roles'").doesNotContain("root");
  }

  @Test
  @DisplayName("the message MUST name the largest part and what to do, and MUST NOT tell a value")
  void message() {
    JwtTokenService service = service(TokenBudget.cookie("id"));

    TokenTooLargeException attribute =
        refusal(service, Forge.session(Map.of("cart\n", "secret".repeat(1000))));
    TokenTooLargeException signature =
        refusal(
            Forge.service(SigningKey.generateRs256("r1")).withMaxTokenBytes(512),
            Forge.session(Map.of()));

    assertThat(attribute)
        .hasMessageContaining("largest part is attribute 'cart?' with")
        .hasMessageContaining("keep less in it");
    assertThat(attribute.getMessage()).doesNotContain("secret");
    assertThat(signature)
        .hasMessageContaining("largest part is the signature with 343 bytes")
        .hasMessageContaining("raise the limit");
  }

  private static JwtTokenService service(TokenBudget budget) {
    return Forge.service(KEY).withBudget(budget);
  }

  private static Session small() {
    return Forge.session(Map.of());
  }

  /** The token of the largest state that this service issues one for. */
  private static String largest(JwtTokenService service) {
    String token = "";
    int bytes = service.maxStateBytes();
    try {
      while (true) {
        token = service.issue(Forge.session(Map.of("a", "x".repeat(bytes)))).value();
        bytes++;
      }
    } catch (TokenTooLargeException e) {
      assertThat(e.bytes()).isBetween(e.limit() + 1, e.limit() + 2);
      return token;
    }
  }

  private static TokenTooLargeException refusal(JwtTokenService service, Session session) {
    try {
      service.issue(session);
    } catch (TokenTooLargeException e) {
      return e;
    }
    throw new AssertionError("It was issued.");
  }

  private static int encoded(String text, int more) {
    return (int) Base64Url.encodedLength(text.length() + more);
  }
}
