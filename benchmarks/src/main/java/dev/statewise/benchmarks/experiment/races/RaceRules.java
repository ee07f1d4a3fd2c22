package dev.statewise.benchmarks.experiment.races;

import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.experiment.Finding;
import dev.statewise.benchmarks.experiment.Rules;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How E29's verdict, and what became of its hypothesis, follow from its values. */
public final class RaceRules implements Rules {

  private static final Map<String, String> CLIENT = Map.of(Races.STATE, Races.CLIENT);
  private static final Map<String, String> SERVER = Map.of(Races.STATE, Races.SERVER);
  private static final Map<String, String> ROLLBACK = Map.of(Races.RACE, Race.ROLLBACK.toString());
  private static final Map<String, String> LOST_UPDATE =
      Map.of(Races.RACE, Race.LOST_UPDATE.toString());
  private static final Map<String, String> RESURRECTION =
      Map.of(Races.RACE, Race.RESURRECTION.toString());

  /**
   * Of arms of ours: holds if state in the client is no more often old, and no more often lost,
   * than any state on the server; does not if each arm with state in the client does worse in both
   * than every arm with state on the server; else in part.
   */
  @Override
  public Finding verdict(Experiment experiment) {
    List<String> clients = own(experiment, CLIENT);
    List<String> servers = own(experiment, SERVER);
    if (clients.isEmpty() || servers.isEmpty()) {
      return Finding.untestable(
          "It takes an arm with state in the client and one with state on the server, and this run has not raced both.");
    }
    double mostOld = most(experiment, servers, ROLLBACK, Races.ACCEPTED);
    double mostLost = most(experiment, servers, LOST_UPDATE, Races.LOST);
    List<String> replayed =
        clients.stream()
            .filter(arm -> share(experiment, arm, ROLLBACK, Races.ACCEPTED) > mostOld)
            .toList();
    List<String> losing =
        clients.stream()
            .filter(arm -> share(experiment, arm, LOST_UPDATE, Races.LOST) > mostLost)
            .toList();
    boolean asGood = replayed.isEmpty() && losing.isEmpty();
    boolean allWorse = replayed.equals(clients) && losing.equals(clients);
    return new Finding(
        asGood ? Verdict.HOLDS : allWorse ? Verdict.DOES_NOT_HOLD : Verdict.HOLDS_WHEN,
        sentence(experiment, "State in the client", clients)
            + " "
            + sentence(experiment, "State on the server", servers));
  }

  private static String sentence(Experiment experiment, String who, List<String> arms) {
    return "%s (%s): an old state was accepted %s, a change of two made at once was lost without a word %s, and of sessions that were ended while a request had them %s were accepted after it."
        .formatted(
            who,
            String.join(", ", arms),
            times(experiment, arms, ROLLBACK, Races.ACCEPTED),
            times(experiment, arms, LOST_UPDATE, Races.LOST),
            times(experiment, arms, RESURRECTION, Races.CAME_BACK));
  }

  private static String times(
      Experiment experiment, List<String> arms, Map<String, String> race, String metric) {
    return "%s times of %s"
        .formatted(
            Numbers.exact(sum(experiment, arms, race, metric)),
            Numbers.exact(sum(experiment, arms, race, Races.RACES)));
  }

