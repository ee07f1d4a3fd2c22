package dev.statewise.redis.chaos;

import dev.statewise.embedded.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Where and when a run was made. */
record Environment(Map<String, String> facts) {

  /**
   * @param commit as {@link #commit} had it when the run began: while it lasts, another may be
   *     checked out
   */
  static Environment of(String commit, long tookNanos) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("scale", Scale.NOW.name().toLowerCase(java.util.Locale.ROOT));
    facts.put("took", Duration.ofNanos(tookNanos).toSeconds() + " s");
    facts.put("commit", commit);
    facts.put(
        "machine",
        "%d processors, %s, %s %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                processor(),
                System.getProperty("os.name"),
                System.getProperty("os.arch")));
    facts.put(
        "JVM",
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    facts.put("server", "redis-server " + serverVersion() + ", on the loopback of this machine");
    return new Environment(facts);
  }

  private static String serverVersion() {
    try (RedisServer server = RedisServer.start()) {
      return server.version();
    }
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      return "unknown processor";
    }
  }

  static String commit() {
    String commit = git("rev-parse", "--short", "HEAD");
    if (commit.isEmpty()) {
      return "unknown";
    }
    return git("status", "--porcelain", "-uno").isEmpty() ? commit : commit + " and changes";
  }

  private static String git(String... words) {
    try {
      Process git =
          new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(words)).toList())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      git.getOutputStream().close();
      return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
