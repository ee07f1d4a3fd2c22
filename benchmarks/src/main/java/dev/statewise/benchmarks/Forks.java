package dev.statewise.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.experiment.Group;
import dev.statewise.benchmarks.experiment.Measurements;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.experiment.Timed;
import dev.statewise.benchmarks.rig.Plan;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.benchmarks.run.GateOutcome;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Starts the JVMs of a timed experiment, one after the other, and collects what they measure.
 *
 * <p>{@link #stop} may be called by any thread, once and for all; what was measured until then is
 * kept.
 */
final class Forks {

  /** The variable that hands a child the server's URI; never on a command line. */
  static final String REDIS_VARIABLE = "STATEWISE_BENCHMARKS_REDIS";

  /** The variable that hands a child the address of a PostgreSQL. */
  static final String POSTGRES_VARIABLE = "STATEWISE_BENCHMARKS_POSTGRES";

  /** The variable that hands a child the address of a bucket. */
  static final String OBJECTS_VARIABLE = "STATEWISE_BENCHMARKS_OBJECTS";

  private static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");

  /** Where no time is to be read, a better compiler only takes longer. */
  static final String QUICKLY_COMPILED = "-XX:TieredStopAtLevel=1";

  private static final int LINES_KEPT = 5;
  private static final String PROVIDERS = "providers";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Question of;
  private final Journal journal;
  private final Timed timed;
  private final Duration begun;
  private final Jdk jdk;
  private final Plan plan;
  private final Tier tier;
  private final long seed;
  private final Servers servers;
  private final String keyPrefix;
  private final Progress progress;
  private final List<Group> jvms;

  private volatile @Nullable Process running;
  private volatile boolean stopped;

  /**
   * @param of the experiment
   * @param timed how it is timed
   * @param jdk what its JVMs are of
   * @param groups each in JVMs of its own
   * @param plan its share of the budget
   * @param spent what of that is spent already
   */
  Forks(
      Question of,
      Timed timed,
      Jdk jdk,
      List<Group> groups,
      Plan plan,
      Duration spent,
      Scope scope,
      Journal journal,
      Progress progress) {
    this.of = of;
    this.journal = journal;
    this.timed = timed;
    this.jdk = jdk;
    this.jvms = jvms(plan.forks(), groups);
    this.plan = plan;
    this.begun = progress.elapsed().minus(spent);
    this.tier = scope.tier();
    this.seed = scope.seed();
    this.servers = scope.servers();
    this.keyPrefix = scope.keyPrefix() + of + ":";
    this.progress = progress;
  }

  /** The flags that the children run with. */
  static List<String> flags() {
    return FLAGS;
  }

  /** Runs them all. */
  Measurements run() {
    Measurements measurements = new Measurements();
    for (int fork = 1; fork <= jvms.size() && !stopped; fork++) {
      Optional<Journal.Fork> before = journal.fork(of, jdk.feature(), fork);
      if (before.isPresent()) {
        repeat(before.get(), measurements);
        continue;
      }
      progress.step("%s JVM %d of %d: starting".formatted(of, fork, jvms.size()));
      try {
        runOne(fork, progress.elapsed().minus(begun), measurements);
      } catch (IOException e) {
        measurements.failed("JVM %d could not be started: %s.".formatted(fork, e.getMessage()));
      }
    }
    return measurements;
  }

  /** What it said before the run was interrupted counts as if it had said it now. */
  private void repeat(Journal.Fork fork, Measurements measurements) {
    try {
      for (String line : fork.said()) {
        understood(line, fork.number(), measurements);
      }
      measurements.finished();
    } catch (JsonProcessingException e) {
      measurements.failed(
          "What JVM %d of %s had said cannot be read again.".formatted(fork.number(), of));
    }
  }

  /** The groups take turns, so that no time of day is one group's. */
  private static List<Group> jvms(int each, List<Group> groups) {
    return IntStream.range(0, each).boxed().flatMap(any -> groups.stream()).toList();
  }

  private Duration budgetOf(int fork, Duration spent) {
    List<Group> left = jvms.subList(fork - 1, jvms.size());
    int weights = left.stream().mapToInt(Group::weight).sum();
    return plan.budgetOf(left.get(0).weight(), weights, spent);
  }

  /** Ends the child that is running and starts no more. */
  void stop() {
    stopped = true;
    Process child = running;
    if (child != null) {
      child.destroyForcibly();
    }
  }

  private void runOne(int fork, Duration spent, Measurements measurements) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(fork, spent)).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    servers.redis().ifPresent(it -> environment.put(REDIS_VARIABLE, it.uri().toString()));
    servers.postgres().ifPresent(it -> environment.put(POSTGRES_VARIABLE, it.text()));
    servers.objects().ifPresent(it -> environment.put(OBJECTS_VARIABLE, it.text()));
    Process child = builder.start();
    running = child;
    if (stopped) {
      child.destroyForcibly();
    }
    Deque<String> unexpected = new ArrayDeque<>();
    List<String> said = new ArrayList<>();
    boolean done = false;
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        done |= line.equals(ForkCommand.DONE);
        if (understood(line, fork, measurements)) {
          said.add(line);
        } else {
          unexpected.add(line);
          if (unexpected.size() > LINES_KEPT) {
            unexpected.remove();
          }
        }
      }
    } finally {
      end(child);
    }
    if (done) {
      measurements.finished();
      said.removeIf(
          line -> line.startsWith(ForkCommand.WARM) || line.equals(ForkCommand.MEASURING));
      journal.finished(
          new Journal.Fork(of, jdk.feature(), fork, said), progress.elapsed().toSeconds());
    } else if (!stopped) {
      measurements.failed(
          "JVM %d of %s ended before its time; what it had measured is kept. It said: %s"
              .formatted(fork, of, String.join(" / ", unexpected)));
    }
  }

  private boolean understood(String line, int fork, Measurements measurements)
      throws JsonProcessingException {
    if (line.startsWith(ForkCommand.SLICE)) {
      measurements.add(Slice.parse(line.substring(ForkCommand.SLICE.length())));
      progress.tick();
    } else if (line.startsWith(ForkCommand.GATE)) {
      measurements.add(
          MAPPER.readValue(line.substring(ForkCommand.GATE.length()), GateOutcome.class));
    } else if (line.startsWith(ForkCommand.PAYLOAD)) {
      String[] parts = line.split(" ", -1);
      measurements.payload(parts[1], parts[2]);
    } else if (line.startsWith(ForkCommand.BUILD)) {
      measurements.build(line.substring(ForkCommand.BUILD.length()));
    } else if (line.startsWith(ForkCommand.GUEST)) {
      measurements.guest(fork, line.substring(ForkCommand.GUEST.length()));
    } else if (line.startsWith(ForkCommand.COLLECTING)) {
      measurements.collecting(
          fork, Double.parseDouble(line.substring(ForkCommand.COLLECTING.length())));
    } else if (line.startsWith(ForkCommand.WARM)) {
      String[] parts = line.split(" ", -1);
      progress.step(
          "%s JVM %d of %d: warming up %s of %s"
              .formatted(of, fork, jvms.size(), parts[1], parts[2]));
    } else if (line.equals(ForkCommand.MEASURING)) {
      progress.step("%s JVM %d of %d: measuring".formatted(of, fork, jvms.size()));
    } else {
      return line.equals(ForkCommand.DONE);
    }
    return true;
  }

  private void end(Process child) {
    running = null;
    try {
      if (!child.waitFor(10, TimeUnit.SECONDS)) {
        child.destroyForcibly();
      }
    } catch (InterruptedException e) {
      child.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Security providers are on the class path of the experiment that is about them, and no other.
   */
  private String classPath() {
    String own = System.getProperty("java.class.path");
    return timed.withProviders() ? own + File.pathSeparator + providers().resolve("*") : own;
  }

  private static Path providers() {
    try {
      URI ours = Forks.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(ours).resolveSibling(PROVIDERS);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The place that this class is in is no path.", e);
    }
  }

  private List<String> command(int fork, Duration spent) {
    List<String> command = new ArrayList<>();
    command.add(jdk.java().toString());
    command.addAll(FLAGS);
    if (!tier.timesReadable()) {
      command.add(QUICKLY_COMPILED);
    }
    command.addAll(timed.flags());
    command.addAll(List.of("-cp", classPath(), Main.class.getName()));
    command.addAll(
        List.of(
            "fork",
            "--of=" + of,
            "--tier=" + tier,
            "--number=" + fork,
            "--group=" + jvms.get(fork - 1),
            "--seed=" + seed,
            "--key-prefix=" + keyPrefix + "f" + fork + ":",
            "--warm-up-ms=" + plan.warmUpPerTask().toMillis(),
            "--budget-ms=" + budgetOf(fork, spent).toMillis(),
            "--slice-ms=" + plan.slice().toMillis(),
            "--pool=" + plan.credentials()));
    return command;
  }
}
