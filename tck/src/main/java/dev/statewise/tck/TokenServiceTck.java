package dev.statewise.tck;

import dev.statewise.spi.TokenService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * The contract of a {@link TokenService}: extend this and supply {@link #open}.
 *
 * <p>Each test is one rule of {@code docs/spec/token-service.md}, T1 to T5.
 */
public abstract class TokenServiceTck {

  /** For a subclass with one method. */
  protected TokenServiceTck() {}

  /**
   * A service that issues and verifies with the key of that name, for that issuer and audience. The
   * same three again: a service of another node, which believes the first.
   *
   * @param key the name of a key; the same name is the same key for as long as the tests run, and
   *     another name another key of the same kind
   */
  protected abstract TokenService open(String key, String issuer, String audience);

  /** As {@link SessionStoreTck#races}. */
  protected int races() {
    return Integer.getInteger("statewise.races", 2_000);
  }

  @Nested
  @DisplayName("T1 what is issued and comes back")
  final class RoundTrip extends RoundTripRules {
    RoundTrip() {
      super(TokenServiceTck.this);
    }
  }

  @Nested
  @DisplayName("T2 forgery")
  final class Forgery extends ForgeryRules {
    Forgery() {
      super(TokenServiceTck.this);
    }
  }

  @Nested
  @DisplayName("T3 tokens of others")
  final class Others extends StrangerRules {
    Others() {
      super(TokenServiceTck.this);
    }
  }

  @Nested
  @DisplayName("T4 junk and size")
  final class JunkAndSize extends JunkAndSizeRules {
    JunkAndSize() {
      super(TokenServiceTck.this);
    }
  }

  @Nested
  @DisplayName("T5 time")
  final class Time extends TokenTimeRules {
    Time() {
      super(TokenServiceTck.this);
    }
  }
}
