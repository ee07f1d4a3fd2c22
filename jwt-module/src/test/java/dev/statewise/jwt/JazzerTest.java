package dev.statewise.jwt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;

/**
 * Our own path and the reference, led by coverage. A build replays the inputs that are kept beside
 * the tests; to look for new ones, one method at a time:
 *
 * <pre>
 * JAZZER_FUZZ=1 mvn -pl jwt-module -am test -Dtest=JazzerTest#claims -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class JazzerTest {

  private static final byte[] SECRET = secret();
  private static final Twins TWINS = new Twins(SigningKey.hs256("k1", SECRET));

  @FuzzTest(maxDuration = "5m")
  @DisplayName("signed claims MUST get one verdict, whatever they are")
  void claims(byte[] payload) {
    TWINS.verifySigned(payload);
  }

  @FuzzTest(maxDuration = "5m")
  @DisplayName("a text MUST get one verdict, whatever it is")
  void token(byte[] text) {
    TWINS.verify(new String(text, StandardCharsets.ISO_8859_1));
  }

  private static byte[] secret() {
    byte[] bytes = new byte[32];
    new Random(37).nextBytes(bytes);
    return bytes;
  }
}
