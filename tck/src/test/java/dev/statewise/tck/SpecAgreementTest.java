package dev.statewise.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds the pages of the spec and the kit to each other. */
@DisplayName("The spec and the kit agree")
class SpecAgreementTest {

  @Test
  @DisplayName("each rule of the spec MUST be in the kit with the same sentence, and vice versa")
  void sameRules() {
    Map<String, String> kit = Rules.ofKit();
    Map<String, String> pages = Rules.ofPages();

    assertThat(kit).isEqualTo(pages);
  }

  @Test
  @DisplayName("each rule MUST be one sentence with one MUST")
  void oneMust() {
    assertThat(Rules.ofKit())
        .hasSizeGreaterThan(100)
        .allSatisfy((number, sentence) -> assertThat(sentence.split("\\bMUST\\b", -1)).hasSize(2));
  }
}
