package dev.statewise.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.StatefulSessions;
import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.session.Ending;
import dev.statewise.session.Grant;
import dev.statewise.session.OpenResult;
import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionExchangeTest {

  private final CaffeineSessionStore store = CaffeineSessionStore.create();
  private final Sessions sessions = StatefulSessions.over(store, SessionPolicy.defaults());
  private final WebSessions web =
      WebSessions.over(sessions, CookieCarrier.create(), BearerCarrier.create());

  @Test
  @DisplayName("A session that is opened MUST be that of the next request with its cookie")
  void opensAndComesBack() {
    SessionExchange first = web.begin(Requests.bare());
    first.open("ada", Map.of("cart", "1"));

    SessionExchange second = web.begin(cookieOf(first));

    assertThat(second.session().orElseThrow().subject()).isEqualTo("ada");
    assertThat(second.refusalWithoutSession()).isEmpty();
    assertThat(second.headers()).as("nothing to keep").isEmpty();
  }

  @Test
  @DisplayName("A14 K7 Whenever a credential is set, no cache MUST keep the answer")
  void noStore() {
    SessionExchange exchange = web.begin(Requests.bare());
    exchange.open("ada", Map.of());

    assertThat(exchange.headers())
        .contains(new Header("Cache-Control", "no-store"), new Header("Vary", "Cookie"));
  }

  @Test
  @DisplayName("A3 A login MUST draw a new id, keep what it is given and kill the old one")
  void login() {
    SessionExchange anonymous = web.begin(Requests.bare());
    anonymous.openAnonymous(Map.of("cart", "7"));
    RequestHeaders before = cookieOf(anonymous);

    SessionExchange login = web.begin(before);
    login.login("ada", login.session().orElseThrow().attributes());

    assertThat(login.session().orElseThrow().attribute("cart")).contains("7");
    assertThat(cookieOf(login).all("Cookie")).isNotEqualTo(before.all("Cookie"));
    assertThat(web.begin(before).standing()).isEqualTo(new Standing.Rejected(Rejection.UNKNOWN));
    assertThat(web.begin(cookieOf(login)).session()).isPresent();
  }

  @Test
  @DisplayName("A request with a credential that was rotated away MUST set and delete no cookie")
  void rotatedAway() {
    SessionExchange opened = web.begin(Requests.bare());
    opened.open("ada", Map.of());
    RequestHeaders old = cookieOf(opened);
    SessionExchange rotating = web.begin(old);
    rotating.rotate(rotating.session().orElseThrow());

    SessionExchange late = web.begin(old);

    assertThat(late.session()).isEmpty();
    assertThat(late.refusal()).as("a page that needs nobody").isEmpty();
    assertThat(late.headers()).isEmpty();
    late.end();
    assertThat(late.headers()).as("after a logout with it").isEmpty();
    assertThat(web.begin(cookieOf(rotating)).session()).as("the newer one").isPresent();
  }

  @Test
  @DisplayName("A logout MUST end the session and delete the cookie with its attributes")
  void logout() {
    SessionExchange opened = web.begin(Requests.bare());
    opened.open("ada", Map.of());
    RequestHeaders cookie = cookieOf(opened);

    SessionExchange logout = web.begin(cookie);

    assertThat(logout.end()).containsInstanceOf(Ending.Ended.class);
    assertThat(logout.headers()).containsAll(CookieCarrier.create().takeBack());
    assertThat(logout.headers()).contains(new Header("Cache-Control", "no-store"));
    assertThat(web.begin(cookie).session()).isEmpty();
  }

  @Test
  @DisplayName("What was opened and ended in one request MUST leave nothing")
  void openedAndEnded() {
    SessionExchange exchange = web.begin(Requests.bare());
    exchange.open("ada", Map.of());
    exchange.end();

    assertThat(exchange.given()).isEmpty();
    assertThat(store.size()).isZero();
  }

  @Test
  @DisplayName("1,000 anonymous requests and 1,000 logouts MUST create nothing")
  void nothingIsCreated() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(web.begin(Requests.bare()).headers()).isEmpty();
      assertThat(web.begin(Requests.bare()).end()).isEmpty();
    }
    assertThat(store.size()).isZero();
  }

  @Test
  @DisplayName("Two ways of sending a credential MUST be answered with 400 (RFC 6750 §2)")
  void twoWays() {
    SessionExchange exchange =
        web.begin(
            Requests.of(
                Map.of("Cookie", List.of("__Host-id=a"), "authorization", List.of("bearer b"))));

    assertThat(exchange.refusal()).map(Refusal::status).contains(400);
    assertThat(web.begin(Requests.with("Authorization", "Bearer a", "Bearer b")).refusal())
        .map(Refusal::status)
        .contains(400);
  }

  @Test
  @DisplayName("Two different session cookies MUST be an anonymous request, in either order")
  void twoCookies() {
    SessionExchange opened = web.begin(Requests.bare());
    opened.open("ada", Map.of());
    String good = cookieOf(opened).all("Cookie").get(0);

    for (String both : List.of(good + "; __Host-id=x", "__Host-id=x; " + good)) {
      SessionExchange exchange = web.begin(Requests.with("Cookie", both));
      assertThat(exchange.standing()).isEqualTo(new Standing.Anonymous());
      assertThat(exchange.headers()).isEmpty();
    }
  }

  @Test
  @DisplayName("Without a session 401 MUST challenge a bearer, and tell a reason to nobody")
  void challenges() {
    WebSessions api = WebSessions.over(sessions, BearerCarrier.create());

    assertThat(api.begin(Requests.bare()).refusalWithoutSession())
        .contains(new Refusal(401, List.of(new Header("WWW-Authenticate", "Bearer"))));
    assertThat(api.begin(Requests.with("Authorization", "Bearer x")).refusalWithoutSession())
        .contains(
            new Refusal(
                401, List.of(new Header("WWW-Authenticate", "Bearer error=\"invalid_token\""))));
    assertThat(web.begin(Requests.with("Cookie", "__Host-id=x")).refusalWithoutSession())
        .contains(new Refusal(401, List.of()));
  }

  @Test
  @DisplayName("C3 An id that comes by another way than ours MUST be ignored")
  void otherWays() {
    SessionExchange opened = web.begin(Requests.bare());
    OpenResult result = opened.open("ada", Map.of());
    Grant grant = result.grantOrThrow();
    WebSessions cookiesOnly = WebSessions.over(sessions, CookieCarrier.create());

    assertThat(
            cookiesOnly
                .begin(Requests.with("Authorization", "Bearer " + grant.credential().value()))
                .standing())
        .isEqualTo(new Standing.Anonymous());
  }

  @Test
  @DisplayName("A change that is saved MUST be seen by the next request")
  void saves() {
    SessionExchange opened = web.begin(Requests.bare());
    opened.open("ada", Map.of());
    SessionExchange change = web.begin(cookieOf(opened));
    Session session = change.session().orElseThrow();

    change.update(session, read -> read.with("cart", "3"));

    assertThat(change.session().orElseThrow().attribute("cart")).contains("3");
    assertThat(web.begin(cookieOf(opened)).session().orElseThrow().attribute("cart")).contains("3");
  }

  /** The next request of a browser that got that answer. */
  private static RequestHeaders cookieOf(SessionExchange exchange) {
    UserAgent cookie =
        exchange.headers().stream()
            .filter(header -> header.name().equals("Set-Cookie"))
            .map(UserAgent::reads)
            .findFirst()
            .orElseThrow();
    return Requests.with("Cookie", cookie.name() + "=" + cookie.value());
  }
}
