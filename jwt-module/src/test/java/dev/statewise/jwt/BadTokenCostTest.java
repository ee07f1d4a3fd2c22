package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.claims;
import static dev.statewise.jwt.Forge.header;
import static dev.statewise.jwt.Forge.service;
import static dev.statewise.jwt.Forge.session;
import static dev.statewise.jwt.Forge.signed;
import static dev.statewise.jwt.Forge.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import dev.statewise.session.Credential;
import dev.statewise.spi.Verification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a bad token costs, whatever it is: its outcome, how much of it is looked at and what is
 * allocated are judged in each build; CPU time is printed, and judged with {@code -Pcosts} only.
 */
class BadTokenCostTest {

  private static final long MOST_ALLOCATION = 2 << 20;
  private static final double MOST_MILLIS = 50;
  private static final int RUNS = 20;
  private static final boolean JUDGED = Boolean.getBoolean("statewise.costs.judged");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final SigningKey KEY = SigningKey.generateHs256("k1");
  private static final String HEADER = Base64Url.encode(utf8(header(KEY)));
  private static final String PAYLOAD = Base64Url.encode(utf8(claims()));

  private final JwtTokenService service = service(KEY);

  static Stream<Arguments> strangers() {
    String foreign = "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":%s}";
    return Stream.of(
        arguments("50 MB of alphabet", Refusal.TOO_LONG, "A".repeat(50 << 20)),
        arguments("a header of 50 MB", Refusal.TOO_LONG, "A".repeat(50 << 20) + ".AAAA.AAAA"),
        arguments(
            "a payload of 50 MB", Refusal.TOO_LONG, HEADER + "." + "A".repeat(50 << 20) + ".AAAA"),
        arguments("a million dots", Refusal.TOO_LONG, ".".repeat(1_000_000)),
        arguments("as many dots as fit", Refusal.FORM, ".".repeat(8192)),
        arguments("our header and dots", Refusal.FORM, HEADER + ".".repeat(8192 - HEADER.length())),
        arguments(
            "a number of 1,000,000 digits in the header",
            Refusal.TOO_LONG,
            unsigned(foreign.formatted("1".repeat(1_000_000)))),
        arguments(
            "a number as long as fits in the header",
            Refusal.HEADER,
            unsigned(foreign.formatted("1".repeat(700)))),
        arguments(
            "10,000 levels in the header",
            Refusal.TOO_LONG,
            unsigned(foreign.formatted("[".repeat(10_000)))),
        arguments(
            "65,536 colliding names in the header",
            Refusal.TOO_LONG,
            unsigned(foreign.formatted("{" + collisions(65_536) + "}"))),
        arguments(
            "as many colliding names as fit in the header",
            Refusal.HEADER,
            unsigned(foreign.formatted("{" + collisions(16) + "}"))),
        arguments("a kid of 1 MB", Refusal.TOO_LONG, unsigned("{\"kid\":\"" + "k".repeat(1 << 20))),
        arguments(
            "64 MB, zipped",
            Refusal.TOO_LONG,
            unsigned("{\"alg\":\"HS256\",\"zip\":\"DEF\"}", zipped(64 << 20))),
        arguments(
            "as much as fits, zipped",
            Refusal.HEADER,
            unsigned("{\"alg\":\"HS256\",\"zip\":\"DEF\"}", zipped(4 << 20))),
        arguments(
            "the longest payload without a signature",
            Refusal.SIGNATURE,
            HEADER + "." + "A".repeat(8000) + "." + "A".repeat(43)),
        arguments(
            "the longest payload with a character amiss",
            Refusal.FORM,
            HEADER + "." + "A".repeat(7999) + "!." + "A".repeat(43)),
        arguments("half of it not Latin", Refusal.FORM, HEADER + "." + "\u20ac".repeat(8000)));
  }

  /** Signed with our key by a program that means us no good. */
  static Stream<Arguments> signers() {
    return Stream.of(
        signer("a number as long as fits", "\"ver\":1", "\"ver\":" + "1".repeat(5_000)),
        signer("an exponent as long as fits", "\"ver\":1", "\"ver\":1e" + "9".repeat(5_000)),
        signer("as many arrays as fit", "\"ver\":1", "\"ver\":" + "[".repeat(5_000)),
        signer("as many objects as fit", "\"42\"", "{\"a\":".repeat(1_000)),
        signer("a name twice among many", "}}", "," + distinct(450) + ",\"n1\":\"\"}}"),
        signer("names that collide", "}}", "," + collisions(120) + "," + collisions(1) + "}}"),
        signer("a name of escapes twice", "}}", ("," + escaped() + "," + escaped()) + "}}"),
        signer("an escape that is broken at the end", "42", "\\u0041".repeat(900) + "\\u004"),
        signer("white space and no end", "}}", " ".repeat(5_000)));
  }

  private static Arguments signer(String what, String good, String bad) {
    String payload = claims().replace(good, bad);
    return arguments(what, Refusal.CLAIMS, signed(KEY, header(KEY), payload).value());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"strangers", "signers"})
  @DisplayName("a token made to be costly MUST be refused for a bounded price, for its reason")
  void bounded(String what, Refusal refusal, String token) {
    List<Refusal> told = new ArrayList<>();
    JwtTokenService listening = service.withRefusalListener(told::add);
    Credential credential = new Credential(token);
    service.verify(service.issue(session(Map.of())), NOW);
    listening.verify(credential, NOW);

    long allocated = Allocation.during(() -> service.verify(credential, NOW));

    assertThat(told).as(what).containsExactly(refusal);
    assertThat(service.verify(credential, NOW)).isInstanceOf(Verification.Refused.class);
    assertThat(allocated).isLessThan(refusal == Refusal.TOO_LONG ? 4096 : MOST_ALLOCATION);
    double millis = medianMillis(credential);
    System.out.printf("%-48s %-9s %8.3f ms, %,9d B%n", what, refusal, millis, allocated);
    if (JUDGED) {
      assertThat(millis).as("CPU time of %s", what).isLessThan(MOST_MILLIS);
    }
  }

  @Test
  @DisplayName("no character beyond the largest token MUST be looked at, however long the text is")
  void looksAtNoMore() {
    String fits = HEADER + "." + "A".repeat(8000) + "." + "A".repeat(43);
    List<Refusal> told = new ArrayList<>();
    JwtTokenService listening =
        service.withMaxTokenBytes(fits.length()).withRefusalListener(told::add);

    listening.verify(new Credential(fits), NOW);
    for (String more : List.of("A", "!", ".", "\u0000", "A".repeat(50 << 20))) {
      listening.verify(new Credential(fits + more), NOW);
    }

    assertThat(told.get(0)).isEqualTo(Refusal.SIGNATURE);
    assertThat(told.subList(1, told.size())).containsOnly(Refusal.TOO_LONG);
  }

  private double medianMillis(Credential credential) {
    long[] nanos = new long[RUNS];
    for (int i = -RUNS; i < RUNS; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      service.verify(credential, NOW);
      nanos[Math.max(i, 0)] = THREADS.getCurrentThreadCpuTime() - before;
    }
    Arrays.sort(nanos);
    return nanos[RUNS / 2] / 1e6;
  }

  private static String unsigned(String header) {
    return unsigned(header, utf8(claims()));
  }

  private static String unsigned(String header, byte[] payload) {
    String end = payload.length == utf8(claims()).length ? PAYLOAD : Base64Url.encode(payload);
    return Base64Url.encode(utf8(header)) + "." + end + ".AAAA";
  }

  private static byte[] zipped(int zeros) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream zip =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      byte[] piece = new byte[1 << 16];
      for (int i = 0; i < zeros; i += piece.length) {
        zip.write(piece);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String distinct(int count) {
    return String.join(
        ",", IntStream.range(0, count).mapToObj(i -> "\"n" + i + "\":\"\"").toList());
  }

  private static String escaped() {
    return "\"" + "\\u0061".repeat(400) + "\":\"\"";
  }

  /** Members whose names have one {@code hashCode}. */
  private static String collisions(int count) {
    return String.join(
        ",", IntStream.range(0, count).mapToObj(i -> "\"" + collision(i) + "\":\"\"").toList());
  }

  private static String collision(int i) {
    StringBuilder name = new StringBuilder();
    for (int bit = 0; bit < 16; bit++) {
      name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return name.toString();
  }
}
