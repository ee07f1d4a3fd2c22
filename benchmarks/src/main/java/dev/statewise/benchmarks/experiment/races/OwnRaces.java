package dev.statewise.benchmarks.experiment.races;

import dev.statewise.Guarantees;
import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.Wiring;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Puts an arm of ours through the races, and holds what was seen against its guarantees. */
final class OwnRaces {

  /** Short enough to be waited for, and long enough to ask within it. */
  private static final Duration STALENESS = Duration.ofMillis(600);

  /** A life in which a token is renewed twice. */
  private static final SessionPolicy POLICY =
      SessionPolicy.builder().absoluteLifetime(Duration.ofHours(1)).build();

  private final Arm arm;
  private final Servers servers;
  private final String keyPrefix;

  OwnRaces(Arm arm, Servers servers, String keyPrefix) {
    this.arm = arm;
    this.servers = servers;
    this.keyPrefix = keyPrefix;
  }

  /** What was seen, and the guarantees that it is to be held against. */
  record Seen(Map<Order, Tally> tallies, Guarantees guarantees) {

    /** What is not as it was promised, a sentence each. */
    List<String> findings(String arm) {
      return Promises.findings(arm, guarantees, POLICY, tallies);
    }
  }

  Seen run(int races) {
    MovableClock clock = MovableClock.atPresent();
    Wiring wiring = new Wiring(POLICY, clock, servers, keyPrefix).withStaleness(STALENESS);
    try (BuiltArm built = arm.build().apply(wiring)) {
      OwnContender here = new OwnContender(built);
      Guarantees guarantees = built.sessions().guarantees();
      Map<Order, Tally> seen = Course.onOneNode(here, races);
      seen.putAll(onTwoNodes(here, new OwnBound(guarantees, POLICY, clock), wiring, races));
      return new Seen(seen, guarantees);
    }
  }

  private Map<Order, Tally> onTwoNodes(
      OwnContender here, OwnBound bound, Wiring wiring, int races) {
    if (!bound.guarantees().sharedByNodes()) {
      return new OtherNode(here, here, NewsLine.direct(servers), bound).run(races);
    }
    try (NewsLine line = NewsLine.to(servers);
        BuiltArm there = arm.build().apply(wiring.withServers(line.servers()))) {
      return new OtherNode(here, new OwnContender(there), line, bound).run(races);
    }
  }
}
