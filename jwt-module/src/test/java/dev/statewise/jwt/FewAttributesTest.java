package dev.statewise.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Few attributes, side by side")
class FewAttributesTest {

  private final Map<String, String> few = new FewAttributes(new String[] {"a", "1", "", "2"});

  @Test
  @DisplayName("they MUST be the map that has each name with its value")
  void isThatMap() {
    Map<String, String> same = Map.of("a", "1", "", "2");
    Map<String, String> walked = new HashMap<>();
    few.forEach(walked::put);

    assertThat(few).isEqualTo(same).hasSameHashCodeAs(same).hasSize(2);
    assertThat(same).isEqualTo(few);
    assertThat(walked).isEqualTo(same);
    assertThat(few.get("a")).isEqualTo("1");
    assertThat(few.get("")).isEqualTo("2");
    assertThat(few.get("1")).isNull();
    assertThat(few.containsKey("a")).isTrue();
    assertThat(few.containsKey("2")).isFalse();
  }

  @Test
  @DisplayName("they MUST be unmodifiable, and without null as Map.of is")
  void unmodifiable() {
    assertThatThrownBy(() -> few.put("a", "3")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(few::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> few.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> few.entrySet().iterator().next().setValue("3"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> few.get(null)).isInstanceOf(NullPointerException.class);
    assertThat(few).isEqualTo(Map.of("a", "1", "", "2"));
  }

  @Test
  @DisplayName("a walk MUST end behind the last one")
  void walkEnds() {
    var walk = few.entrySet().iterator();
    walk.next();
    walk.next();

    assertThat(walk.hasNext()).isFalse();
    assertThatThrownBy(walk::next).isInstanceOf(NoSuchElementException.class);
  }
}
