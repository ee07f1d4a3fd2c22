package dev.statewise.benchmarks.experiment.wire;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.experiment.Carrier;
import dev.statewise.benchmarks.experiment.Counted;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.experiment.SizedArms;
import dev.statewise.benchmarks.experiment.SizedCredential;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Experiment E9: what a credential adds to a request on HTTP/2. Netty's encoder writes the header
 * blocks of a connection and its decoder reads them again.
 */
public final class HeaderBlocks {

  /** A request without a credential. */
  public static final String BARE = "no-credential";

  public static final String CARRIER = "carrier";
  public static final String PROFILE = "profile";
  public static final String INDEXING = "indexing";
  public static final String REQUEST = "request";
  public static final String FIRST = "first";
  public static final String REPEAT = "repeat";

  /** Which sweep's edge it is. */
  public static final String EDGE = "edge";

  public static final String BYTES = "bytes";
  public static final String BLOCK = "headerBlock";

  private static final int SOMEBODY = 1;

  /** A real credential's random characters cost as much as a stand-in's, give or take this. */
  private static final int LUCK = 16;

  private final Lab lab;
  private final List<ArmResult> results = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private int checked;

  private HeaderBlocks(Lab lab) {
    this.lab = lab;
  }

  /**
   * Measures every arm of {@code lab}, and tokens that are no arm of their own, with every profile
   * on both carriers; and sweeps over the size of a token and over the users of a connection.
   */
  public static Counted.Count of(Lab lab) {
    HeaderBlocks blocks = new HeaderBlocks(lab);
    blocks.bare();
    blocks.arms();
    blocks.results.addAll(TokenSizes.measure());
    return new Counted.Count(blocks.results, blocks.findings, blocks.checked);
  }

  private void arms() {
    SharedConnections shared = new SharedConnections();
    for (Arm arm : SizedArms.and(lab.arms())) {
      if (!lab.cancelled().getAsBoolean()) {
        lab.absence()
            .apply(arm)
            .ifPresentOrElse(
                reason -> absent(arm, List.of(Profile.values()), reason),
                () -> measure(arm, shared));
      }
    }
  }

  private void measure(Arm arm, SharedConnections shared) {
    List<SizedCredential> credentials =
        SizedCredential.of(arm, lab.servers(), lab.keyPrefix() + "e9:" + arm.name());
    credentials.forEach(credential -> measure(arm, credential));
    if (lab.arms().contains(arm)) {
      results.addAll(shared.of(arm, credentials));
    }
  }

  private void bare() {
    HeaderShare.Blocks blocks =
        HeaderShare.Blocks.of(
            () -> HeaderConnection.open(Carrier.COOKIE, Indexing.INDEXED),
            List.of(RequestHeaders.bare()));
    results.add(
        new ArmResult(BARE, Map.of(REQUEST, FIRST), List.of(counted(BLOCK, blocks.first()))));
    results.add(
        new ArmResult(BARE, Map.of(REQUEST, REPEAT), List.of(counted(BLOCK, blocks.repeat()))));
  }

  private void measure(Arm arm, SizedCredential sized) {
    if (sized.credential().isEmpty()) {
      absent(arm, List.of(sized.profile()), sized.reason());
      return;
    }
    String real = sized.credential().get().value();
    String standIn = StandIn.of(real, SOMEBODY);
    for (Carrier carrier : Carrier.values()) {
      for (Indexing indexing : Indexing.values()) {
        attempt(arm, sized.profile(), carrier, indexing, real, standIn);
      }
    }
  }

  private void attempt(
      Arm arm, Profile profile, Carrier carrier, Indexing indexing, String real, String standIn) {
    try {
      HeaderShare share = HeaderShare.of(carrier, indexing, List.of(standIn));
      HeaderShare ofReal = HeaderShare.of(carrier, indexing, List.of(real));
      checked += 2;
      check(share, ofReal, indexing)
          .forEach(
              amiss ->
                  findings.add(
                      "%s %s %s %s: %s".formatted(arm.name(), profile, carrier, indexing, amiss)));
      Map<String, String> params = params(carrier, profile, indexing);
      results.add(result(arm, params, FIRST, share.first(), share.firstBlock()));
      results.add(result(arm, params, REPEAT, share.repeat(), share.repeatBlock()));
    } catch (HeaderConnection.MismatchException e) {
      findings.add(
          "%s %s %s %s: %s"
              .formatted(arm.name(), profile, carrier, indexing, String.valueOf(e.getMessage())));
    }
  }

  /** What does not add up between a stand-in, what it stands for, and how it was sent. */
  static List<String> check(HeaderShare standIn, HeaderShare real, Indexing indexing) {
    List<String> amiss = new ArrayList<>();
    if (Math.abs(standIn.first() - real.first()) > LUCK) {
      amiss.add(
          "a real credential adds %d bytes and its stand-in %d"
              .formatted(real.first(), standIn.first()));
    }
    if (indexing == Indexing.NEVER_INDEXED && standIn.repeat() < standIn.first()) {
      amiss.add(
          "a repeat adds %s bytes and the first %d, so it was indexed"
              .formatted(standIn.repeat(), standIn.first()));
    }
    return amiss;
  }

  private void absent(Arm arm, List<Profile> profiles, String reason) {
    for (Profile profile : profiles) {
      for (Carrier carrier : Carrier.values()) {
        for (Indexing indexing : Indexing.values()) {
          for (String request : List.of(FIRST, REPEAT)) {
            results.add(
                new ArmResult(
                    arm.name(),
                    with(params(carrier, profile, indexing), request),
                    List.of(Metric.absent(BYTES, "B", Evidence.COUNT, reason))));
          }
        }
      }
    }
  }

  private static ArmResult result(
      Arm arm, Map<String, String> params, String request, double share, double block) {
    return new ArmResult(
        arm.name(), with(params, request), List.of(counted(BYTES, share), counted(BLOCK, block)));
  }

  static Map<String, String> params(Carrier carrier, Profile profile, Indexing indexing) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(CARRIER, carrier.toString());
    params.put(PROFILE, profile.toString());
    params.put(INDEXING, indexing.toString());
    return params;
  }

  private static Map<String, String> with(Map<String, String> params, String request) {
    Map<String, String> all = new LinkedHashMap<>(params);
    all.put(REQUEST, request);
    return all;
  }

  /** So many bytes, counted; of requests that take turns a mean, which is exact too. */
  static Metric counted(String name, double bytes) {
    return new Metric(name, "B", Evidence.COUNT, bytes, bytes, bytes, 1, null);
  }
}
