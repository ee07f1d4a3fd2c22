package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.RedisAddress;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;

/** How often a server was asked each command, as {@code INFO commandstats} says. */
public final class CommandStats implements AutoCloseable {

  private static final Pattern LINE = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");
  private static final String OWN_QUESTION = "INFO";

  private final Jedis admin;

  private CommandStats(Jedis admin) {
    this.admin = admin;
  }

  /** Asks it on a connection of its own. */
  public static CommandStats of(RedisAddress redis) {
    return new CommandStats(redis.admin());
  }

  /** Calls so far by command, in capitals, scripts' own calls included; without this question. */
  public Map<String, Long> calls() {
    return parse(admin.info("commandstats"));
  }

  /** Calls since {@code before}; a command that was not called is not in it. */
  public Map<String, Long> since(Map<String, Long> before) {
    return difference(calls(), before);
  }

  @Override
  public void close() {
    admin.close();
  }

  static Map<String, Long> parse(String info) {
    Map<String, Long> calls = new TreeMap<>();
    Matcher matcher = LINE.matcher(info);
    while (matcher.find()) {
      String name = matcher.group(1).toUpperCase(Locale.ROOT);
      if (!name.equals(OWN_QUESTION)) {
        calls.put(name, Long.parseLong(matcher.group(2)));
      }
    }
    return calls;
  }

  static Map<String, Long> difference(Map<String, Long> later, Map<String, Long> earlier) {
    Map<String, Long> difference = new TreeMap<>();
    later.forEach(
        (name, calls) -> {
          long more = calls - earlier.getOrDefault(name, 0L);
          if (more != 0) {
            difference.put(name, more);
          }
        });
    return difference;
  }
}
