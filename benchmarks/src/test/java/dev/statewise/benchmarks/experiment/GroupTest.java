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

  @Test
  @DisplayName("Every arm, variant and peer MUST be in one group, and the duplicated one in each")
  void everyone() {
    List<String> timed =
        Stream.of(Group.values())
            .flatMap(group -> group.of(Arms.all()).stream())
            .map(Arm::name)
            .toList();
    List<PeerArm> peers = Peers.besideTheJar(InstantSource.system());

    assertThat(timed)
        .containsAll(Arms.withVariants(Arms.all()).stream().map(Arm::name).toList())
        .hasSize(Arms.withVariants(Arms.all()).size() + 1);
    assertThat(Group.TOKENS.of(Arms.all())).extracting(Arm::name).contains(Arms.DUPLICATED);
    assertThat(Group.STORES.of(Arms.all())).extracting(Arm::name).contains(Arms.DUPLICATED);
    assertThat(peers).hasSizeGreaterThan(9);
    assertThat(
            Stream.of(Group.values())
                .flatMap(group -> group.ofPeers(peers).stream())
                .map(PeerArm::name))
        .containsExactlyInAnyOrderElementsOf(peers.stream().map(PeerArm::name).toList());
  }

  @Test
  @DisplayName("What is held against each other MUST be in one group")
  void together() {
    assertThat(names(Group.TOKENS))
        .contains("jwt-hs256-seen", "hybrid", "hybrid-local-seen", "peer-jjwt", "peer-jjwt-exists");
    assertThat(names(Group.STORES))
        .contains("memory", "redis", "redis-near", "peer-spring-redis", "peer-jedis-csc")
        .doesNotContain("jwt-hs256-seen", "peer-jjwt");
  }

  private static List<String> names(Group group) {
    return Stream.concat(
            group.of(Arms.all()).stream().map(Arm::name),
            group.ofPeers(Peers.besideTheJar(InstantSource.system())).stream().map(PeerArm::name))
        .toList();
  }
}
