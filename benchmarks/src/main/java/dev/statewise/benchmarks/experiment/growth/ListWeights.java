package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.embedded.RedisServer;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a revocation list takes, and a session that it is compared to, weighed as E28 weighs.
 *
 * @param session in Redis, with its place in the list of its subject's
 * @param refusal in Redis
 * @param followed a refusal on the heap of a node that follows the list
 */
public record ListWeights(Metric session, Metric refusal, Metric followed) {

  private static final Weighed SESSION = new Weighed("redis", Kept.LISTED, SessionState.TYP);
  private static final Weighed REFUSAL = new Weighed("hybrid", Kept.REFUSAL, SessionState.TYP);
  private static final Weighed FOLLOWED =
      new Weighed("hybrid-local", Kept.REFUSAL, SessionState.TYP);

  /** Weighs all three, in a Redis and a JVM of their own; without a server there is none. */
  public static ListWeights of(Lab lab) {
    Optional<String> noServer = RedisServer.whyUnavailable();
    if (noServer.isPresent()) {
      return absent(noServer.get().replace('\n', ' '));
    }
    try (RedisServer server = RedisServer.start(SessionMemory.QUICK_HOUSEKEEPING)) {
      return of(lab, server.uri());
    }
  }

  private static ListWeights of(Lab lab, URI server) {
    WeighingPlan plan = WeighingPlan.of(lab.tier());
    Weights heap = HeapWeights.of(List.of(FOLLOWED), plan, Optional.of(server), lab.cancelled());
    RedisWeights stored = new RedisWeights(RedisAddress.of(server), List.of());
    stored.weigh(List.of(SESSION, REFUSAL), plan, lab.cancelled());
    return new ListWeights(
        stored.weights().metric(SessionMemory.REDIS, SESSION),
        stored.weights().metric(SessionMemory.REDIS, REFUSAL),
        heap.metric(SessionMemory.HEAP, FOLLOWED));
  }

  private static ListWeights absent(String why) {
    Weights none = new Weights();
    List.of(SESSION, REFUSAL, FOLLOWED).forEach(weighed -> none.failed(weighed, why));
    return new ListWeights(
        none.metric(SessionMemory.REDIS, SESSION),
        none.metric(SessionMemory.REDIS, REFUSAL),
        none.metric(SessionMemory.HEAP, FOLLOWED));
  }
}
