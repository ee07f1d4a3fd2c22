package dev.statewise.benchmarks.experiment.wire;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.experiment.Carrier;
import dev.statewise.session.OpenResult;
import dev.statewise.session.TooLarge;
import java.util.HashMap;
import java.util.Map;

/**
 * How large one arm's tokens are, and how many groups there is room for. A token that is issued is
 * measured; of one that is not the arm says to the byte how large it would be.
 */
final class FittingGroups implements AutoCloseable {

  /** More are not asked for. */
  static final int MOST = 2_000;

  private final BuiltArm built;
  private final Map<Integer, Size> sizes = new HashMap<>();

  /** Of an arm that asks no server. */
  FittingGroups(Arm arm) {
    this.built =
        arm.build()
            .apply(
                new Wiring(
                    SessionPolicy.defaults(), MovableClock.atPresent(), Servers.NONE, "e10"));
  }

  /**
   * The size of a token.
   *
   * @param issued whether there is such a token, or it would be too large for this library
   */
  record Size(int bytes, boolean issued) {}

  /** With a profile of state. */
  Size of(Profile profile) {
    return of(profile.attributes());
  }

  /** With typical state and so many groups. */
  Size of(int groups) {
    return sizes.computeIfAbsent(groups, count -> of(Profile.withGroups(count)));
  }

  private Size of(Map<String, String> attributes) {
    OpenResult result = built.sessions().open(Profile.SUBJECT, attributes);
    return result instanceof TooLarge tooLarge
        ? new Size(tooLarge.bytes(), false)
        : new Size(result.grantOrThrow().credential().value().length(), true);
  }

  /**
   * The most groups with which a token's header line has at most so many bytes; -1 if it has more
   * without any, {@link #MOST} if it is never more.
   */
  int fitting(Carrier carrier, int lineBytes) {
    return Edge.largest(-1, MOST + 1, groups -> carrier.lineBytes(of(groups).bytes()) <= lineBytes);
  }

  @Override
  public void close() {
    built.close();
  }
}
