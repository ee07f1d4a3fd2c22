package dev.statewise.benchmarks.experiment.wire;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.experiment.Carrier;
import dev.statewise.benchmarks.experiment.SizedCredential;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.session.Credential;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a request costs on a connection that many users share, as a gateway has one to a service:
 * they take turns, each with a typical credential of its own. That is the worst order for a table
 * that drops its oldest entry.
 */
public final class SharedConnections {

  public static final String USERS = "usersPerConnection";

  /** Of the most users whose credentials are all indices. */
  public static final String MOST_USERS = "mostUsers";

  /** Both kinds of credential travel so. */
  private static final Carrier CARRIER = Carrier.COOKIE;

  private static final int MOST = 64;
  private static final List<Integer> SHOWN =
      List.of(1, 2, 3, 4, 5, 6, 8, 12, 16, 20, 24, 28, 32, 40, 48, 64);

  private final Set<Integer> lengths = new HashSet<>();

  /** Results of one arm, if none had credentials of that length before. */
  List<ArmResult> of(Arm arm, List<SizedCredential> credentials) {
    Optional<String> typical =
        credentials.stream()
            .filter(sized -> sized.profile() == Profile.TYP)
            .findFirst()
            .flatMap(SizedCredential::credential)
            .map(Credential::value);
    return typical
        .filter(credential -> lengths.add(credential.length()))
        .map(credential -> measure(arm.name(), credential))
        .orElse(List.of());
  }

  private static List<ArmResult> measure(String arm, String credential) {
    List<ArmResult> results = new ArrayList<>();
    for (int users : SHOWN) {
      results.add(result(arm, users, share(credential, users)));
    }
    int most = Edge.largest(0, MOST + 1, users -> share(credential, users).isIndexed());
    results.add(edge(arm, most));
    return results;
  }

  private static HeaderShare share(String credential, int users) {
    List<String> theirs =
        IntStream.rangeClosed(1, users).mapToObj(user -> StandIn.of(credential, user)).toList();
    return HeaderShare.of(CARRIER, Indexing.INDEXED, theirs);
  }

  private static ArmResult result(String arm, int users, HeaderShare share) {
    Map<String, String> params = params();
    params.put(USERS, String.valueOf(users));
    return new ArmResult(
        arm, params, List.of(HeaderBlocks.counted(HeaderBlocks.BYTES, share.repeat())));
  }

  private static ArmResult edge(String arm, int users) {
    Metric most =
        users < MOST
            ? Metric.counted(MOST_USERS, "users", users, 1)
            : Metric.absent(
                MOST_USERS,
                "users",
                Evidence.COUNT,
                "all of %d users fit, and no more were tried".formatted(MOST));
    Map<String, String> params = params();
    params.put(HeaderBlocks.EDGE, USERS);
    return new ArmResult(arm, params, List.of(most));
  }

  private static Map<String, String> params() {
    Map<String, String> params =
        new LinkedHashMap<>(HeaderBlocks.params(CARRIER, Profile.TYP, Indexing.INDEXED));
    params.put(HeaderBlocks.REQUEST, HeaderBlocks.REPEAT);
    return params;
  }
}
