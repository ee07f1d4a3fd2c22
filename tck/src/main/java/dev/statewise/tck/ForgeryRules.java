package dev.statewise.tck;

import dev.statewise.session.Session;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules T2: nothing of a token can be changed. */
abstract class ForgeryRules extends TokenRules {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  ForgeryRules(TokenServiceTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("T2.1 a token with one character changed MUST be refused, whichever it is")
  void oneCharacterChanged() {
    String token = issuer.issue(Sample.session()).value();

    for (int i = 0; i < token.length(); i++) {
      for (char other : List.of(following(token.charAt(i)), flipped(token.charAt(i)), ' ')) {
        String forged = token.substring(0, i) + other + token.substring(i + 1);

        assertRefused(forged, "character " + i + " of " + token.length() + " was changed");
      }
    }
  }

  @Test
  @DisplayName("T2.2 a token that was cut short MUST be refused, wherever")
  void cutShort() {
    String token = issuer.issue(Sample.session()).value();

    for (int length = 0; length < token.length(); length++) {
      assertRefused(token.substring(0, length), "only the first " + length + " characters");
    }
  }

  @Test
  @DisplayName("T2.3 a token with anything added MUST be refused")
  void added() {
    String token = issuer.issue(Sample.session()).value();

    for (String extra : List.of("A", "=", "==", ".", " ", "\n", "\u00e9", ".A", "," + token)) {
      assertRefused(token + extra, "something was added behind");
      assertRefused(extra + token, "something was added in front");
    }
  }

  @Test
  @DisplayName("T2.4 a token put together from two MUST be refused")
  void spliced() {
    String mine = issuer.issue(Sample.of("mallory").build()).value();
    String theirs = issuer.issue(Sample.of("root").build()).value();

    List<Integer> seams = seams(theirs);
    for (int i = 0; i < seams.size(); i++) {
      String spliced = theirs.substring(0, seams.get(i)) + mine.substring(seams(mine).get(i));

      // Where the fronts are alike, as two headers of one key are, the whole token is mine.
      if (!spliced.equals(mine)) {
        assertRefused(spliced, "the front of one token and the back of another");
      }
    }
  }

  @Test
  @DisplayName("T2.5 a token without its signature MUST be refused")
  void unsigned() {
    String token = issuer.issue(Sample.session()).value();
    int last = token.lastIndexOf('.');
    String body = last < 0 ? token.substring(0, token.length() / 2) : token.substring(0, last);
    String payload = body.substring(body.lastIndexOf('.') + 1);

    for (String forged :
        List.of(
            body,
            body + ".",
            body + "." + "A".repeat(Math.max(1, token.length() - body.length() - 1)),
            // {"alg":"none"} and {"alg":"None","typ":"JWT"}
            "eyJhbGciOiJub25lIn0." + payload + ".",
            "eyJhbGciOiJOb25lIiwidHlwIjoiSldUIn0." + payload + ".")) {
      assertRefused(forged, "nobody signed this");
    }
  }

  @Test
  @DisplayName("T2.6 a forged token that is past its end MUST be refused and not merely expired")
  void forgedAndExpired() {
    Session session = Sample.session();
    String token = issuer.issue(session).value();
    int middle = token.length() / 2;
    String forged =
        token.substring(0, middle) + following(token.charAt(middle)) + token.substring(middle + 1);

    assertRefused(forged, session.absoluteEnd(), "a forged token would end a session at logout");
  }

  private static char following(char c) {
    int at = ALPHABET.indexOf(c);
    return at < 0 ? 'A' : ALPHABET.charAt((at + 1) % ALPHABET.length());
  }

  private static char flipped(char c) {
    int at = ALPHABET.indexOf(c);
    return at < 0 ? '_' : ALPHABET.charAt(at ^ 32);
  }

  /** Where a token can be taken apart: at its dots, or in the middle if it has none. */
  private static List<Integer> seams(String token) {
    List<Integer> dots =
        IntStream.range(0, token.length()).filter(i -> token.charAt(i) == '.').boxed().toList();
    return dots.isEmpty() ? List.of(token.length() / 2) : dots;
  }
}
