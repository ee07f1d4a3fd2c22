package dev.statewise.benchmarks;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.rig.Tier;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one comparison asks of whom.
 *
 * @param servers those of the run, as far as there are any
 * @param whyMissing why one could not be started, if anybody needs it
 * @param seed of every shuffle and resampling
 * @param keyPrefix of every key that is written to a store
 */
record Scope(
    List<Arm> arms,
    List<PeerArm> peers,
    Tier tier,
    Set<Question> questions,
    Servers servers,
    Map<Server, String> whyMissing,
    long seed,
    String keyPrefix) {

  private static final Set<Question> WITHOUT_PEERS =
      EnumSet.of(
          Question.E2,
          Question.E3,
          Question.E4,
          Question.E8,
          Question.E9,
          Question.E10,
          Question.E26);

  boolean asks(Question question) {
    return questions.contains(question);
  }

  /** Whether anything that is asked holds peers against the arms. */
  boolean asksPeers() {
    return questions.stream().anyMatch(question -> !WITHOUT_PEERS.contains(question));
  }

  /** The arms of E1, each with what is shown its credentials in another manner. */
  List<Arm> timedArms() {
    return Arms.withVariants(arms);
  }
}
