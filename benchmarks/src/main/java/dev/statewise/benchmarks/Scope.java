package dev.statewise.benchmarks;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.rig.Tier;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one comparison asks of whom.
 *
 * @param redis the server of the run, if there is one
 * @param seed of every shuffle and resampling
 * @param keyPrefix of every key that is written to a store
 */
record Scope(
    List<Arm> arms,
    List<PeerArm> peers,
    Tier tier,
    Set<Question> questions,
    Optional<RedisAddress> redis,
    long seed,
    String keyPrefix) {

  boolean asks(Question question) {
    return questions.contains(question);
  }

  /** The arms of E1, each with what is shown its credentials in another manner. */
  List<Arm> timedArms() {
    return Arms.withVariants(arms);
  }
}
