package dev.statewise.benchmarks;

import dev.statewise.objectstorage.ObjectDoctor;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisDoctor;
import dev.statewise.spi.StoreUnavailableException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.s3.S3Client;

/** Examines a Redis or a bucket for what would make a promise of Statewise on it false. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Examines a Redis or a bucket for what would break a promise.",
      "Of a Redis: eviction, persistence, replicas, version and features, clocks, keys",
      "without a time to live. It changes nothing. Of a bucket (s3://…): whether",
      "conditional writes are kept, and atomic when they are raced, versions, lifecycle",
      "rules. It writes below the prefix, and cleans up. Each finding names the promise",
      "and the setting that mends it.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 all was seen and nothing breaks a promise; 1 something does;",
      "2 bad usage; 3 no server answered, or none let the user in; 4 nothing that",
      "was seen breaks a promise, but not all could be seen.",
      "",
      "Examples:",
      "  java -jar benchmarks/target/benchmarks.jar doctor redis://127.0.0.1:6379",
      "  java -jar benchmarks.jar doctor --json rediss://app:secret@redis.example:6380",
      "  java -jar benchmarks.jar doctor --cluster redis://10.0.0.1:7000 redis://10.0.0.2:7000",
      "  java -jar benchmarks.jar doctor --sentinel mymaster redis://10.0.0.1:26379",
      "  java -jar benchmarks.jar doctor --sentinel redis://app:secret@mymaster redis://10.0.0.1",
      "  java -jar benchmarks.jar doctor 's3://sessions/app/?region=eu-central-1'",
      "  java -jar benchmarks.jar doctor 's3://sessions?endpoint=http://127.0.0.1:9000'"
    })
final class DoctorCommand implements Callable<Integer> {

  private static final int UNREACHABLE = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "URI",
      arity = "1..*",
      description =
          "redis://[[user]:password@]host[:port], or rediss:// for TLS. More than one only of a cluster or of sentinels. Or s3://bucket[/prefix][?endpoint=URI&region=NAME&path-style=BOOLEAN], with the credentials that the AWS SDK finds.")
  List<String> uris = List.of();

  @Option(
      names = "--cluster",
      description = "The URIs are of nodes of a Redis Cluster: every master is examined.")
  boolean cluster;

  @Option(
      names = "--sentinel",
      paramLabel = "MASTER",
      description =
          "The URIs are of sentinels, and this is the name of their master; or, to log in to it, redis://user:password@NAME.")
  @Nullable String sentinel;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      defaultValue = "sw:",
      description = "The prefix of the keys. By default ${DEFAULT-VALUE}")
  String prefix = "sw:";

  @Option(
      names = "--clock-skew",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "By how much clocks may differ, as in the policy. By default ${DEFAULT-VALUE}.")
  long clockSkew = 30;

  @Option(
      names = "--within",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description =
          "How long all of it may take. By default ${DEFAULT-VALUE}; the races on a bucket 60.")
  long within = 15;

  @Option(
      names = "--keys",
      paramLabel = "COUNT",
      defaultValue = "100000",
      description =
          "How many keys of each server to walk through, of any prefix; 0 for none. By default ${DEFAULT-VALUE}.")
  int keys = 100_000;

  @Option(
      names = "--rounds",
      paramLabel = "COUNT",
      defaultValue = "100",
      description = "Of a bucket: rounds of each race. By default ${DEFAULT-VALUE}.")
  int rounds = 100;

  @Option(
      names = "--writers",
      paramLabel = "COUNT",
      defaultValue = "8",
      description = "Of a bucket: how many write at once. By default ${DEFAULT-VALUE}.")
  int writers = 8;

  @Option(
      names = "--longest-idle",
      paramLabel = "SECONDS",
      defaultValue = "86400",
      description =
          "Of a bucket: the longest idle timeout, which its rules must outlast. By default ${DEFAULT-VALUE}.")
  long longestIdle = 86_400;

  @Option(names = "--json", description = "Prints JSON instead of paragraphs.")
  boolean json;

  @Override
  public Integer call() {
    return BucketUri.isOne(uris.get(0)) ? examineBucket() : examineRedis();
  }

  private int examineRedis() {
    RedisConnection connection;
    RedisDoctor.Scope scope;
    try {
      connection = connection().withConnectTimeout(PATIENCE).withSocketTimeout(PATIENCE);
      scope = scope();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    try {
      return tell(DoctorReport.of(RedisDoctor.examine(connection, scope)));
    } catch (StoreUnavailableException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return UNREACHABLE;
    }
  }

  private int examineBucket() {
    if (uris.size() > 1) {
      throw new UsageException(
          "There is more than one URI, and one bucket is examined at a time. Leave the others out.");
    }
    BucketUri uri = BucketUri.parse(uris.get(0));
    ObjectDoctor.Scope scope;
    try {
      scope = scope(uri);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    try (S3Client client = uri.client(writers)) {
      return tell(DoctorReport.of(ObjectDoctor.examine(client, uri.bucket(), scope)));
    } catch (StoreUnavailableException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return UNREACHABLE;
    }
  }

  private int tell(DoctorReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? report.json() : report.paragraphs());
    out.flush();
    return report.exitCode();
  }

  private ObjectDoctor.Scope scope(BucketUri uri) {
    ObjectDoctor.Scope scope =
        ObjectDoctor.Scope.standard()
            .withLongestIdle(Duration.ofSeconds(longestIdle))
            .withWriters(writers)
            .withRounds(rounds);
    boolean saysHowLong = spec.commandLine().getParseResult().hasMatchedOption("--within");
    scope = saysHowLong ? scope.within(Duration.ofSeconds(within)) : scope;
    return uri.prefix().isEmpty() ? scope : scope.withPrefix(uri.prefix());
  }

  private RedisDoctor.Scope scope() {
    return RedisDoctor.Scope.standard()
        .withKeyPrefix(prefix)
        .withClockSkew(Duration.ofSeconds(clockSkew))
        .within(Duration.ofSeconds(within))
        .withMostKeys(keys);
  }

  private RedisConnection connection() {
    URI first = uri(uris.get(0));
    URI[] more = uris.stream().skip(1).map(DoctorCommand::uri).toArray(URI[]::new);
    String master = sentinel;
    if (master != null && cluster) {
      throw new UsageException("--cluster and --sentinel exclude each other. Leave one out.");
    }
    if (master != null) {
      String named = master.contains("://") ? master : first.getScheme() + "://" + master;
      return RedisConnection.toSentinels(uri(named), first, more);
    }
    if (cluster) {
      return RedisConnection.toCluster(first, more);
    }
    if (more.length > 0) {
      throw new UsageException(
          "There is more than one URI, and one server is examined at a time. Leave the others out, or say --cluster or --sentinel.");
    }
    return RedisConnection.to(first);
  }

  /** Never quoted, for it may hold a password. */
  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new UsageException(
          "That is not a URI, so there is no server to examine. Give for example redis://127.0.0.1:6379, and %-encode what is special in the password.");
    }
  }
}
