package dev.statewise.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendoredTest {

  @ParameterizedTest
  @CsvSource({
    "d3.min.js, 912111098ea99503a6f4967361d2bbdc9dbf58cf9c678c8e27e5b02d1a07f0c1",
    "d3.LICENSE, 2a6d2d5f32ba0b755ddbc1c833f766e30cdbe6ebe9a6d4e3e24427721f0b63d3",
    "plot.umd.min.js, 4358086467740777dd788d6b27a95cebdbaefdd50c730a3060117073bd7134cb",
    "plot.LICENSE, 4b295e011e0e046170041b5b46f1349393aeceb95797793a55bd21dbb543363a"
  })
  @DisplayName("a library in the page MUST be the one that was published, to the byte")
  void isWhatWasPublished(String file, String sha256) throws Exception {
    byte[] bytes = Assets.text("vendor/" + file).getBytes(StandardCharsets.UTF_8);

    String found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));

    assertThat(found).as("D3 7.9.2 and Observable Plot 0.6.17 from npm").isEqualTo(sha256);
  }

  @Test
  @DisplayName("a library in the page MUST NOT end the element that it stands in")
  void endsNoElement() {
    assertThat(Assets.vendored()).doesNotContain("</script").doesNotContain("<!--");
  }
}
