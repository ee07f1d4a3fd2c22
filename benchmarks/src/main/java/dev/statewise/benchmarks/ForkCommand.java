package dev.statewise.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.experiment.Group;
import dev.statewise.benchmarks.experiment.ProviderTasks;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.experiment.RejectionTasks;
import dev.statewise.benchmarks.experiment.StateSize;
import dev.statewise.benchmarks.experiment.StateTasks;
import dev.statewise.benchmarks.experiment.TimedTasks;
import dev.statewise.benchmarks.experiment.ValidationTasks;
import dev.statewise.benchmarks.rig.Plan;
import dev.statewise.benchmarks.rig.Rig;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.GateOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import redis.clients.jedis.Jedis;

/**
 * One JVM of a timed experiment. {@code compare} starts it; it writes a line an event to standard
 * output, and ends at once when its standard input does, so that it never outlives its parent.
 */
@Command(name = "fork", hidden = true, description = "One JVM of compare; not for use by hand.")
final class ForkCommand implements Callable<Integer> {

  static final String SLICE = "slice ";
  static final String GATE = "gate ";
  static final String PAYLOAD = "payload ";
  static final String WARM = "warm ";
  static final String MEASURING = "measuring";
  static final String DONE = "done";

  @Option(names = "--of", required = true)
  Question of = Question.E1;

  @Option(names = "--tier", required = true)
  Tier tier = Tier.QUICK;

  @Option(names = "--number", required = true)
  int number;

  @Option(names = "--group", required = true)
  Group group = Group.TOKENS;

  @Option(names = "--seed", required = true)
  long seed;

  @Option(names = "--key-prefix", required = true)
  String keyPrefix = "";

  @Option(names = "--warm-up-ms", required = true)
  long warmUpMillis;

  @Option(names = "--budget-ms", required = true)
  long budgetMillis;

  @Option(names = "--slice-ms", required = true)
  long sliceMillis;

  @Option(names = "--pool", required = true)
  int pool;

  // The environment and not the command line, which every user of the machine can read: a URI may
  // carry a password.
  private final @Nullable String redisUri = System.getenv(Forks.REDIS_VARIABLE);
  private final List<Arm> arms;
  private final List<PeerArm> peers;
  private final PrintStream out = System.out;

  ForkCommand(List<Arm> arms, List<PeerArm> peers) {
    this.arms = arms;
    this.peers = peers;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    endWithParent(System.in);
    Optional<RedisAddress> redis =
        Optional.ofNullable(redisUri).map(URI::create).map(RedisAddress::of);
    Plan plan =
        new Plan(
            1,
            pool,
            Duration.ofMillis(warmUpMillis),
            Duration.ofMillis(sliceMillis),
            Duration.ofMillis(budgetMillis));
    try (TimedTasks tasks = tasks(redis);
        ServerCpu server = new ServerCpu(redis)) {
      ObjectMapper mapper = new ObjectMapper();
      for (GateOutcome outcome : tasks.gate()) {
        out.println(GATE + mapper.writeValueAsString(outcome));
      }
      tasks.payloads().forEach((arm, hash) -> out.println(PAYLOAD + arm + " " + hash));
      int count = tasks.tasks().size();
      new Rig(number, seed, plan, tasks.tasks(), tasks.onServer(), server)
          .run(
              left(),
              measured -> out.println(SLICE + measured.line()),
              warm -> out.println(warm == count ? MEASURING : WARM + warm + " " + count));
    }
    out.println(DONE);
    out.flush();
    return 0;
  }

  private TimedTasks tasks(Optional<RedisAddress> redis) {
    return switch (of) {
      case E2 -> new ProviderTasks();
      case E4 -> RejectionTasks.build(arms, redis, keyPrefix, pool);
      case E26 -> StateTasks.build(arms, StateSize.of(tier), redis, keyPrefix, pool);
      default ->
          ValidationTasks.build(group.of(arms), group.ofPeers(peers), redis, keyPrefix, pool);
    };
  }

  /** What is left of this JVM's budget since it was started. */
  private Duration left() {
    long uptime = ManagementFactory.getRuntimeMXBean().getUptime();
    return Duration.ofMillis(Math.max(0, budgetMillis - uptime));
  }

  private static void endWithParent(InputStream fromParent) {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (fromParent.read() >= 0) {
                  // the parent says nothing; it only stays
                }
              } catch (IOException e) {
                // gone as well
              }
              Runtime.getRuntime().halt(1);
            },
            "ends with its parent");
    watch.setDaemon(true);
    watch.start();
  }

  /** The CPU time that the server has used, by {@code INFO cpu}. */
  private static final class ServerCpu implements DoubleSupplier, AutoCloseable {
    private final @Nullable Jedis admin;

    ServerCpu(Optional<RedisAddress> redis) {
      this.admin = redis.map(RedisAddress::admin).orElse(null);
    }

    @Override
    public double getAsDouble() {
      if (admin == null) {
        return Double.NaN;
      }
      String info = admin.info("cpu");
      return (seconds(info, "used_cpu_sys") + seconds(info, "used_cpu_user")) * 1e6;
    }

    @Override
    public void close() {
      if (admin != null) {
        admin.close();
      }
    }

    private static double seconds(String info, String field) {
      return info.lines()
          .filter(line -> line.startsWith(field + ":"))
          .mapToDouble(line -> Double.parseDouble(line.substring(field.length() + 1)))
          .findFirst()
          .orElse(Double.NaN);
    }
  }
}
