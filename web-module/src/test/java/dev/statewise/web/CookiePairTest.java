package dev.statewise.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiePairTest {

  @Test
  @DisplayName("What browsers send of each case of http-state MUST be read as the same pairs")
  void asSent() throws IOException {
    int read = 0;
    for (JsonNode test : Vectors.json("http-state/parser.json")) {
      List<String> sent = new ArrayList<>();
      for (JsonNode cookie : test.get("sent")) {
        sent.add(cookie.get("name").asText() + "=" + cookie.get("value").asText());
      }
      if (sent.isEmpty() || sent.stream().anyMatch(pair -> pair.startsWith("="))) {
        continue;
      }
      List<String> pairs =
          CookiePair.of(List.of(String.join("; ", sent))).stream()
              .map(pair -> pair.name() + "=" + pair.value())
              .toList();
      assertThat(pairs).as(test.get("test").asText()).isEqualTo(sent);
      read++;
    }
    assertThat(read).isGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "id=a|id=a",
        " id = a |id=a",
        "id=\"a\"|id=\"a\"",
        "id=a=b|id=a=b",
        "id=%61|id=%61",
        "$Version=1; id=a|$Version=1,id=a"
      })
  @DisplayName("A value MUST be read as it is: not unquoted, not decoded, cut at nothing but ;")
  void values(String header, String expected) {
    assertThat(
            CookiePair.of(List.of(header)).stream().map(pair -> pair.name() + "=" + pair.value()))
        .containsExactly(expected.split(","));
  }

  @Test
  @DisplayName("What has no name or no equals sign MUST be no cookie")
  void none() {
    assertThat(CookiePair.of(List.of("", ";", "id", "=a", " = ", ";;=;"))).isEmpty();
  }

  @Test
  @DisplayName("The cookies of several headers MUST be read in their order")
  void several() {
    assertThat(CookiePair.of(List.of("a=1; b=2", "c=3")))
        .extracting(CookiePair::name)
        .containsExactly("a", "b", "c");
  }

  @Test
  @DisplayName("A cookie MUST NOT tell its value in a log")
  void redacted() {
    assertThat(new CookiePair("id", "secret")).asString().isEqualTo("CookiePair[id]");
  }
}
