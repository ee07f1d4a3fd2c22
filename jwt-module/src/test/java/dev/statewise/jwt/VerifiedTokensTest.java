package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.refused;
import static dev.statewise.jwt.Forge.service;
import static dev.statewise.jwt.Forge.session;
import static dev.statewise.session.Rejection.MALFORMED;
import static dev.statewise.session.Rejection.UNTRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import dev.statewise.spi.Verification;
import dev.statewise.spi.Verification.Verified;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

  private static final SigningKey KEY = SigningKey.generateHs256("k1");
  private static final int MOST_BYTES_EACH = 3 << 10;

  private final JwtTokenService service = service(KEY);

  @Test
  @DisplayName("a token that was seen before MUST get the very same answer, from any equal text")
  void sameAnswer() {
    Credential token = service.issue(session(Map.of("cart", "42")));
    Verification first = service.verify(token, NOW);

    assertThat(first).isInstanceOf(Verified.class);
    assertThat(service.verify(copy(token), NOW)).isSameAs(first);
  }

  @Test
  @DisplayName("a token that was seen before MUST still die at its end, and be alive before it")
  void expiryIsAskedEachTime() {
    Session session = session(Map.of());
    Credential token = service.issue(session);
    Instant end = SessionClaims.expiry(session);

    assertThat(service.verify(token, NOW)).isInstanceOf(Verified.class);
    assertThat(service.verify(token, end)).isInstanceOf(Verification.Expired.class);
    assertThat(service.verify(token, end.minusMillis(1))).isInstanceOf(Verified.class);
    assertThat(service.verify(token, end.plusSeconds(999)))
        .isInstanceOf(Verification.Expired.class);
  }

  @Test
  @DisplayName("a token that differs from one seen before in any character MUST be refused")
  void wholeTextIsCompared() {
    Credential token = service.issue(session(Map.of("cart", "42")));
    service.verify(token, NOW);
    String text = token.value();
    for (int i = 0; i < text.length(); i++) {
      String changed =
          text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);
      assertThat(service.verify(new Credential(changed), NOW))
          .as("at %d", i)
          .isIn(refused(UNTRUSTED), refused(MALFORMED));
    }
  }

  @Test
  @DisplayName("what was refused or had ended MUST NOT be kept")
  void keepsNoNegatives() {
    List<Refusal> told = new ArrayList<>();
    JwtTokenService listening = service.withRefusalListener(told::add);
    Credential foreign = service(SigningKey.generateHs256("k1")).issue(session(Map.of()));
    Credential own = service.issue(session(Map.of()));

    listening.verify(foreign, NOW);
    listening.verify(foreign, NOW);
    Verification dead = listening.verify(own, NOW.plusSeconds(999_999));
    Verification again = listening.verify(own, NOW.plusSeconds(999_999));

    assertThat(told).containsExactly(Refusal.SIGNATURE, Refusal.SIGNATURE);
    assertThat(again).isEqualTo(dead).isInstanceOf(Verification.Expired.class);
    assertThat(sessionOf(again)).isNotSameAs(sessionOf(dead));
  }

  @Test
  @DisplayName("a service without a key MUST refuse its tokens, whatever another service has seen")
  void anotherRing() {
    SigningKey next = SigningKey.generateHs256("k2");
    JwtTokenService before = withBoth(next, KEY);
    Credential token = service.issue(session(Map.of()));

    assertThat(before.verify(token, NOW)).isInstanceOf(Verified.class);
    assertThat(service(next).verify(token, NOW)).isEqualTo(refused(UNTRUSTED));
  }

  @Test
  @DisplayName("with 0 nothing MUST be kept")
  void off() {
    JwtTokenService off = service.withVerifiedTokens(0);
    Credential token = service.issue(session(Map.of()));

    assertThat(off.verify(token, NOW)).isEqualTo(off.verify(token, NOW));
    assertThat(off.verify(token, NOW)).isNotSameAs(off.verify(token, NOW));
  }

  @Test
  @DisplayName("a number outside 0 to 1,048,576 MUST be refused")
  void bounds() {
    for (int tokens : new int[] {-1, (1 << 20) + 1, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> service.withVerifiedTokens(tokens))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("(" + tokens + ")");
    }
    for (int tokens : new int[] {1, 8, 9, 16, 17, 1000, 8192, 8193}) {
      int size = new VerifiedTokens(tokens).size();
      assertThat(size).isGreaterThanOrEqualTo(tokens).isLessThan(Math.max(9, 2 * tokens + 1));
      assertThat(Integer.bitCount(size)).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("more tokens than it keeps MUST all be answered, and no more than those be kept")
  void bounded() {
    VerifiedTokens tokens = new VerifiedTokens(64);
    List<String> texts = new ArrayList<>();
    Random random = new Random(4);
    for (int i = 0; i < 1_000; i++) {
      String text = "h.p." + Base64Url.encode(random(random, 32));
      texts.add(text);
      tokens.keep(text, new Verified(session(Map.of())), NOW, KeyRing.NEVER);
    }

    assertThat(texts.stream().filter(text -> tokens.find(text) != null).count())
        .isBetween(32L, 64L);
  }

  @Test
  @DisplayName("a long token MUST take the room of several: characters are bounded too")
  void charactersAreBounded() {
    VerifiedTokens tokens = new VerifiedTokens(8);
    List<String> texts = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      String text = Base64Url.encode(random(random, 30 + random.nextInt(6_000)));
      texts.add(text);
      tokens.keep(text, new Verified(session(Map.of())), NOW, KeyRing.NEVER);

      assertThat(texts.stream().filter(t -> tokens.find(t) != null).mapToInt(String::length).sum())
          .isBetween(text.length(), 8 * VerifiedTokens.CHARS_A_PLACE);
    }
  }

  @Test
  @DisplayName("what has ended MUST make room before what is alive, and what is used stay longest")
  void whoMakesRoom() {
    VerifiedTokens tokens = new VerifiedTokens(8);
    Verified alive = new Verified(session(Map.of()));
    Instant later = alive.session().endAsRead().minusSeconds(60);
    Verified dead = new Verified(session(Map.of()).seenAt(NOW.minusSeconds(1700)));
    Random random = new Random(6);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      texts.add(Base64Url.encode(random(random, 32)));
    }
    for (int i = 0; i < 8; i++) {
      tokens.keep(texts.get(i), i == 3 ? dead : alive, NOW, KeyRing.NEVER);
    }

    tokens.keep(texts.get(8), alive, later, KeyRing.NEVER);

    assertThat(tokens.find(texts.get(3))).isNull();
    for (int i = 0; i < 9; i++) {
      assertThat(i == 3 || i == 5 || tokens.find(texts.get(i)) != null).isTrue();
    }
    tokens.keep(texts.get(3), alive, later, KeyRing.NEVER);
    assertThat(tokens.find(texts.get(5))).as("the one that nobody asked for").isNull();
    assertThat(tokens.find(texts.get(0))).isNotNull();
  }

  @Test
  @DisplayName("threads that share a small cache MUST get the session of their own token")
  void concurrent() throws Exception {
    JwtTokenService small = service.withVerifiedTokens(16);
    List<Credential> tokens = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      tokens.add(service.issue(session("user-" + i, Map.of("i", "" + i))));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int seed = t;
        runs.add(threads.submit(() -> verifyMany(small, tokens, new Random(seed))));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void verifyMany(JwtTokenService small, List<Credential> tokens, Random random) {
    for (int i = 0; i < 10_000; i++) {
      int token = random.nextInt(tokens.size());
      Session session = sessionOf(small.verify(tokens.get(token), NOW));
      assertThat(session.subject()).isEqualTo("user-" + token);
      assertThat(session.attribute("i")).hasValue("" + token);
    }
  }

  @Test
  @DisplayName("a remembered token MUST take less than 3 KiB of heap, its attributes asked for")
  void memory() {
    int tokens = 4_096;
    JwtTokenService filled = service.withVerifiedTokens(2 * tokens);
    long before = heap();
    int kept = fill(filled, tokens);
    long bytes = (heap() - before) / kept;

    System.out.printf("A verified token of 400 characters takes %d bytes of heap.%n", bytes);
    assertThat(bytes).isBetween(400L, (long) MOST_BYTES_EACH);
    assertThat(filled.toString()).isNotEmpty();
  }

  private static int fill(JwtTokenService filled, int tokens) {
    for (int i = 0; i < tokens; i++) {
      Credential token = filled.issue(session(Map.of("cart", "item-" + i, "theme", "dark")));
      assertThat(sessionOf(filled.verify(token, NOW)).attributes()).hasSize(2);
    }
    return tokens;
  }

  /** After everything that can go has gone: the least of several readings. */
  private static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static JwtTokenService withBoth(SigningKey signing, SigningKey other) {
    return JwtTokenService.of(
        KeyRing.of(signing).withVerifying(other.verifying()), Forge.ISSUER, Forge.AUDIENCE);
  }

  private static Session sessionOf(Verification verification) {
    return verification instanceof Verified verified
        ? verified.session()
        : ((Verification.Expired) verification).session();
  }

  private static Credential copy(Credential token) {
    return new Credential(new String(token.value().toCharArray()));
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
