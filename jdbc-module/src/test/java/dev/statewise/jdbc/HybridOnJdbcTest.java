package dev.statewise.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.HybridSessions;
import dev.statewise.SessionPolicy;
import dev.statewise.embedded.PostgresServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.SigningKey;
import dev.statewise.session.Ending;
import dev.statewise.session.Grant;
import dev.statewise.session.OpenResult;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import dev.statewise.spi.TokenService;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes whose sessions are in tokens and whose refusals are in PostgreSQL. */
@DisplayName("HybridSessions on a list in PostgreSQL")
class HybridOnJdbcTest {

  private static final Duration STALENESS = Duration.ofMillis(400);

  private final String namespace = On.newNamespace();
  private final HandTicker ticker = new HandTicker();
  private final TokenService tokens = tokens();
  private TcpProxy proxy;
  private DataSource direct;
  private DataSource behind;

  @BeforeEach
  void open() {
    PostgresServer server = Servers.postgres();
    proxy = TcpProxy.to(server.host(), server.port());
    direct = Lists.unpooled(server.jdbcUrl());
    behind = Lists.unpooled(server.jdbcUrl(proxy) + "&connectTimeout=1&cancelSignalTimeout=1");
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  @ParameterizedTest(name = "what one node ends the other MUST reject in time; replicated: {0}")
  @ValueSource(booleans = {false, true})
  void ended(boolean replicated) {
    try (JdbcRevocationList here = list(direct, replicated);
        JdbcRevocationList there = list(behind, replicated)) {
      HybridSessions one = sessions(here);
      HybridSessions other = sessions(there);
      Grant grant = one.open("ann", Map.of()).grantOrThrow();
      Grant second = one.open("ann", Map.of()).grantOrThrow();
      Grant bob = one.open("bob", Map.of()).grantOrThrow();
      assertThat(other.validate(grant.credential())).isInstanceOf(Validation.Accepted.class);

      assertThat(one.end(grant.credential()))
          .isEqualTo(new Ending.Ended(true, replicated ? STALENESS : Duration.ZERO));
      ticker.advance(STALENESS.plusNanos(1));
      assertThat(other.validate(grant.credential())).isInstanceOf(Validation.Rejected.class);
      assertThat(other.validate(second.credential())).isInstanceOf(Validation.Accepted.class);
      one.endAll("ann");
      ticker.advance(STALENESS.plusNanos(1));

      assertThat(other.validate(second.credential())).isInstanceOf(Validation.Rejected.class);
      assertThat(other.validate(bob.credential())).isInstanceOf(Validation.Accepted.class);
      Grant again = other.open("ann", Map.of()).grantOrThrow();
      assertThat(one.validate(again.credential())).isInstanceOf(Validation.Accepted.class);
    }
  }

  @ParameterizedTest(name = "of two rotations of one token one MUST win; replicated: {0}")
  @ValueSource(booleans = {false, true})
  void rotated(boolean replicated) {
    try (JdbcRevocationList here = list(direct, replicated);
        JdbcRevocationList there = list(behind, replicated)) {
      HybridSessions one = sessions(here);
      HybridSessions other = sessions(there);
      Session session = one.open("ann", Map.of()).grantOrThrow().session();

      SaveResult first = one.rotate(session);
      SaveResult second = other.rotate(session);

      assertThat(first).isInstanceOf(SaveResult.Saved.class);
      assertThat(second).isInstanceOf(SaveResult.Conflict.class);
    }
  }

  @ParameterizedTest(
      name = "without the database a node MUST be unavailable, and reject nobody; replicated: {0}")
  @ValueSource(booleans = {false, true})
  void outage(boolean replicated) {
    try (JdbcRevocationList here = list(direct, replicated);
        JdbcRevocationList there = list(behind, replicated)) {
      HybridSessions one = sessions(here);
      HybridSessions other = sessions(there);
      Grant grant = one.open("ann", Map.of()).grantOrThrow();
      Grant ended = one.open("bob", Map.of()).grantOrThrow();
      other.validate(grant.credential());
      Awaitility.await().until(() -> !replicated || there.isFollowing());

      proxy.refuse();
      proxy.cut();
      one.end(ended.credential());
      ticker.advance(STALENESS.plusNanos(1));

      assertThat(other.validate(grant.credential())).isInstanceOf(Unavailable.class);
      assertThat(other.validate(ended.credential())).isInstanceOf(Unavailable.class);
      assertThat(other.end(grant.credential())).isInstanceOf(Unavailable.class);
      OpenResult opened = other.open("carol", Map.of());
      assertThat(opened).isInstanceOf(Unavailable.class);
      assertThat(one.validate(grant.credential())).isInstanceOf(Validation.Accepted.class);

      proxy.heal();
      Awaitility.await()
          .until(() -> other.validate(grant.credential()) instanceof Validation.Accepted);
      assertThat(other.validate(ended.credential())).isInstanceOf(Validation.Rejected.class);
    }
  }

  private JdbcRevocationList list(DataSource source, boolean replicated) {
    JdbcRevocationList.Builder builder =
        Lists.builder(source, namespace).timeout(Duration.ofSeconds(1));
    JdbcRevocationList list =
        (replicated ? builder.ticker(ticker).replicated(STALENESS) : builder).build();
    list.createSchema();
    return list;
  }

  private HybridSessions sessions(JdbcRevocationList list) {
    return HybridSessions.over(tokens, list, SessionPolicy.defaults());
  }

  private static TokenService tokens() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return JwtTokenService.of(
        KeyRing.of(SigningKey.hs256("k1", secret)), "https://login.example", "shop");
  }
}
