package dev.statewise.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.memory.CaffeineSessionStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HostileHeadersTest {

  private final CaffeineSessionStore store = CaffeineSessionStore.create();
  private final WebSessions web =
      WebSessions.over(
          StatefulSessions.over(store, SessionPolicy.defaults()),
          CookieCarrier.create(),
          BearerCarrier.create());

  @Test
  @DisplayName("C5 No naughty string in any header MUST throw, be a session or create one")
  void naughty() throws IOException {
    List<String> strings = new ArrayList<>();
    Vectors.json("blns/blns.json").forEach(string -> strings.add(string.asText()));

    assertThat(strings).hasSizeGreaterThan(500);
    strings.forEach(this::isNobody);
  }

  @Test
  @DisplayName("No Set-Cookie header of http-state as a cookie or its value MUST be a session")
  void received() throws IOException {
    List<String> strings = new ArrayList<>();
    for (JsonNode test : Vectors.json("http-state/parser.json")) {
      test.get("received").forEach(header -> strings.add(header.asText()));
    }

    assertThat(strings).hasSizeGreaterThan(200);
    strings.forEach(this::isNobody);
  }

  @Test
  @DisplayName("A header of a megabyte MUST be judged as any other")
  void large() {
    for (String unit : List.of("a", ";", "=", "__Host-id=a;", " ", "\u0000", "\ud800")) {
      isNobody(unit.repeat((1 << 20) / unit.length()));
    }
  }

  private void isNobody(String text) {
    for (RequestHeaders headers :
        List.of(
            Requests.with("Cookie", text),
            Requests.with("Cookie", "__Host-id=" + text),
            Requests.with("Cookie", "__Host-id=\"" + text + "\"; " + text),
            Requests.with("Authorization", text),
            Requests.with("Authorization", "Bearer " + text))) {
      SessionExchange exchange = web.begin(headers);
      assertThat(exchange.session()).isEmpty();
      assertThat(exchange.headers()).isEmpty();
      assertThat(exchange.refusalWithoutSession().orElseThrow().status()).isIn(400, 401);
    }
    assertThat(store.size()).isZero();
  }
}
