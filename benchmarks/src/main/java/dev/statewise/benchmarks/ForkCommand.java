package dev.statewise.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.ObjectAddress;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.PostgresAddress;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.catalogue.Catalogue;
import dev.statewise.benchmarks.experiment.Group;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.experiment.Timed;
import dev.statewise.benchmarks.experiment.TimedTasks;
import dev.statewise.benchmarks.rig.Collecting;
import dev.statewise.benchmarks.rig.ParentJvm;
import dev.statewise.benchmarks.rig.Plan;
import dev.statewise.benchmarks.rig.Rig;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.GateOutcome;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One JVM of a timed experiment. {@code compare} starts it; it writes a line an event to standard
 * output, and ends at once when its standard input does, so that it never outlives its parent.
 */
@Command(name = "fork", hidden = true, description = "One JVM of compare; not for use by hand.")
final class ForkCommand implements Callable<Integer> {

  static final String SLICE = "slice ";
  static final String GATE = "gate ";
  static final String PAYLOAD = "payload ";
  static final String GUEST = "guest ";
  static final String BUILD = "build ";
  static final String COLLECTING = "collecting ";
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
  private final Servers servers =
      new Servers(
          variable(Forks.REDIS_VARIABLE).map(URI::create).map(RedisAddress::of),
          variable(Forks.POSTGRES_VARIABLE).map(PostgresAddress::parse),
          variable(Forks.OBJECTS_VARIABLE).map(ObjectAddress::parse));
  private final List<Arm> arms;
  private final List<PeerArm> peers;
  private final PrintStream out = System.out;

  ForkCommand(List<Arm> arms, List<PeerArm> peers) {
    this.arms = arms;
    this.peers = peers;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    ParentJvm.endWith(System.in);
    Plan plan =
        new Plan(
            1,
            pool,
            Duration.ofMillis(warmUpMillis),
            Duration.ofMillis(sliceMillis),
            Duration.ofMillis(budgetMillis));
    try (TimedTasks tasks = tasks();
        ServerCpu cpu = new ServerCpu(servers)) {
      out.println(BUILD + BuildHash.own());
      ObjectMapper mapper = new ObjectMapper();
      for (GateOutcome outcome : tasks.gate()) {
        out.println(GATE + mapper.writeValueAsString(outcome));
      }
      tasks.guests().forEach(arm -> out.println(GUEST + arm));
      tasks.payloads().forEach((arm, hash) -> out.println(PAYLOAD + arm + " " + hash));
      int count = tasks.tasks().size();
      Collecting collecting = new Collecting();
      new Rig(number, seed, plan, tasks.tasks(), cpu.of(tasks.onServer()))
          .run(
              left(),
              measured -> out.println(SLICE + measured.line()),
              warm -> {
                out.println(warm == count ? MEASURING : WARM + warm + " " + count);
                collecting.begin();
              });
      collecting.nanosPerByte().ifPresent(nanos -> out.println(COLLECTING + nanos));
    }
    out.println(DONE);
    out.flush();
    return 0;
  }

  private TimedTasks tasks() {
    return Catalogue.timed(of)
        .orElseThrow(() -> new UsageException(of + " is not timed, so it has no JVM of its own."))
        .tasks(new Timed.Fork(arms, peers, group, servers, keyPrefix, pool, tier, number));
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name));
  }

  /** What is left of this JVM's budget since it was started. */
  private Duration left() {
    long uptime = ManagementFactory.getRuntimeMXBean().getUptime();
    return Duration.ofMillis(Math.max(0, budgetMillis - uptime));
  }
}
