package dev.statewise.benchmarks.jmh;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.Manner;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Peers;
import dev.statewise.benchmarks.experiment.RejectionTasks;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a benchmark can be of: the names that its parameter takes. They are those of the paired rig,
 * and of the peers as far as those are there.
 *
 * <p>What is measured on tokens that were never seen before is not among them: it needs new ones
 * after each pass over the pool, and JMH has no such pause.
 */
enum Choice {
  /** What validates: an arm, another manner of one, a floor, a peer. */
  ARM("arm") {
    @Override
    List<String> names() {
      Stream<String> ours =
          Arms.withVariants(Arms.all()).stream()
              .filter(arm -> arm.manner() != Manner.FIRST)
              .map(Arm::name);
      return Stream.of(ours, floors(), Stream.of(Arms.AA), peers().map(PeerArm::name))
          .flatMap(each -> each)
          .distinct()
          .toList();
    }
  },
  /** What touches on each validation. */
  TOUCHED("touched") {
    @Override
    List<String> names() {
      return Arms.all().stream().map(Arm::name).toList();
    }
  },
  /** What issues tokens. */
  ISSUER("issuer") {
    @Override
    List<String> names() {
      return Stream.concat(
              Stream.of(Arms.DUPLICATED),
              peers().filter(peer -> peer.signsTokens() && !peer.needsServer()).map(PeerArm::name))
          .toList();
    }
  },
  /** An arm and what it is shown, as {@code memory/malformed}. */
  REFUSAL("refusal") {
    @Override
    List<String> names() {
      return Arms.all().stream()
          .flatMap(
              arm ->
                  RejectionTasks.operations(arm.name()).stream()
                      .map(shown -> arm.name() + "/" + shown))
          .toList();
    }
  };

  private final String param;

  Choice(String param) {
    this.param = param;
  }

  /** What the parameter is called on JMH's command line. */
  String param() {
    return param;
  }

  /** What it can be, in the order of tables. */
  abstract List<String> names();

  /**
   * That name, if it is one.
   *
   * @throws IllegalArgumentException if it is not; the message lists those that are
   */
  String require(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "There is no %s '%s'. There are: %s.".formatted(param, name, String.join(", ", names())));
    }
    return name;
  }

  static Stream<PeerArm> peers() {
    return Peers.besideTheJar(InstantSource.system()).stream()
        .filter(peer -> peer.missing().isEmpty());
  }

  private static Stream<String> floors() {
    return Arms.all().stream().flatMap(arm -> arm.floor().stream());
  }
}
