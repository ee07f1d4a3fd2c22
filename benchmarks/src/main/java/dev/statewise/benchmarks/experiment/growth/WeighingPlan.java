package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.rig.Tier;

/**
 * How much is weighed.
 *
 * @param onHeapTimes how often each load on the heap is
 * @param onHeap how many of a load there
 * @param inRedisTimes how often each load in Redis is
 * @param inRedis how many of a load there, where each takes a round trip at least
 */
record WeighingPlan(int onHeapTimes, int onHeap, int inRedisTimes, int inRedis) {

  static WeighingPlan of(Tier tier) {
    return switch (tier) {
      case SMOKE -> new WeighingPlan(1, 1_000, 1, 100);
      case QUICK -> new WeighingPlan(3, 4_000, 1, 1_000);
      case STANDARD, FULL -> new WeighingPlan(3, 20_000, 2, 4_000);
    };
  }

  /** How many of this are held. */
  int count(Weighed weighed) {
    return HeapScale.countOf(weighed, onHeap, inRedis);
  }
}
