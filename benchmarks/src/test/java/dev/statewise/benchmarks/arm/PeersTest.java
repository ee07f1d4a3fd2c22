package dev.statewise.benchmarks.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.peer.PeerFamily;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.embedded.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

class PeersTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "peer-spring-redis",
        "peer-spring-redis-indexed",
        "peer-spring-redis-lettuce",
        "peer-spring-redis-indexed-lettuce",
        "peer-jedis-csc",
        "peer-jjwt-exists",
        "peer-vertx-redis"
      })
  @DisplayName(
      "A peer MUST pass its gate, on libraries of its own, and write no key beside its prefix")
  void passes(String name) {
    assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElse(""));
    try (RedisServer server = RedisServer.start();
        Jedis jedis = new Jedis(server.host(), server.port());
        Peer peer = peer(name).open(Optional.of(RedisAddress.of(server.uri())), "test:peer")) {
      assertThat(PeerGate.ask(name, peer))
          .hasSize(4)
          .allMatch(GateOutcome::passed)
          .allMatch(GateOutcome::does);

      assertThat(peer.getClass().getClassLoader().getParent())
          .isEqualTo(ClassLoader.getPlatformClassLoader());
      assertThat(jedis.keys("*")).isNotEmpty().allMatch(key -> key.startsWith("test:peer"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "peer-jjwt",
        "peer-nimbus",
        "peer-auth0",
        "peer-jose4j",
        "peer-fusionauth",
        "peer-vertx-jwt"
      })
  @DisplayName(
      "A token library MUST pass its gate without a server, say that it ends nothing, and sign what ours signs")
  void tokens(String name) throws IOException {
    assertThat(peer(name).absence(Optional.empty())).isEmpty();
    try (Peer peer = peer(name).open(Optional.empty(), "test:peer")) {
      List<GateOutcome> outcomes = PeerGate.ask(name, peer);
      assertThat(outcomes).hasSize(4).allMatch(GateOutcome::passed);
      assertThat(outcomes)
          .filteredOn(outcome -> !outcome.does())
          .extracting(GateOutcome::question)
          .containsExactly("refuses ended at once");
      assertThat(peer.request("no token")).isNegative();

      String token = peer.open(Profile.SUBJECT, Profile.TYP.attributes());

      String ours = ours();
      assertThat(payload(token).keySet())
          .containsExactlyInAnyOrderElementsOf(payload(ours).keySet());
      assertThat(payload(token)).containsEntry("att", payload(ours).get("att"));
      assertThat(token.length()).isBetween(ours.length() * 95 / 100, ours.length() * 105 / 100);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "peer-spring-map",
        "peer-tomcat",
        "peer-jetty",
        "peer-vertx-local",
        "peer-sa-token",
        "peer-sa-token-active"
      })
  @DisplayName("A peer in this process MUST pass its gate without a server")
  void inProcess(String name) {
    assertThat(peer(name).absence(Optional.empty())).isEmpty();
    try (Peer peer = peer(name).open(Optional.empty(), "test:peer")) {
      assertThat(PeerGate.ask(name, peer))
          .hasSize(4)
          .allMatch(GateOutcome::passed)
          .allMatch(GateOutcome::does);
      assertThat(peer.request("no session")).isNegative();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "peer-spring-redis",
        "peer-spring-redis-indexed",
        "peer-spring-redis-lettuce",
        "peer-jedis-csc",
        "peer-vertx-redis",
        "peer-spring-map"
      })
  @DisplayName(
      "A change to a copy that is held MUST be kept by the end of its request and not before, under the same id")
  void holds(String name) {
    assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElse(""));
    try (RedisServer server = RedisServer.start();
        Peer peer = peer(name).open(Optional.of(RedisAddress.of(server.uri())), "test:peer")) {
      String id = peer.open(Profile.SUBJECT, Profile.TYP.attributes());

      Peer.Held held = peer.hold(id).orElseThrow();
      held.set("cart", "held");

      assertThat(peer.attributes(id)).contains(Profile.TYP.attributes());
      assertKept(peer, id, held);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "peer-tomcat",
        "peer-jetty",
        "peer-vertx-local",
        "peer-sa-token",
        "peer-sa-token-active"
      })
  @DisplayName("A change to the very object that is held MUST be seen at once, and stay")
  void holdsTheObject(String name) {
    try (Peer peer = peer(name).open(Optional.empty(), "test:peer")) {
      String id = peer.open(Profile.SUBJECT, Profile.TYP.attributes());

      Peer.Held held = peer.hold(id).orElseThrow();
      held.set("cart", "held");

      assertThat(peer.attributes(id)).contains(changed());
      assertKept(peer, id, held);
    }
  }

  private static void assertKept(Peer peer, String id, Peer.Held held) {
    assertThat(held.finish()).isEqualTo(id);
    assertThat(peer.attributes(id)).contains(changed());
    assertThat(peer.change(id, "cart", "other")).isTrue();
    assertThat(peer.attributes(id).orElseThrow()).containsEntry("cart", "other");
    assertThat(peer.end(id)).isTrue();
    assertThat(peer.hold(id)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "peer-spring-map",
        "peer-tomcat",
        "peer-jetty",
        "peer-vertx-local",
        "peer-vertx-redis"
      })
  @DisplayName("A rotated session MUST be found by its new id alone")
  void rotates(String name) {
    assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElse(""));
    try (RedisServer server = RedisServer.start();
        Peer peer = peer(name).open(Optional.of(RedisAddress.of(server.uri())), "test:peer")) {
      String id = peer.open(Profile.SUBJECT, Profile.TYP.attributes());

      String next = peer.rotate(id).orElseThrow();

      assertThat(peer.request(id)).isNegative();
      assertThat(peer.attributes(next)).contains(Profile.TYP.attributes());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "peer-spring-redis-lettuce",
        "peer-jetty",
        "peer-vertx-local",
        "peer-vertx-redis",
        "peer-vertx-jwt",
        "peer-sa-token-active"
      })
  @DisplayName("A peer that has threads of its own MUST leave none behind that is not a daemon")
  void threads(String name) {
    assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElse(""));
    try (RedisServer server = RedisServer.start()) {
      Set<Thread> before = Thread.getAllStackTraces().keySet();
      try (Peer peer = peer(name).open(Optional.of(RedisAddress.of(server.uri())), "test:peer")) {
        peer.request(peer.open(Profile.SUBJECT, Profile.TYP.attributes()));
      }
      await()
          .pollInSameThread()
          .until(
              () ->
                  Thread.getAllStackTraces().keySet().stream()
                      .filter(thread -> !thread.isDaemon() && thread.isAlive())
                      .allMatch(before::contains));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "peer-jjwt",
        "peer-nimbus",
        "peer-auth0",
        "peer-jose4j",
        "peer-fusionauth",
        "peer-vertx-jwt"
      })
  @DisplayName(
      "A change that is held of a token MUST be in another token, and the one that was shown stay as it is")
  void holdsTokens(String name) {
    try (Peer peer = peer(name).open(Optional.empty(), "test:peer")) {
      String token = peer.open(Profile.SUBJECT, Profile.TYP.attributes());

      Peer.Held held = peer.hold(token).orElseThrow();
      held.set("cart", "held");
      String next = held.finish();

      assertThat(next).isNotEqualTo(token);
      assertThat(peer.attributes(next)).contains(changed());
      assertThat(peer.attributes(token)).contains(Profile.TYP.attributes());
      assertThat(peer.hold("no token")).isEmpty();
    }
  }

  private static Map<String, String> changed() {
    Map<String, String> attributes = new HashMap<>(Profile.TYP.attributes());
    attributes.put("cart", "held");
    return attributes;
  }

  private static String ours() {
    Arm arm =
        Arms.all().stream().filter(one -> one.name().equals("jwt-hs256")).findFirst().orElseThrow();
    Wiring wiring =
        new Wiring(SessionPolicy.defaults(), MovableClock.atPresent(), Servers.NONE, "test:peer");
    try (BuiltArm built = arm.build().apply(wiring)) {
      return built
          .sessions()
          .open(Profile.SUBJECT, Profile.TYP.attributes())
          .grantOrThrow()
          .credential()
          .value();
    }
  }

  private static Map<String, Object> payload(String token) throws IOException {
    byte[] json = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return new ObjectMapper().readValue(json, new TypeReference<Map<String, Object>>() {});
  }

  @Test
  @DisplayName("No token library MUST share a class with another, so that none learns from another")
  void apart() throws ReflectiveOperationException {
    String shared = "com.fasterxml.jackson.databind.ObjectMapper";
    try (Peer one = peer("peer-jjwt").open(Optional.empty(), "");
        Peer other = peer("peer-auth0").open(Optional.empty(), "")) {
      assertThat(one.getClass().getClassLoader().loadClass(shared))
          .isNotEqualTo(other.getClass().getClassLoader().loadClass(shared));
    }
  }

  @Test
  @DisplayName("A peer whose folder is missing or holds nothing MUST say so, and be left out")
  void missing() throws IOException {
    Files.createDirectories(folder.resolve("jedis-csc"));

    List<PeerArm> missing = Peers.in(folder, InstantSource.system());

    assertThat(missing).allMatch(peer -> peer.absence(Optional.empty()).isPresent());
    assertThat(missing)
        .extracting(PeerArm::name, PeerArm::signsTokens, PeerArm::needsServer)
        .as("what is known of them all the same")
        .containsExactlyElementsOf(
            Peers.besideTheJar(InstantSource.system()).stream()
                .map(peer -> tuple(peer.name(), peer.signsTokens(), peer.needsServer()))
                .toList());
    assertThat(why(missing, "peer-spring-map")).contains("peers/spring");
    assertThat(why(missing, "peer-jedis-csc")).contains("cannot be loaded");
  }

  @Test
  @DisplayName("A peer whose libraries are for a newer Java MUST be left out with that reason")
  void newerJava() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("tomcat/classes"));
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(PeerFamily.class.getName()), "Newer");
    Files.write(classes.resolve("Newer.class"), ofVersion(Runtime.version().feature() + 45));

    assertThat(why(Peers.in(folder, InstantSource.system()), "peer-tomcat"))
        .isEqualTo("its libraries need a newer Java than " + System.getProperty("java.version"));
  }

  /** The beginning of a class file: what it is, and for which Java. */
  private static byte[] ofVersion(int major) {
    return ByteBuffer.allocate(10).putInt(0xCAFEBABE).putInt(major).array();
  }

  private static String why(List<PeerArm> peers, String name) {
    return peers.stream()
        .filter(peer -> peer.name().equals(name))
        .flatMap(peer -> peer.missing().stream())
        .findFirst()
        .orElse("");
  }

  @Test
  @DisplayName("A peer that finds what was ended or has run out MUST fail its gate on just that")
  void fails() {
    assertThat(PeerGate.ask("peer-sly", new ForgetfulPeer(ForgetfulPeer.Forgets.TO_END)))
        .filteredOn(outcome -> !outcome.passed())
        .extracting(GateOutcome::question)
        .containsExactly("refuses ended at once");
    assertThat(PeerGate.ask("peer-sly", new ForgetfulPeer(ForgetfulPeer.Forgets.TO_EXPIRE)))
        .filteredOn(outcome -> !outcome.passed())
        .extracting(GateOutcome::question)
        .containsExactly("refuses expired");
    assertThat(
            PeerGate.ask("peer-plain", new ForgetfulPeer(ForgetfulPeer.Forgets.THAT_IT_MUST_END)))
        .allMatch(GateOutcome::passed)
        .filteredOn(outcome -> !outcome.does())
        .extracting(GateOutcome::seen)
        .containsExactly("Found, for nothing is kept");
    assertThat(PeerGate.ask("peer-sly", new ForgetfulPeer(ForgetfulPeer.Forgets.THE_STATE)))
        .filteredOn(outcome -> !outcome.passed())
        .extracting(GateOutcome::question)
        .containsExactly("accepts valid");
  }

  @Test
  @DisplayName("A peer MUST NOT be opened on a server that wants TLS, or on none")
  void needsPlain() {
    PeerArm peer = ForgetfulPeer.arm(ForgetfulPeer.Forgets.NOTHING);
    RedisAddress encrypted = RedisAddress.of(URI.create("rediss://127.0.0.1:1"));

    assertThat(peer.absence(Optional.of(encrypted)).orElse("")).contains("TLS");
    assertThat(peer.absence(Optional.empty())).contains("no Redis to ask");
  }

  private static PeerArm peer(String name) {
    PeerArm found =
        Peers.besideTheJar(InstantSource.system()).stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(found.missing()).isEmpty();
    return found;
  }
}
