package dev.statewise.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The values of a session")
class SessionTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final SessionKey KEY = SessionKey.draw("alice", new Random(1));

  @Test
  @DisplayName("end() MUST be the earlier of the idle end and the absolute end")
  void end() {
    Session session = session(Map.of());

    assertThat(session.end()).isEqualTo(NOW.plusSeconds(60));
    assertThat(session.next(NOW.plusSeconds(590)).end()).isEqualTo(NOW.plusSeconds(600));
    assertThat(session.isExpiredAt(session.end().minusNanos(1))).isFalse();
    assertThat(session.isExpiredAt(session.end())).isTrue();
  }

  @Test
  @DisplayName(
      "a session MUST be expired from the very nanosecond of its end, and at no instant before")
  void expiresToTheNanosecond() {
    for (int millis : new int[] {0, 1, 250, 999}) {
      Session session = session(Map.of()).seenAt(NOW.plusMillis(millis));
      Instant end = NOW.plusSeconds(60).plusMillis(millis);

      assertThat(session.isExpiredAt(end.minusNanos(1))).isFalse();
      assertThat(session.isExpiredAt(end)).isTrue();
      assertThat(session.isExpiredAt(end.plusNanos(1))).isTrue();
      assertThat(session.isExpiredAt(end.minusSeconds(1).plusMillis(999 - millis))).isFalse();
      assertThat(session.isExpiredAt(end.plusSeconds(1).minusMillis(millis))).isTrue();
    }
    assertThat(session(Map.of()).isExpiredAt(Instant.MIN)).isFalse();
    assertThat(session(Map.of()).isExpiredAt(Instant.MAX)).isTrue();
  }

  @Test
  @DisplayName("instants MUST be cut to milliseconds, so that a session survives every store")
  void cutsInstants() {
    Session session = session(NOW.plusNanos(1_999_999), Duration.ofMinutes(1), "alice");

    assertThat(session.createdAt()).isEqualTo(NOW.plusMillis(1));
    assertThat(session.next(NOW.plusNanos(999_999)).lastSeen()).isEqualTo(NOW);
  }

  @Test
  @SuppressWarnings("NullAway") // that is what is tried
  @DisplayName("an attribute that is set to null MUST be named")
  void nullIsNamed() {
    Session session = session(Map.of());

    assertThatThrownBy(() -> session.with("cart", (String) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("'cart'");
  }

  @Test
  @DisplayName("seenAt MUST take an instant outside 1970 to 9999 as the nearest of these")
  void seenOutsideTheRange() {
    Session session = session(Map.of());

    assertThat(session.seenAt(Instant.MIN).lastSeen()).isEqualTo(Instant.EPOCH);
    assertThat(session.seenAt(Instant.MAX).lastSeen())
        .isEqualTo(Instant.parse("9999-12-31T23:59:59.999Z"));
  }

  @Test
  @DisplayName("with… MUST NOT move the version; next MUST move it by one and stamp lastSeen")
  void versions() {
    Session session = session(Map.of());

    Session changed = session.with("a", "1").without("b").withIdleTimeout(Duration.ofSeconds(5));

    assertThat(changed.version()).isEqualTo(1);
    assertThat(changed.next(NOW.plusSeconds(3)).version()).isEqualTo(2);
    assertThat(changed.next(NOW.plusSeconds(3)).lastSeen()).isEqualTo(NOW.plusSeconds(3));
    assertThat(session.without("none")).isSameAs(session);
  }

  @Test
  @DisplayName("stateBytes MUST be the UTF-8 bytes of names and values and 8 an attribute")
  void stateBytes() {
    assertThat(session(Map.of()).stateBytes()).isZero();
    assertThat(session(Map.of("a", "1", "ü", "€")).stateBytes()).isEqualTo(2 * 8 + 2 + 2 + 3);
  }

  @Test
  @DisplayName("text MUST be well-formed Unicode without U+0000")
  void refusesBrokenText() {
    Session session = session(Map.of());

    for (String broken : new String[] {"\u0000", "a\uD800", "\uDC00b", "\uDC00\uD800"}) {
      assertThatThrownBy(() -> session.with("name", broken))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> session.with(broken, "value"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> session(NOW, Duration.ofMinutes(1), broken))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(session.with("🙂", "🙂").attribute("🙂")).contains("🙂");
  }

  @Test
  @DisplayName("many attributes MUST be carried as faithfully as few")
  void manyAttributes() {
    Map<String, String> many =
        IntStream.range(0, 1000)
            .boxed()
            .collect(Collectors.toMap(i -> "name" + i, i -> "value" + i));

    Session session = session(many);

    assertThat(session.attributes()).isEqualTo(many);
    many.clear();
    assertThat(session.attributes()).hasSize(1000);
    assertThatThrownBy(() -> session.attributes().put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @DisplayName("a value outside its bounds MUST be refused with what it was")
  void refusesOutOfBounds() {
    refused("PT0.5S", () -> session(NOW, Duration.ofMillis(500), "alice"));
    refused("PT0S", () -> session(NOW, Duration.ZERO, "alice"));
    refused("1969", () -> session(Instant.EPOCH.minusMillis(1), Duration.ofSeconds(1), "a"));
    refused(
        "+10000",
        () -> session(Instant.parse("+10000-01-01T00:00:00Z"), Duration.ofSeconds(1), "a"));
    refused(
        "version (0)",
        () ->
            Session.restore(
                KEY,
                "a",
                SecretHash.NONE,
                0,
                NOW,
                NOW,
                Duration.ofSeconds(1),
                NOW.plusSeconds(1),
                Map.of()));
    refused(
        "absoluteEnd",
        () ->
            Session.restore(
                KEY, "a", SecretHash.NONE, 1, NOW, NOW, Duration.ofSeconds(1), NOW, Map.of()));
  }

  @Test
  @DisplayName(
      "a typed attribute that does not decode MUST be reported by name, and MUST NOT spoil the rest")
  void typedAttributes() {
    Attribute<Integer> count =
        new Attribute<>("count", i -> Integer.toString(i), Integer::parseInt);
    Session session = session(Map.of()).with(count, 41).with(Attribute.text("name"), "x");

    assertThat(session.get(count)).contains(41);
    Session spoiled = session.with("count", "s3cret");
    assertThatThrownBy(() -> spoiled.get(count))
        .isInstanceOf(UndecodableAttributeException.class)
        .hasMessageContaining("'count'")
        .message()
        .doesNotContain("s3cret");
    assertThat(spoiled.get(Attribute.text("name"))).contains("x");
  }

  @Test
  @DisplayName("nothing secret and nothing personal MUST be printed")
  void prints() {
    Session session = session(new HashMap<>(Map.of("mail", "alice@example.org")));

    assertThat(session.toString()).contains(KEY.text()).doesNotContain("alice");
    assertThat(new Credential("abc.def").toString()).isEqualTo("Credential[redacted, 7 chars]");
    assertThat(new Grant(new Credential("abc.def"), session).toString()).doesNotContain("abc.def");
  }

  @Test
  @DisplayName("all keys of a subject MUST share its slot and differ in their handle")
  void keys() {
    Random random = new Random(7);

    SessionKey one = SessionKey.draw("alice", random);
    SessionKey other = SessionKey.draw("alice", random);

    assertThat(one.text()).hasSize(15).matches("[A-Za-z0-9_-]{15}");
    assertThat(one.slot()).isEqualTo(other.slot()).isEqualTo(KEY.slot());
    assertThat(one.handle()).isNotEqualTo(other.handle());
    assertThat(SessionKey.draw("", random).slot()).isNotEqualTo(SessionKey.draw("", random).slot());
    assertThat(SessionKey.parse(one.text())).contains(one);
    assertThat(SessionKey.parse(null)).isEmpty();
    assertThat(SessionKey.parse("short")).isEmpty();
    assertThat(SessionKey.parse("AAAAAAAAAAAAAA/")).isEmpty();
    assertThatThrownBy(() -> new SessionKey("{AA}AAAAAAAAAAA"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("a secret hash MUST match its own bytes alone, and NONE nothing")
  void secretHashes() {
    byte[] bytes = new byte[32];
    bytes[31] = 1;
    SecretHash hash = SecretHash.of(bytes);

    assertThat(hash.matches(bytes)).isTrue();
    assertThat(hash.matches(new byte[32])).isFalse();
    assertThat(hash.matches(new byte[31])).isFalse();
    assertThat(SecretHash.NONE.matches(new byte[32])).isFalse();
    assertThat(SecretHash.of(new byte[32])).isSameAs(SecretHash.NONE);
    assertThatThrownBy(() -> SecretHash.of(new byte[31])).hasMessageContaining("31");
  }

  @Test
  @DisplayName("an outcome that is not a success MUST carry itself out of …OrThrow")
  void outcomes() {
    Unavailable outage = new Unavailable("session store", new IllegalStateException("down"));

    assertThatThrownBy(outage::grantOrThrow)
        .isInstanceOfSatisfying(
            OutcomeException.class, e -> assertThat(e.outcome()).isSameAs(outage))
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new SaveResult.Gone().savedOrThrow())
        .isInstanceOf(OutcomeException.class);
    assertThat(
            new Validation.Rejected(Rejection.EXPIRED).<Integer>fold(a -> 200, r -> 401, u -> 503))
        .isEqualTo(401);
    assertThat(outage.<Integer>fold(a -> 200, r -> 401, u -> 503)).isEqualTo(503);
  }

  private static void refused(String words, Runnable building) {
    assertThatThrownBy(building::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  private static Session session(Map<String, String> attributes) {
    return session(NOW, Duration.ofMinutes(1), "alice").withAttributes(attributes);
  }

  private static Session session(Instant createdAt, Duration idle, String subject) {
    return Session.restore(
        KEY,
        subject,
        SecretHash.NONE,
        1,
        createdAt,
        createdAt,
        idle,
        createdAt.plusSeconds(600),
        Map.of());
  }
}
