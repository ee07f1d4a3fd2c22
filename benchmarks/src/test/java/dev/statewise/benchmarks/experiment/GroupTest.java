package dev.statewise.benchmarks.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Peers;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GroupTest {

  private static final List<Group> OF_VALIDATION =
      List.of(Group.TOKENS, Group.MEMORY, Group.REDIS, Group.DATABASES);

  @Test
  @DisplayName("Every arm and peer MUST be at home in one group, and the duplicated one in each")
  void everyone() {
    List<PeerArm> peers = Peers.besideTheJar(InstantSource.system());

    for (Arm arm : Arms.withVariants(Arms.all())) {
      assertThat(OF_VALIDATION.stream().filter(group -> group.isHomeOf(arm)))
          .as(arm.name())
          .hasSize(1);
    }
    assertThat(OF_VALIDATION)
        .allSatisfy(group -> assertThat(names(group)).contains(Arms.DUPLICATED));
    assertThat(peers).hasSizeGreaterThan(9);
    assertThat(
            OF_VALIDATION.stream()
                .flatMap(group -> group.ofPeers(peers).stream())
                .map(PeerArm::name))
        .containsExactlyInAnyOrderElementsOf(peers.stream().map(PeerArm::name).toList());
  }

  @Test
  @DisplayName("What is held against each other MUST be in one group")
  void together() {
    assertThat(names(Group.TOKENS))
        .contains("jwt-hs256-seen", "hybrid", "hybrid-local-seen", "peer-jjwt", "peer-jjwt-exists");
    assertThat(names(Group.MEMORY))
        .contains("memory", "peer-spring-map", "peer-tomcat", "peer-jetty", "peer-vertx-local")
        .contains("peer-sa-token", "peer-sa-token-active")
        .doesNotContain("redis", "jdbc-h2", "peer-vertx-redis", "peer-jjwt");
    assertThat(names(Group.REDIS))
        .contains("memory", "redis", "redis-near", "peer-spring-redis", "peer-jedis-csc")
        .contains("peer-spring-redis-lettuce", "peer-vertx-redis")
        .doesNotContain("jwt-hs256-seen", "peer-jjwt", "jdbc-h2");
    assertThat(names(Group.DATABASES)).contains("jdbc-h2", "jdbc-postgres", "object-s3");
  }

  @Test
  @DisplayName("Where there is one group, it MUST hold everything")
  void all() {
    assertThat(names(Group.ALL))
        .containsAll(Arms.withVariants(Arms.all()).stream().map(Arm::name).toList())
        .contains("peer-jjwt", "peer-spring-redis");
  }

  private static List<String> names(Group group) {
    return Stream.concat(
            group.of(Arms.all()).stream().map(Arm::name),
            group.ofPeers(Peers.besideTheJar(InstantSource.system())).stream().map(PeerArm::name))
        .toList();
  }
}
