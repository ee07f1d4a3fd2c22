package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Peers;
import dev.statewise.benchmarks.arm.TokenKey;
import dev.statewise.benchmarks.rig.ParentJvm;
import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The JVM in which loads are weighed, one after the other and each several times. It writes a line
 * a weight, and ends at once when its standard input does, so that it never outlives its parent.
 */
final class HeapScale {

  /** The variable that hands it a server's URI. */
  static final String REDIS = "STATEWISE_BENCHMARKS_SCALE_REDIS";

  /** What it is told: how often, how many of a load, how many of one that takes a server. */
  private static final int SETTINGS = 3;

  /** How many of what is known: it costs little, and the scale is checked by it. */
  private static final int KNOWN = 20_000;

  private static final String TAB = "\t";
  private static final Duration STALENESS = Duration.ofMillis(500);
  private static final InstantSource CLOCK = InstantSource.system();

  private final Optional<URI> redis;
  private final List<PeerArm> peers = Peers.besideTheJar(CLOCK);
  private final int count;
  private final int onServer;
  private int opened;

  private HeapScale(Optional<URI> redis, int count, int onServer) {
    this.redis = redis;
    this.count = count;
    this.onServer = onServer;
  }

  /**
   * Weighs.
   *
   * @param arguments how often, how many of a load, how many of one that takes a server, and what,
   *     as {@link Weighed} writes it
   */
  public static void main(String[] arguments) {
    ParentJvm.endWith(System.in);
    HeapScale scale =
        new HeapScale(
            Optional.ofNullable(System.getenv(REDIS)).map(URI::create),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]));
    int times = Integer.parseInt(arguments[0]);
    // The first time some kilobytes go that the JVM had begun with.
    double unread = Scale.weigh(Control::new, KNOWN);
    if (Double.isNaN(unread)) {
      throw new IllegalStateException("Nothing can be weighed here.");
    }
    for (int i = SETTINGS; i < arguments.length; i++) {
      Weighed weighed = Weighed.parse(arguments[i]);
      for (int time = 0; time < times; time++) {
        scale.weigh(weighed, System.out);
      }
    }
  }

  private void weigh(Weighed weighed, PrintStream out) {
    try {
      double bytes = Scale.weigh(() -> load(weighed), countOf(weighed, count, onServer));
      out.println(weighed + TAB + bytes);
    } catch (RuntimeException e) {
      out.println(weighed + TAB + Double.NaN + TAB + e.getClass().getSimpleName());
    }
    out.flush();
  }

  /** How many are held of it: what takes a round trip each are fewer. */
  static int countOf(Weighed weighed, int count, int onServer) {
    return switch (weighed.kept()) {
      case KNOWN -> KNOWN;
      case COPY, REFUSAL -> onServer;
      default -> count;
    };
  }

  private Load load(Weighed weighed) {
    return switch (weighed.kept()) {
      case KNOWN -> new Control();
      case TOKEN -> new VerifiedLoad(TokenKey.HS256, weighed.state(), count);
      case COPY -> new NearLoad(store(), weighed.state(), onServer);
      case REFUSAL ->
          RefusalLoad.in(
              RedisRevocationList.replicated(connection(), STALENESS).withKeyPrefix(prefix()));
      case LISTED -> new StoreLoad(CaffeineSessionStore.create(), weighed.state(), true);
      case SESSION ->
          weighed.arm().equals("memory")
              ? new StoreLoad(CaffeineSessionStore.create(), weighed.state(), false)
              : new PeerLoad(peer(weighed).open(Optional.empty(), prefix()), weighed.state());
    };
  }

  private PeerArm peer(Weighed weighed) {
    return peers.stream()
        .filter(peer -> peer.name().equals(weighed.arm()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no " + weighed.arm() + "."));
  }

  private RedisSessionStore store() {
    return RedisSessionStore.connect(connection()).withKeyPrefix(prefix());
  }

  private RedisConnection connection() {
    Supplier<IllegalStateException> none = () -> new IllegalStateException("There is no Redis.");
    return RedisConnection.to(redis.orElseThrow(none));
  }

  private String prefix() {
    return "scale:" + opened++ + ":";
  }
}
