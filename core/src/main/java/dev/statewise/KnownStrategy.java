package dev.statewise;

import dev.statewise.spi.ListTraits;
import dev.statewise.spi.StoreTraits;
import java.time.Duration;
import java.util.Optional;

/**
 * The strategies that there are, cheapest first, with what each typically keeps: so that a message
 * can name the one to choose instead.
 */
enum KnownStrategy {
  IN_PROCESS("sessions in this process (StatefulSessions over CaffeineSessionStore)") {
    @Override
    Guarantees typical(SessionPolicy policy) {
      return Guarantees.of(
          new StoreTraits(false, false, false, Duration.ZERO, MEBIBYTE, false, 0), true, policy);
    }
  },
  TOKENS("signed tokens (StatelessSessions)") {
    @Override
    Guarantees typical(SessionPolicy policy) {
      return Guarantees.ofTokens(TOKEN_BYTES, policy);
    }
  },
  TOKENS_WITH_LIST("signed tokens with a shared revocation list (HybridSessions)") {
    @Override
    Guarantees typical(SessionPolicy policy) {
      return Guarantees.ofTokens(
          TOKEN_BYTES, new ListTraits(true, false, false, Duration.ZERO, 1), false, policy);
    }
  },
  SHARED_STORE("a shared store (StatefulSessions over Redis)") {
    @Override
    Guarantees typical(SessionPolicy policy) {
      return Guarantees.of(
          new StoreTraits(true, false, false, Duration.ZERO, MEBIBYTE, false, 1), false, policy);
    }
  },
  DURABLE_STORE("a shared, durable store with a subject index (StatefulSessions over a database)") {
    @Override
    Guarantees typical(SessionPolicy policy) {
      return Guarantees.of(
          new StoreTraits(true, true, true, Duration.ZERO, 16 * MEBIBYTE, false, 1), true, policy);
    }
  };

  private static final int MEBIBYTE = 1 << 20;
  private static final int TOKEN_BYTES = 8 << 10;

  private final String words;

  KnownStrategy(String words) {
    this.words = words;
  }

  abstract Guarantees typical(SessionPolicy policy);

  /** The cheapest that meets all of {@code requirements}, in words. */
  static Optional<String> cheapestFor(Requirement... requirements) {
    SessionPolicy policy = SessionPolicy.defaults();
    for (KnownStrategy strategy : values()) {
      Guarantees typical = strategy.typical(policy);
      boolean meetsAll = true;
      for (Requirement requirement : requirements) {
        meetsAll &= requirement.isMetBy(typical);
      }
      if (meetsAll) {
        return Optional.of(strategy.words);
      }
    }
    return Optional.empty();
  }
}
