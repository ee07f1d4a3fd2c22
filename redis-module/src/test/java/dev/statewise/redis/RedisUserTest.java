package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.statewise.embedded.RedisServer;
import dev.statewise.session.Session;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.SubjectIndex;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

/** As the user whom {@code docs/guide/redis.md} has its reader create. */
class RedisUserTest {

  private static final Path GUIDE = Path.of("..", "docs", "guide", "redis.md");
  private static final String BEGIN = "redis-cli ACL ";

  private static RedisServer server;
  private static RedisClient admin;

  @BeforeAll
  static void start() {
    server = SharedRedis.ownServer();
    admin = RedisClient.create(server.uri());
  }

  @AfterAll
  static void close() {
    if (server != null) {
      admin.close();
      server.close();
    }
  }

  @BeforeEach
  void create() throws IOException {
    admin.flushAll();
    acl(List.of("SETUSER", "statewise", "reset"));
    acl(line());
  }

  @Test
  @DisplayName("the user of the guide MUST be able to do all that a store and its index do")
  void store() {
    Session session = Samples.session();
    try (RedisSessionStore store = RedisSessionStore.connect(as("statewise", "a%20password"))) {
      SubjectIndex index = store.subjects().orElseThrow();

      assertThat(store.create(session)).isTrue();
      assertThat(store.find(session.key())).contains(session);
      assertThat(store.replace(session.next(Samples.NOW))).isEqualTo(ReplaceResult.REPLACED);
      assertThat(store.touch(session.key(), Samples.NOW.plusMillis(1))).isTrue();
      assertThat(store.delete(session.key())).isTrue();
      for (int i = 0; i < 3; i++) {
        assertThat(index.admit(Samples.session(), 2, Overflow.END_OLDEST, Optional.empty()))
            .isInstanceOf(Admission.Admitted.class);
      }
      assertThat(index.admit(Samples.session(), 2, Overflow.REFUSE, Optional.empty()))
          .isEqualTo(new Admission.LimitReached());
      assertThat(index.findAll("ann")).hasSize(2);
      store.delete(index.findAll("ann").get(0).key());
      assertThat(index.findAll("ann")).hasSize(1);
      assertThat(index.deleteAll("ann")).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("the user of the guide MUST be able to do all that a list does")
  void list() {
    Session session = Samples.session();
    try (RedisRevocationList list = RedisRevocationList.connect(as("statewise", "a%20password"))) {
      assertThat(list.refuseBelow(session.key(), 2, Samples.NOW)).isEqualTo(Acknowledgement.RAISED);
      assertThat(list.refuseBelow(session.key(), 2, Samples.NOW))
          .isEqualTo(Acknowledgement.ALREADY);
      assertThat(list.refuseCreatedBefore("bob", Samples.NOW, Samples.NOW))
          .isEqualTo(Acknowledgement.RAISED);
      assertThat(list.refuseAllCreatedBefore(Samples.NOW.minusSeconds(1), Samples.NOW))
          .isEqualTo(Acknowledgement.RAISED);
      assertThat(list.isRefused(session)).isTrue();
      assertThat(list.floor("bob")).isAfterOrEqualTo(Samples.NOW);
    }
  }

  @Test
  @DisplayName("the user of the guide MUST be able to follow refusals")
  void follow() {
    Session session = Samples.session();
    try (RedisRevocationList list =
        RedisRevocationList.replicated(as("statewise", "a%20password"), Duration.ofSeconds(20))) {
      list.refuseBelow(session.key(), 2, Samples.NOW);

      assertThat(list.isRefused(session)).isTrue();
      assertThat(list.floor("bob")).isAfterOrEqualTo(Instant.EPOCH);
    }
  }

  @Test
  @DisplayName("the near cache MUST work as that user with what the guide adds for it")
  void near() throws IOException {
    acl(Stream.concat(Stream.of("SETUSER", "statewise"), added("NearCachedSessionStore")).toList());
    Session session = Samples.session();
    try (RedisSessionStore store = RedisSessionStore.connect(as("statewise", "a%20password"));
        NearCachedSessionStore near = NearCachedSessionStore.over(store)) {
      store.create(session);

      assertThat(near.find(session.key())).contains(session);
      assertThat(near.delete(session.key())).isTrue();
      assertThat(near.find(session.key())).isEmpty();
    }
  }

  @Test
  @DisplayName("beyond its prefix and its commands that user MUST be unavailable, with NOPERM")
  void beyond() {
    try (RedisSessionStore store =
        RedisSessionStore.connect(as("statewise", "a%20password")).withKeyPrefix("other:")) {
      assertUnavailable(() -> store.find(Samples.session().key()), "NOPERM");
    }
    acl(List.of("SETUSER", "statewise", "-evalsha"));
    try (RedisSessionStore store = RedisSessionStore.connect(as("statewise", "a%20password"))) {
      assertUnavailable(() -> store.create(Samples.session()), "NOPERM");
    }
  }

  @Test
  @DisplayName("a wrong user or password MUST be unavailable, with WRONGPASS and without either")
  void wrongUser() {
    for (RedisConnection wrong :
        List.of(as("statewise", "very-wrong"), as("nobody-known", "a%20password"))) {
      try (RedisSessionStore store = RedisSessionStore.connect(wrong)) {
        assertUnavailable(() -> store.find(Samples.session().key()), "WRONGPASS");
      }
    }
  }

  private static void assertUnavailable(Runnable call, String code) {
    Throwable thrown = catchThrowable(call::run);

    assertThat(thrown)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(code)
        .hasMessageContaining("503");
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("very-wrong", "nobody-known", "a password");
  }

  private static RedisConnection as(String user, String password) {
    return SharedRedis.patient(
        URI.create("redis://%s:%s@127.0.0.1:%d".formatted(user, password, server.port())));
  }

  private static void acl(List<String> words) {
    admin.executeCommand(new CommandArguments(Protocol.Command.ACL).addObjects(words.toArray()));
  }

  /** What the guide has its reader type, as the shell would cut it. */
  private static List<String> line() throws IOException {
    String line =
        Files.readAllLines(GUIDE).stream()
            .filter(text -> text.startsWith(BEGIN))
            .findFirst()
            .orElseThrow();
    return words(line.substring(BEGIN.length())).toList();
  }

  private static Stream<String> added(String what) throws IOException {
    String row =
        Files.readAllLines(GUIDE).stream()
            .filter(text -> text.startsWith("| `" + what + "`"))
            .findFirst()
            .orElseThrow();
    String code = row.substring(row.indexOf("| `", 3) + 3, row.lastIndexOf('`'));
    return words(code.replace("\\|", "|"));
  }

  private static Stream<String> words(String line) {
    String[] quoted = line.split("'", -1);
    return Stream.iterate(0, i -> i < quoted.length, i -> i + 1)
        .flatMap(
            i ->
                i % 2 == 1
                    ? Stream.of(quoted[i])
                    : Arrays.stream(quoted[i].split(" ", -1)).filter(word -> !word.isEmpty()));
  }
}