  /** Each part of the hypothesis, with what was seen. */
  @Override
  public String predictions(Experiment experiment) {
    List<String> clients = own(experiment, CLIENT);
    List<String> servers = own(experiment, SERVER);
    List<String> peers = names(experiment, SERVER, PeerArm::isPeer);
    List<String> parts = new ArrayList<>();
    if (!clients.isEmpty()) {
      parts.add(
          part(
              "a token accepts an older state, and loses a change, each time",
              clients.stream()
                  .allMatch(
                      arm ->
                          share(experiment, arm, ROLLBACK, Races.ACCEPTED) == 1
                              && share(experiment, arm, LOST_UPDATE, Races.LOST) == 1)));
    }
    if (!servers.isEmpty()) {
      parts.add(
          part(
              "a store accepts no old state and loses nothing unnoticed",
              most(experiment, servers, ROLLBACK, Races.ACCEPTED) == 0
                  && most(experiment, servers, LOST_UPDATE, Races.LOST) == 0));
    }
    if (!peers.isEmpty()) {
      List<String> faulty = peers.stream().filter(peer -> isFaulty(experiment, peer)).toList();
      parts.add(
          part(
                  "peers that save what they hold bring an ended session back, or lose a change",
                  !faulty.isEmpty())
              + (faulty.isEmpty() ? "" : " of " + String.join(", ", faulty))
              + (faulty.equals(peers) ? "" : ", not of " + without(peers, faulty)));
    }
    return parts.isEmpty() ? "" : String.join("; ", parts) + ".";
  }

  /** What became of ended sessions of peers, and of changes that were lost; a sentence each. */
  @Override
  public List<String> asides(Experiment experiment) {
    List<String> sentences = new ArrayList<>();
    names(experiment, SERVER, PeerArm::isPeer).stream()
        .filter(peer -> isFaulty(experiment, peer))
        .forEach(peer -> sentences.add(faults(experiment, peer, List.of(peer))));
    List<String> signing = names(experiment, CLIENT, PeerArm::isPeer);
    if (!signing.isEmpty()) {
      sentences.add(faults(experiment, String.join(", ", signing), signing));
    }
    return sentences;
  }

  private static String faults(Experiment experiment, String who, List<String> peers) {
    return "%s: an ended session was accepted after the save of a request that had it %s, and a change of two made at once was lost without a word %s."
        .formatted(
            who,
            times(experiment, peers, RESURRECTION, Races.CAME_BACK),
            times(experiment, peers, LOST_UPDATE, Races.LOST));
  }

  private static boolean isFaulty(Experiment experiment, String arm) {
    return share(experiment, arm, RESURRECTION, Races.CAME_BACK) > 0
        || share(experiment, arm, LOST_UPDATE, Races.LOST) > 0;
  }

  private static String without(List<String> all, List<String> some) {
    return all.stream().filter(one -> !some.contains(one)).collect(Collectors.joining(", "));
  }

  private static String part(String predicted, boolean cameTrue) {
    return "%s: %s".formatted(predicted, cameTrue ? "came true" : "did not come true");
  }

  private static List<String> own(Experiment experiment, Map<String, String> state) {
    return names(experiment, state, arm -> !PeerArm.isPeer(arm));
  }

  /** Those that were raced. */
  private static List<String> names(
      Experiment experiment, Map<String, String> state, Predicate<String> wanted) {
    return experiment.arms().stream()
        .filter(arm -> arm.has(state) && arm.has(ROLLBACK))
        .filter(arm -> arm.value(Races.RACES).isPresent())
        .map(ArmResult::name)
        .filter(wanted)
        .distinct()
        .toList();
  }

  private static double most(
      Experiment experiment, List<String> arms, Map<String, String> race, String metric) {
    return arms.stream().mapToDouble(arm -> share(experiment, arm, race, metric)).max().orElse(0);
  }

  private static double share(
      Experiment experiment, String arm, Map<String, String> race, String metric) {
    double races = sum(experiment, List.of(arm), race, Races.RACES);
    return races == 0 ? 0 : sum(experiment, List.of(arm), race, metric) / races;
  }

  private static double sum(
      Experiment experiment, List<String> arms, Map<String, String> race, String metric) {
    return results(experiment, arms, race)
        .map(arm -> arm.value(metric))
        .flatMap(Optional::stream)
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  private static Stream<ArmResult> results(
      Experiment experiment, List<String> arms, Map<String, String> race) {
    return experiment.arms().stream().filter(arm -> arms.contains(arm.name()) && arm.has(race));
  }
}
