package dev.statewise.benchmarks.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.run.GateOutcome;
import dev.statewise.embedded.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

class PeersTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"peer-spring-redis", "peer-spring-redis-indexed", "peer-jedis-csc"})
  @DisplayName(
      "A peer MUST pass its gate, on libraries of its own, and write no key beside its prefix")
  void passes(String name) throws ReflectiveOperationException {
    assumeTrue(
        RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().orElse(""));
    try (RedisServer server = RedisServer.start();
        Jedis jedis = new Jedis(server.host(), server.port());
        Peer peer = peer(name).open(RedisAddress.of(server.uri()), "test:peer")) {
      assertThat(PeerGate.ask(name, peer)).hasSize(4).allMatch(GateOutcome::passed);

      assertThat(peer.getClass().getClassLoader().loadClass(Jedis.class.getName()))
          .isNotEqualTo(Jedis.class);
      assertThat(jedis.keys("*")).isNotEmpty().allMatch(key -> key.startsWith("test:peer"));
    }
  }

  @Test
  @DisplayName("A peer whose folder is missing or holds nothing MUST say so, and be left out")
  void missing() throws IOException {
    Files.createDirectories(folder.resolve("jedis-csc"));

    assertThat(Peers.in(folder))
        .extracting(PeerArm::name)
        .containsExactly("peer-spring-redis", "peer-spring-redis-indexed", "peer-jedis-csc");
    assertThat(Peers.in(folder)).allMatch(peer -> peer.absence(Optional.empty()).isPresent());
    assertThat(Peers.in(folder).get(0).missing().orElse("")).contains("peers/spring");
    assertThat(Peers.in(folder).get(2).missing().orElse("")).contains("cannot be loaded");
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
        Peers.besideTheJar().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(found.missing()).isEmpty();
    return found;
  }
}
