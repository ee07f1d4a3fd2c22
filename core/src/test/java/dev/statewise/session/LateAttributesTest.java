package dev.statewise.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LateAttributesTest {

  private static final Instant NOW = Instant.parse("2026-11-22T11:30:00Z");

  private final AtomicInteger made = new AtomicInteger();
  private final Map<String, String> source = new HashMap<>(Map.of("cart", "42"));
  private final Session session =
      restored(
          () -> {
            made.incrementAndGet();
            return Map.copyOf(source);
          });

  @Test
  @DisplayName("attributes that nobody asks for MUST NOT be made")
  void notMade() {
    assertThat(session.seenAt(NOW.plusSeconds(1)).withIdleTimeout(Duration.ofHours(1)).next(NOW))
        .isNotNull();
    assertThat(session.hashCode()).isEqualTo(session.seenAt(NOW).hashCode());
    assertThat(made).hasValue(0);
  }

  @Test
  @DisplayName("attributes MUST be made once, and stay what they were then")
  void madeOnce() {
    assertThat(session.attribute("cart")).hasValue("42");
    source.put("cart", "43");

    assertThat(session.attribute("cart")).hasValue("42");
    assertThat(session.attributes()).isEqualTo(Map.of("cart", "42"));
    assertThat(made).hasValue(1);
  }

  @Test
  @DisplayName("a session with late attributes MUST equal the one that has had them all along")
  void equality() {
    Session early =
        Session.restore(
            session.key(),
            session.subject(),
            session.secretHash(),
            session.version(),
            session.createdAt(),
            session.lastSeen(),
            session.idleTimeout(),
            session.absoluteEnd(),
            source);

    assertThat(session).isEqualTo(early).hasSameHashCodeAs(early);
    assertThat(early).isEqualTo(session);
    assertThat(session.attributes()).hasSameHashCodeAs(early.attributes());
    assertThat(session.stateBytes()).isEqualTo(early.stateBytes());
    assertThat(session.with("a", "b").attributes()).isEqualTo(Map.of("cart", "42", "a", "b"));
    assertThat(session.without("cart").attributes()).isEmpty();
  }

  @Test
  @DisplayName("late attributes MUST be unmodifiable")
  void unmodifiable() {
    Map<String, String> attributes = session.attributes();

    assertThatThrownBy(() -> attributes.put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> attributes.entrySet().iterator().next().setValue("b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(attributes::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @DisplayName("each way to look at late attributes MUST show the same")
  void sameEveryWay() {
    Map<String, String> walked = new HashMap<>();
    session.attributes().forEach(walked::put);

    assertThat(walked).isEqualTo(source);
    assertThat(session.attributes().entrySet()).isEqualTo(source.entrySet());
    assertThat(session.attributes().containsKey("cart")).isTrue();
    assertThat(session.attributes().containsKey("tart")).isFalse();
    assertThat(session.attributes().size()).isEqualTo(1);
  }

  private static Session restored(Supplier<Map<String, String>> attributes) {
    return Session.restoreLate(
        new SessionKey("abcDEF012345-_9"),
        "user",
        SecretHash.NONE,
        1,
        NOW,
        NOW,
        Duration.ofMinutes(30),
        NOW.plusSeconds(999),
        attributes);
  }
}
