package dev.statewise.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.SessionPolicy;
import dev.statewise.jwt.SessionShape.Texts;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The largest token of a shape is known beforehand, to the byte. */
class SessionShapeTest {

  private static final SessionPolicy POLICY =
      SessionPolicy.builder()
          .idleTimeout(Duration.ofMinutes(30))
          .maxIdleTimeout(Duration.ofDays(7))
          .absoluteLifetime(Duration.ofDays(30))
          .build();
  private static final Instant NOW = Instant.parse("2026-11-22T11:30:00.700Z");
  private static final JwtTokenService HS256 = Forge.service(SigningKey.generateHs256("k1"));
  private static final int SESSIONS = 4_000;
  private static final String[] PLAIN = {"a", "Z", "7", " ", "/", "ü", "€", "😀"};
  private static final String[] ESCAPED = {"\"", "\\", "\n", "\b", "\u0001", "\u001f", "\u007f"};

  /** What a random shape is made of, to draw sessions of it. */
  private record Drawn(
      SessionShape shape,
      Texts texts,
      int subject,
      Map<String, Integer> attributes,
      long version,
      Instant latest) {}

  @ParameterizedTest
  @CsvSource({"PLAIN,1", "PLAIN,2", "PLAIN,3", "ANY,4", "ANY,5", "ANY,6"})
  @DisplayName("no session of a shape MUST have a larger token than maxBytes, and some have it")
  void exact(Texts texts, long seed) {
    Random random = new Random(seed);
    Drawn drawn = drawn(texts, random);
    int bound = HS256.maxBytes(drawn.shape);
    int largest = 0;
    for (int i = 0; i < SESSIONS; i++) {
      largest = Math.max(largest, HS256.issue(session(drawn, random)).value().length());
    }

    assertThat(largest).isEqualTo(bound);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  @DisplayName("maxBytes MUST be exact with each algorithm, and with a kid of any length")
  void eachAlgorithm(Algorithm algorithm) {
    JwtTokenService service = Forge.service(SigningKey.generate("k".repeat(64), algorithm));
    Drawn drawn =
        new Drawn(
            SessionShape.of(POLICY).withSubject(9).withAttribute("ro\"le", 5),
            Texts.PLAIN,
            9,
            Map.of("ro\"le", 5),
            Long.MAX_VALUE,
            NOW);

    int largest = service.issue(largest(drawn)).value().length();

    assertThat(service.maxBytes(drawn.shape)).isEqualTo(largest);
  }

  @Test
  @DisplayName("the first shape MUST be an anonymous session without attributes")
  void first() {
    Session session = largest(new Drawn(none(), Texts.PLAIN, 0, Map.of(), Long.MAX_VALUE, NOW));

    assertThat(HS256.maxBytes(none())).isEqualTo(HS256.issue(session).value().length());
  }

  @Test
  @DisplayName("small versions, and tokens of today, MUST count with the digits that they have")
  void digits() {
    SessionShape saved = none().withVersionsUpTo(9);

    assertThat(HS256.maxBytes(none()) - HS256.maxBytes(saved)).isEqualTo(18 * 4 / 3);
    assertThat(HS256.maxBytes(none().withTokensUntil(Instant.parse("2286-11-20T17:46:40Z"))))
        .isGreaterThan(HS256.maxBytes(none()));
  }

  @Test
  @DisplayName("what does not fit MUST have its size all the same")
  void larger() {
    assertThat(HS256.maxBytes(none().withAttribute("a", 1 << 20))).isGreaterThan(1 << 20);
    assertThat(HS256.maxBytes(none().withAttribute("a", 1 << 20).withTexts(Texts.ANY)))
        .isGreaterThan(6 << 20);
  }

  @Test
  @DisplayName("a shape that no session has MUST be refused with its values")
  void refused() {
    assertThatThrownBy(() -> none().withSubject(-1)).hasMessageContaining("subject (-1)");
    assertThatThrownBy(() -> none().withAttribute("a", -1)).hasMessageContaining("(-1)");
    assertThatThrownBy(() -> none().withVersionsUpTo(0)).hasMessageContaining("version (0)");
    assertThatThrownBy(() -> none().withTokensUntil(Instant.parse("9999-12-31T00:00:00Z")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9999-12-31");
    assertThatThrownBy(() -> none().withAttribute("a", Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2147483648 bytes");
  }

  private static SessionShape none() {
    return SessionShape.of(POLICY);
  }

  private static Drawn drawn(Texts texts, Random random) {
    int subject = 1 + random.nextInt(20);
    long version = random.nextLong(1, 1_000);
    Instant latest = NOW.plusSeconds(random.nextInt(1 << 30));
    Map<String, Integer> attributes = new LinkedHashMap<>();
    SessionShape shape =
        none()
            .withTexts(texts)
            .withSubject(subject)
            .withVersionsUpTo(version)
            .withTokensUntil(latest);
    for (String name : new String[] {"größe", "a\"b\\c"}) {
      attributes.put(name, random.nextInt(40));
      shape = shape.withAttribute(name, attributes.get(name));
    }
    return new Drawn(shape, texts, subject, attributes, version, latest);
  }

  /** Each part as large as it can be, or, as often, of any smaller size. */
  private static Session session(Drawn drawn, Random random) {
    Map<String, String> attributes = new HashMap<>();
    drawn.attributes.forEach(
        (name, bytes) -> {
          if (random.nextInt(8) > 0) {
            attributes.put(name, text(drawn.texts, bytes, random));
          }
        });
    Instant created =
        drawn.latest.minusMillis(random.nextBoolean() ? 0 : random.nextLong(1L << 30));
    Instant seen = created.plusMillis(random.nextInt(1 << 20));
    return restored(
        random.nextInt(8) == 0 ? "" : text(drawn.texts, drawn.subject, random),
        random.nextBoolean() ? drawn.version : 1 + random.nextLong(drawn.version),
        created,
        seen.isAfter(drawn.latest) ? drawn.latest : seen,
        random.nextBoolean()
            ? POLICY.maxIdleTimeout()
            : Duration.ofSeconds(1 + random.nextLong(POLICY.maxIdleTimeout().toSeconds())),
        attributes);
  }

  private static Session largest(Drawn drawn) {
    Map<String, String> attributes = new HashMap<>();
    drawn.attributes.forEach((name, bytes) -> attributes.put(name, "x".repeat(bytes)));
    return restored(
        "s".repeat(drawn.subject),
        drawn.version,
        drawn.latest,
        drawn.latest,
        POLICY.maxIdleTimeout(),
        attributes);
  }

  private static Session restored(
      String subject,
      long version,
      Instant created,
      Instant seen,
      Duration idle,
      Map<String, String> attributes) {
    return Session.restore(
        new SessionKey("abcDEF012345-_9"),
        subject,
        SecretHash.NONE,
        version,
        created,
        seen,
        idle,
        created.plus(POLICY.absoluteLifetime()),
        attributes);
  }

  /** Up to so many bytes; as often as not exactly so many, each written as long as one can be. */
  private static String text(Texts texts, int bytes, Random random) {
    if (random.nextBoolean()) {
      return (texts == Texts.PLAIN ? "x" : "\u0001").repeat(bytes);
    }
    StringBuilder text = new StringBuilder();
    int left = random.nextInt(bytes + 1);
    while (left > 0) {
      boolean plain = texts == Texts.PLAIN || random.nextBoolean();
      String[] from = plain ? PLAIN : ESCAPED;
      String next = from[random.nextInt(from.length)];
      int size = Forge.utf8(next).length;
      if (size <= left) {
        text.append(next);
      }
      left -= size;
    }
    return text.toString();
  }
}
