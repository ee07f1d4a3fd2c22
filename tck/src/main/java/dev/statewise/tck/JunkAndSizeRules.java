package dev.statewise.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.Session;
import dev.statewise.spi.TokenTooLargeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules T4: whatever a client sends is answered, and nothing is issued that it cannot send. */
abstract class JunkAndSizeRules extends TokenRules {

  private static final int MEGABYTE = 1 << 20;
  // One more character of state takes at most six in JSON, and those eight in base64.
  private static final int GRAIN = 8;
  private static final int LONG_SUBJECT = 64;
  private static final String TELLTALE = "do-not-tell-anyone";

  private final Session sample = Sample.session();

  JunkAndSizeRules(TokenServiceTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("T4.1 text that is no token MUST be refused and never throw")
  void junk() {
    for (String text : HostileText.raw()) {
      assertRefused(text, "hostile text: " + text);
    }
    for (String text :
        List.of(".", "..", "...", "....", "e30.e30.e30", "bnVsbA.bnVsbA.", "W10.W10.AA")) {
      assertRefused(text, text);
    }
  }

  @Test
  @DisplayName("T4.2 text far beyond the largest token MUST be refused and never throw")
  void megabytes() {
    String token = issuer.issue(Sample.session()).value();

    for (String text :
        List.of(
            "A".repeat(MEGABYTE),
            ".".repeat(MEGABYTE),
            "A.".repeat(MEGABYTE / 2),
            token + "A".repeat(MEGABYTE),
            "eyJ".repeat(MEGABYTE / 3) + "." + token)) {
      assertRefused(text, text.length() + " characters of junk");
    }
  }

  @Test
  @DisplayName("T4.3 issue MUST throw TokenTooLargeException beyond maxTokenBytes")
  void tooLarge() {
    int limit = issuer.maxTokenBytes();
    int tooMuch = largestState() + 1;

    TokenTooLargeException refused =
        assertThrows(TokenTooLargeException.class, () -> issuer.issue(holding(tooMuch)));

    assertAll(
        () -> assertEquals(limit, refused.limit(), "the limit"),
        () -> assertTrue(refused.bytes() > limit, refused.bytes() + " bytes would have fitted"));
  }

  @Test
  @DisplayName("T4.4 the largest token that is issued MUST be verified")
  void largestToken() {
    Session session = holding(largestState());

    Session back = verified(session);

    Difference.assertSame(expected(session), back, "the largest token");
  }

  @Test
  @DisplayName("T4.5 a token MUST NOT be larger than maxTokenBytes")
  void neverLarger() {
    int bytes = bytesOf(holding(largestState()));

    assertTrue(bytes <= issuer.maxTokenBytes(), bytes + " bytes, which a server may cut off");
  }

  @Test
  @DisplayName("T4.6 issue MUST use the room that maxTokenBytes promises")
  void usesItsRoom() {
    int bytes = bytesOf(holding(largestState()));

    assertTrue(bytes > issuer.maxTokenBytes() - GRAIN, "already refused beyond " + bytes);
  }

  @Test
  @DisplayName("T4.7 what is told of a token that is too large MUST NOT contain its state")
  void tellsNothing() {
    Session session =
        Sample.session().withAttributes(Map.of("secret", TELLTALE.repeat(issuer.maxTokenBytes())));

    TokenTooLargeException refused =
        assertThrows(TokenTooLargeException.class, () -> issuer.issue(session));

    assertFalse(refused.toString().contains(TELLTALE), "a log would keep what users are");
    assertFalse(issuer.toString().contains(TELLTALE), "a log would keep what users are");
  }

  @Test
  @DisplayName("T4.8 a state of maxStateBytes MUST fit with a subject of 64 bytes")
  void promisedState() {
    int room = issuer.maxStateBytes();
    for (Map<String, String> state : List.of(oneValue(room), manyValues(room))) {
      Session session = ofLongNumbers().attributes(state).build();

      Session back = verified(session);

      assertEquals(state, back.attributes(), session.stateBytes() + " bytes of state");
    }
  }

  @Test
  @DisplayName("T4.9 maxStateBytes MUST NOT exceed maxTokenBytes")
  void stateWithinToken() {
    int state = issuer.maxStateBytes();
    int token = issuer.maxTokenBytes();

    assertTrue(0 <= state && state <= token, state + " bytes of state in a token of " + token);
  }

  /** Whose subject and numbers take as much room as any. */
  private static Sample ofLongNumbers() {
    Instant latest = Instant.parse("9999-12-31T23:59:59.999Z");
    return Sample.of("s".repeat(LONG_SUBJECT))
        .version(Long.MAX_VALUE)
        .createdAt(latest.minus(Sample.LIFE))
        .idleTimeout(Duration.ofDays(36_500));
  }

  private static Map<String, String> oneValue(int room) {
    int characters = room - Session.BYTES_PER_ATTRIBUTE - 1;
    return characters < 0 ? Map.of() : Map.of("s", "x".repeat(characters));
  }

  private static Map<String, String> manyValues(int room) {
    Map<String, String> many = new HashMap<>();
    int each = Session.BYTES_PER_ATTRIBUTE + "name0000".length() + "\u20ac".getBytes(UTF_8).length;
    for (int i = 0; i < Math.min(room / each, 10_000); i++) {
      many.put("name%04d".formatted(i), "\u20ac");
    }
    return many;
  }

  private int bytesOf(Session session) {
    return issuer.issue(session).value().getBytes(UTF_8).length;
  }

  private int largestState() {
    int fits = 0;
    int tooMuch = 2 * issuer.maxTokenBytes();
    while (tooMuch - fits > 1) {
      int tried = (fits + tooMuch) >>> 1;
      if (fits(tried)) {
        fits = tried;
      } else {
        tooMuch = tried;
      }
    }
    return fits;
  }

  private boolean fits(int characters) {
    try {
      issuer.issue(holding(characters));
      return true;
    } catch (TokenTooLargeException tooLarge) {
      return false;
    }
  }

  /** Text that fits no better if it is compressed, and of which less is always a part of more. */
  private Session holding(int characters) {
    SplittableRandom noise = new SplittableRandom(1);
    StringBuilder text = new StringBuilder(characters);
    for (int i = 0; i < characters; i++) {
      text.append((char) noise.nextInt('0', 'z'));
    }
    return sample.withAttributes(Map.of("state", text.toString().replace('\\', '/')));
  }
}
