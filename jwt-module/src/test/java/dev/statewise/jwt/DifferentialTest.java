package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.session;
import static dev.statewise.jwt.Forge.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.session.Credential;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Verification;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our own path and the reference on the same tokens, which nobody thought of: one verdict, one
 * session. Each run makes the same tokens; {@code -Pfuzz} makes millions, of another seed each
 * time.
 */
class DifferentialTest {

  private static final int ROUNDS = Integer.getInteger("statewise.fuzz.rounds", 25_000);
  private static final long SEED = Long.getLong("statewise.fuzz.seed", 20_261_125);

  private final Twins twins = new Twins(SigningKey.hs256("k1", secret()));

  @Test
  @DisplayName("signed claims in any spelling, right or wrong, MUST get one verdict")
  void claims() {
    Mutator mutator = new Mutator(SEED);
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Verification verdict = verified(i, () -> twins.verifySigned(mutator.payload()));
      accepted += verdict instanceof Verification.Refused ? 0 : 1;
    }

    assertThat(accepted)
        .as("of %d, neither few nor most", ROUNDS)
        .isBetween(ROUNDS / 8, ROUNDS / 2);
  }

  @Test
  @DisplayName("claims of ours with bytes changed at random MUST get one verdict")
  void mangledClaims() {
    Mutator mutator = new Mutator(SEED + 1);
    byte[] claims = utf8(Forge.claims());
    int accepted = 0;
    for (int i = 0; i < ROUNDS / 2; i++) {
      Verification verdict = verified(i, () -> twins.verifySigned(mutator.mangled(claims)));
      accepted += verdict instanceof Verification.Refused ? 0 : 1;
    }

    assertThat(accepted).as("some change only a name").isPositive();
  }

  @Test
  @DisplayName("a token with its text changed MUST be refused by both, for the same reason")
  void mangledTokens() {
    Mutator mutator = new Mutator(SEED + 2);
    String token = twins.ours.issue(session(Map.of("cart", "42"))).value();
    for (int i = 0; i < ROUNDS / 4; i++) {
      String changed = mutator.token(token);
      Verification verdict = verified(i, () -> twins.verify(changed));
      assertThat(verdict instanceof Verification.Refused).isEqualTo(!changed.equals(token));
    }
  }

  @Test
  @DisplayName("a signed header that is not byte for byte ours MUST be refused")
  void mangledHeaders() {
    Mutator mutator = new Mutator(SEED + 3);
    String ours = Base64Url.encode(utf8(Forge.header(twins.key)));
    String payload = Base64Url.encode(utf8(Forge.claims()));
    for (int i = 0; i < ROUNDS / 8; i++) {
      String header = mutator.header(twins.key);
      Credential token = Forge.signedInput(twins.key, header + "." + payload);
      Verification verdict = verified(i, () -> twins.verify(token.value()));
      assertThat(verdict instanceof Verification.Refused).isEqualTo(!header.equals(ours));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("each algorithm's signatures, with bits changed and in other forms, get one verdict")
  void signatures(Algorithm algorithm) {
    Twins keyed = new Twins(SigningKey.generate("k1", algorithm));
    Mutator mutator = new Mutator(SEED + 4);
    Random random = new Random(SEED);
    String token = keyed.ours.issue(session(Map.of())).value();
    int dot = token.lastIndexOf('.') + 1;
    byte[] genuine = Forge.decode(token.substring(dot));
    for (int i = 0; i < Math.max(20, ROUNDS / 2_000); i++) {
      byte[] signature = random.nextBoolean() ? mutator.mangled(genuine) : flipped(genuine, random);
      Verification verdict = keyed.verify(token.substring(0, dot) + Base64Url.encode(signature));
      assertThat(verdict instanceof Verification.Refused)
          .isEqualTo(!Arrays.equals(signature, genuine));
    }
    assertThat(keyed.verify(token)).isInstanceOf(Verification.Verified.class);
    if (keyed.key.verifying().key() instanceof ECPublicKey curve) {
      assertThat(keyed.verify(token.substring(0, dot) + Base64Url.encode(twin(genuine, curve))))
          .as("the twin (r, n - s)")
          .isInstanceOf(Verification.Verified.class);
    }
  }

  @Test
  @DisplayName("what we issue MUST be byte for byte what Jackson writes, and read by JJWT")
  void issued() {
    Random random = new Random(SEED + 5);
    SessionClaims claims = new SessionClaims(Forge.ISSUER, Forge.AUDIENCE);
    for (int i = 0; i < ROUNDS / 8; i++) {
      Session session = anySession(random);
      ByteArrayOutputStream reference = new ByteArrayOutputStream();
      claims.write(session, reference);

      Credential token = twins.ours.issue(session);

      assertThat(Forge.payloadOf(token)).isEqualTo(reference.toString(StandardCharsets.UTF_8));
      assertThat(twins.verify(token.value())).isNotInstanceOf(Verification.Refused.class);
    }
  }

  private interface Verdict {
    Verification ask();
  }

  /** So that a failure can be told which round of which seed it was. */
  private static Verification verified(int round, Verdict verdict) {
    try {
      return verdict.ask();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("round %d of seed %d".formatted(round, SEED), e);
    }
  }

  private static byte[] flipped(byte[] signature, Random random) {
    byte[] flipped = signature.clone();
    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }

  private static byte[] twin(byte[] signature, ECPublicKey curve) {
    int bytes = signature.length / 2;
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, bytes, 2 * bytes));
    byte[] other = curve.getParams().getOrder().subtract(s).toByteArray();
    byte[] twin = Arrays.copyOf(Arrays.copyOf(signature, bytes), 2 * bytes);
    int length = Math.min(other.length, bytes);
    System.arraycopy(other, other.length - length, twin, 2 * bytes - length, length);
    return twin;
  }

  private static Session anySession(Random random) {
    Instant createdAt = Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
    Map<String, String> attributes = new HashMap<>();
    IntStream.range(0, random.nextInt(4)).forEach(i -> attributes.put(text(random), text(random)));
    return Session.restore(
        SessionKey.draw("", random),
        random.nextInt(4) == 0 ? "" : "u" + text(random),
        SecretHash.NONE,
        1 + (random.nextLong() >>> (1 + random.nextInt(62))),
        createdAt,
        createdAt.plusMillis(random.nextInt(100_000)),
        Duration.ofSeconds(1 + random.nextInt(1_000_000)),
        createdAt.plusMillis(1 + random.nextInt(Integer.MAX_VALUE)),
        attributes);
  }

  /** Any text that a session may have, much of it from where JSON and UTF-8 change their ways. */
  private static String text(Random random) {
    return IntStream.range(0, random.nextInt(12))
        .map(i -> random.nextInt(4))
        .map(
            kind ->
                kind == 0
                    ? 1 + random.nextInt(0x7F)
                    : kind == 1 ? 0x80 + random.nextInt(0xD780) : 0xE000 + random.nextInt(0x101FFF))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static byte[] secret() {
    byte[] bytes = new byte[32];
    new Random(SEED).nextBytes(bytes);
    return bytes;
  }
}
