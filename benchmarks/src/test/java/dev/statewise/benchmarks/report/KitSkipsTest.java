package dev.statewise.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KitSkipsTest {

  private static final KitSkips SKIPS =
      KitSkips.parse(
          """
          # a comment
          dev.a.OneTest#S9.\talways\tnothing is sent
          dev.a.OneTest#S10.\talways\tnothing is kept
          dev.a.OneIndexTest#X5.\talways\tnothing is sent
          dev.a.OneTest#\tno-server\tno server is there
          dev.b.OtherTest#S9.2 \talways\tit sends nothing again
          dev.b.OtherTest#every naughty string\talways\tnone is there
          dev.b.NoIndexTest#X\talways\tit keeps no index
          """);

  @Test
  @DisplayName("Rules that are always skipped MUST be those of the store's runs, and no other")
  void rules() {
    assertThat(SKIPS.rules(List.of("OneTest", "OneIndexTest"))).isEqualTo("S9, S10, X5");
    assertThat(SKIPS.rules(List.of("OtherTest", "NoIndexTest")))
        .isEqualTo("S9.2, all of the index");
    assertThat(SKIPS.rules(List.of("UnknownTest"))).isEqualTo("nothing");
  }

  @Test
  @DisplayName("Each reason MUST stand once, with its rules and its stores")
  void reasons() {
    Map<String, List<String>> tests = new LinkedHashMap<>();
    tests.put("one", List.of("OneTest", "OneIndexTest"));
    tests.put("another", List.of("OtherTest"));

    assertThat(SKIPS.reasons(tests))
        .containsExactly(
            "S9, X5 (one): nothing is sent",
            "S10 (one): nothing is kept",
            "S9.2 (another): it sends nothing again");
  }
}
