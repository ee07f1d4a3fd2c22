package dev.statewise.redis;

import dev.statewise.embedded.RedisServer;
import dev.statewise.session.Session;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.SubjectIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.RedisClient;

/**
 * What does the index of a subject with so many sessions cost: in bytes, and in time of the server,
 * which serves nobody else meanwhile?
 *
 * @param sessions how many the subject has
 * @param indexBytes of the index, as the server says
 * @param sessionBytes of one of its sessions
 * @param create of one session more
 * @param findAll of all of them
 * @param admit of one more where the limit is as many as there are, so that the oldest is ended
 * @param deleteAll of all of them
 */
public record IndexCost(
    int sessions,
    long indexBytes,
    long sessionBytes,
    Cost create,
    Cost findAll,
    Cost admit,
    Cost deleteAll) {

  private static final Pattern SCRIPTS =
      Pattern.compile("cmdstat_evalsha:calls=(\\d+),usec=(\\d+)");
  private static final Pattern CPU = Pattern.compile("used_cpu_(?:sys|user):([0-9.]+)");
  private static final int CALLS_OVER_ALL = 2_000;
  private static final int FEWEST_CALLS = 5;
  private static final int MOST_CALLS = 200;

  /**
   * What one call took.
   *
   * @param calls of how many this is the mean
   * @param commands how many scripts the server was sent
   * @param callMicros as the caller saw it
   * @param serverMicros for how long the server ran the script, by its own count
   * @param cpuMicros of processor time of the server, all that a call costs it
   */
  public record Cost(
      int calls, double commands, double callMicros, double serverMicros, double cpuMicros) {}

  double indexBytesASession() {
    return (double) indexBytes / sessions;
  }

  @Override
  public String toString() {
    return "%,d sessions: index %,d B (%.1f B a session of %d B); create %s; findAll %s; admit %s; deleteAll %s"
        .formatted(
            sessions,
            indexBytes,
            indexBytesASession(),
            sessionBytes,
            text(create),
            text(findAll),
            text(admit),
            text(deleteAll));
  }

  /** One line for each of {@code sessions}, in order. The server is used by nobody else. */
  public static List<IndexCost> measure(RedisServer server, int... sessions) {
    try (RedisClient client = SharedRedis.patient(server.uri()).open()) {
      Measuring measuring = new Measuring(client);
      measuring.of(10); // so that no script is new and no code is cold
      return Arrays.stream(sessions).mapToObj(measuring::of).toList();
    }
  }

  private static String text(Cost cost) {
    return String.format(
        Locale.ROOT,
        "%.0f us (server %.0f, cpu %.0f)",
        cost.callMicros(),
        cost.serverMicros(),
        cost.cpuMicros());
  }

  /** On one client, whose store lies under a prefix of its own. */
  private static final class Measuring {
    private final RedisClient client;
    private final KeySpace keys = new KeySpace(SharedRedis.newPrefix());
    private final RedisSessionStore store;
    private final SubjectIndex index;
    private final String subject = "ann";
    private Instant created = Samples.NOW;

    Measuring(RedisClient client) {
      this.client = client;
      this.store = RedisSessionStore.over(client).withKeyPrefix(keys.prefix());
      this.index = store.subjects().orElseThrow();
    }

    IndexCost of(int sessions) {
      int calls = Math.max(FEWEST_CALLS, Math.min(MOST_CALLS, CALLS_OVER_ALL / sessions));
      fill(sessions);
      long bytes = client.memoryUsage(keys.subjectIndex(subject), 0);
      long sessionBytes = client.memoryUsage(keys.session(one().key()), 0);
      Cost findAll = mean(calls, () -> {}, () -> index.findAll(subject));
      Cost admit = mean(calls, () -> {}, () -> admitOneOf(sessions));
      Cost create = mean(calls, () -> {}, () -> store.create(next()));
      Cost deleteAll = mean(calls, () -> fill(sessions), () -> index.deleteAll(subject));
      return new IndexCost(sessions, bytes, sessionBytes, create, findAll, admit, deleteAll);
    }

    /** The fill is not part of the cost, and the INFO that is asked between is the same for all. */
    private Cost mean(int calls, Runnable before, Runnable call) {
      List<double[]> seen = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        before.run();
        double cpu = cpu();
        double[] scripts = scripts();
        long start = System.nanoTime();
        call.run();
        double took = (System.nanoTime() - start) / 1e3;
        double[] now = scripts();
        seen.add(new double[] {now[0] - scripts[0], took, now[1] - scripts[1], cpu() - cpu});
      }
      return new Cost(calls, at(seen, 0), at(seen, 1), at(seen, 2), at(seen, 3));
    }

    private static double at(List<double[]> seen, int place) {
      return seen.stream().mapToDouble(values -> values[place]).average().orElseThrow();
    }

    private void admitOneOf(int max) {
      index.admit(next(), max, Overflow.END_OLDEST, Optional.empty());
    }

    private void fill(int sessions) {
      index.deleteAll(subject);
      for (int i = 0; i < sessions; i++) {
        store.create(next());
      }
    }

    private Session one() {
      return index.findAll(subject).get(0);
    }

    private Session next() {
      created = created.plusMillis(1);
      return Samples.createdAt(subject, created);
    }

    private double[] scripts() {
      Matcher matcher = SCRIPTS.matcher(client.info("commandstats"));
      if (!matcher.find()) {
        throw new IllegalStateException("The server counts no scripts");
      }
      return new double[] {
        Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2))
      };
    }

    private double cpu() {
      Matcher matcher = CPU.matcher(client.info("cpu"));
      double seconds = 0;
      while (matcher.find()) {
        seconds += Double.parseDouble(matcher.group(1));
      }
      return seconds * 1e6;
    }
  }
}
