package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.Session;
import dev.statewise.spi.TokenTooLargeException;
import java.nio.charset.StandardCharsets;
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

  private int bytesOf(Session session) {
    return issuer.issue(session).value().getBytes(StandardCharsets.UTF_8).length;
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
