package dev.statewise.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.redis.Examination;
import dev.statewise.redis.Finding;
import dev.statewise.redis.Finding.Severity;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisDoctor;
import dev.statewise.spi.StoreUnavailableException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Examines a Redis for what would make a promise of Statewise on it false. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Examines a Redis for what would break a promise: eviction, persistence,",
      "replicas, version and features, clocks, keys without a time to live. Each",
      "finding names the promise and the setting that mends it. It changes nothing.",
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
      "  java -jar benchmarks.jar doctor --sentinel redis://app:secret@mymaster redis://10.0.0.1"
    })
final class DoctorCommand implements Callable<Integer> {

  private static final int BREAKS = 1;
  private static final int UNREACHABLE = 3;
  private static final int UNSEEN = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "URI",
      arity = "1..*",
      description =
          "redis://[[user]:password@]host[:port], or rediss:// for TLS. More than one only of a cluster or of sentinels.")
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
      description = "How long all of it may take. By default ${DEFAULT-VALUE}.")
  long within = 15;

  @Option(
      names = "--keys",
      paramLabel = "COUNT",
      defaultValue = "100000",
      description =
          "How many keys of each server to walk through, of any prefix; 0 for none. By default ${DEFAULT-VALUE}.")
  int keys = 100_000;

  @Option(names = "--json", description = "Prints JSON instead of paragraphs.")
  boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RedisConnection connection;
    RedisDoctor.Scope scope;
    try {
      connection = connection().withConnectTimeout(PATIENCE).withSocketTimeout(PATIENCE);
      scope = scope();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    try {
      Examination examination = RedisDoctor.examine(connection, scope);
      out.println(json ? json(examination) : paragraphs(examination));
      out.flush();
      return examination.breaksPromise() ? BREAKS : examination.isIncomplete() ? UNSEEN : Main.OK;
    } catch (StoreUnavailableException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return UNREACHABLE;
    }
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

  private static String paragraphs(Examination examination) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : examination.findings()) {
      text.append(
          "%-11s  %s  at %s%n  seen     %s%n"
              .formatted(finding.severity(), finding.code(), finding.server(), finding.seen()));
      if (finding.severity() != Severity.INFORMATION) {
        text.append("  promise  %s%n".formatted(finding.code().promise()));
        text.append("  mend     %s%n".formatted(finding.code().mend()));
      }
      text.append(System.lineSeparator());
    }
    text.append(
        "%d break a promise, %d could not be seen, %d weaken one, %d for information."
            .formatted(
                count(examination, Severity.BREAKS),
                count(examination, Severity.UNSEEN),
                count(examination, Severity.WEAKENS),
                count(examination, Severity.INFORMATION)));
    if (text.indexOf("CONFIG SET") >= 0) {
      text.append(
          "%nCONFIG SET holds until the next start: put the same into redis.conf, or run CONFIG REWRITE."
              .formatted());
    }
    return text.toString();
  }

  private static long count(Examination examination, Severity severity) {
    return examination.findings().stream()
        .filter(finding -> finding.severity() == severity)
        .count();
  }

  private static String json(Examination examination) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("breaksPromise", examination.breaksPromise());
    all.put("incomplete", examination.isIncomplete());
    all.put("findings", examination.findings().stream().map(DoctorCommand::fields).toList());
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Text and truth values can always be written as JSON.", e);
    }
  }

  private static Map<String, String> fields(Finding finding) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("severity", finding.severity().name());
    fields.put("code", finding.code().name());
    fields.put("server", finding.server());
    fields.put("seen", finding.seen());
    fields.put("promise", finding.code().promise());
    fields.put("mend", finding.code().mend());
    return fields;
  }
}
