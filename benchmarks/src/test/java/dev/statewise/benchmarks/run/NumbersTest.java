package dev.statewise.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  @DisplayName("What was counted MUST be shown to the last digit")
  void exact() {
    assertThat(Numbers.exact(0)).isEqualTo("0");
    assertThat(Numbers.exact(60)).isEqualTo("60");
    assertThat(Numbers.exact(1_048_576)).isEqualTo("1,048,576");
  }

  @Test
  @DisplayName("What was estimated MUST be shown to three significant digits, zeros too")
  void rounded() {
    assertThat(Numbers.rounded(0)).isEqualTo("0");
    assertThat(Numbers.rounded(0.04123)).isEqualTo("0.0412");
    assertThat(Numbers.rounded(0.99997)).isEqualTo("1.00");
    assertThat(Numbers.rounded(1.6)).isEqualTo("1.60");
    assertThat(Numbers.rounded(16.66)).isEqualTo("16.7");
    assertThat(Numbers.rounded(930_471)).isEqualTo("930,000");
  }
}
