package dev.statewise.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedAttributesTest {

  private static final Map<String, String> PLAIN =
      Map.of(
          "name",
          "Ada",
          "",
          "of no name",
          "empty",
          "",
          "город",
          "Łódź 🏙 \uffff",
          "x".repeat(600),
          "y");

  @Test
  @DisplayName("Packed attributes MUST be equal to those that were packed, in both directions")
  void equality() {
    Map<String, String> packed = PackedAttributes.of(PLAIN);

    assertThat(packed).isInstanceOf(PackedAttributes.class).isEqualTo(PLAIN).hasSize(PLAIN.size());
    assertThat(PLAIN).isEqualTo(packed).hasSameHashCodeAs(packed);
    assertThat(new HashMap<>(packed)).isEqualTo(PLAIN);
    PLAIN.forEach((name, value) -> assertThat(packed.get(name)).isEqualTo(value));
  }

  @Test
  @DisplayName("A name that is none of theirs MUST have no value, and a null MUST be refused")
  void absent() {
    Map<String, String> packed = PackedAttributes.of(PLAIN);

    assertThat(packed.get("nam")).isNull();
    assertThat(packed.containsKey("names")).isFalse();
    assertThat(packed.containsKey("name")).isTrue();
    assertThatThrownBy(() -> packed.get(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  @DisplayName("Packed attributes MUST NOT be changed by anybody")
  void unmodifiable() {
    Map<String, String> packed = PackedAttributes.of(PLAIN);

    assertThatThrownBy(() -> packed.put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> packed.remove("name"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(packed::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> packed.entrySet().iterator().next().setValue("b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 2_000, 2_046, 2_047, 70_000})
  @DisplayName("A value of any length MUST come back as it was")
  void lengths(int length) {
    Map<String, String> attributes = Map.of("a", "v".repeat(length));

    assertThat(PackedAttributes.of(attributes)).isEqualTo(attributes);
  }

  @Test
  @DisplayName("State above 2 KiB MUST stay as it is, for each reading would copy it")
  void large() {
    Map<String, String> fits = Map.of("a", "v".repeat(2_046));
    Map<String, String> large = Map.of("a", "v".repeat(2_047));

    assertThat(PackedAttributes.of(fits)).isNotSameAs(fits);
    assertThat(PackedAttributes.of(large)).isSameAs(large);
    assertThat(PackedAttributes.of(Map.of())).isSameAs(Map.<String, String>of());
  }

  @Test
  @DisplayName("Sessions of the same names MUST share them, whoever else contends for their place")
  void shared() {
    AttributeNames names = AttributeNames.of(Map.of("cart", "", "role", "").keySet());

    assertThat(AttributeNames.of(Map.of("role", "1", "cart", "2").keySet())).isSameAs(names);
    for (int i = 0; i < 10_000; i++) {
      String own = "own-" + i;
      assertThat(PackedAttributes.of(Map.of(own, "v")).get(own)).isEqualTo("v");
    }
    assertThat(AttributeNames.of(Map.of("cart", "", "role", "").keySet()).indexOf("role"))
        .isEqualTo(1);
  }

  @Test
  @DisplayName("A packed session MUST be equal to itself as it was, and change as it did")
  void session() {
    Map<String, String> attributes = new LinkedHashMap<>(PLAIN);
    Session session =
        Session.restore(
            new SessionKey("AAAAAAAAAAAAAAA"),
            "ada",
            SecretHash.NONE,
            7,
            Instant.EPOCH,
            Instant.EPOCH,
            Duration.ofMinutes(30),
            Instant.EPOCH.plusSeconds(7_200),
            attributes);
    Session packed = session.packed();

    assertThat(packed).isEqualTo(session).hasSameHashCodeAs(session);
    assertThat(session).isEqualTo(packed);
    assertThat(packed.packed()).isSameAs(packed);
    assertThat(packed.endAsRead()).isEqualTo(session.endAsRead());
    assertThat(packed.stateBytes()).isEqualTo(session.stateBytes());
    assertThat(packed.with("name", "Grace")).isEqualTo(session.with("name", "Grace"));
    assertThat(packed.without("город")).isEqualTo(session.without("город"));
    assertThat(packed.attribute("name")).contains("Ada");
    assertThat(packed.attribute("no")).isEmpty();
  }
}
