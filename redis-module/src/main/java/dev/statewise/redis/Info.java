package dev.statewise.redis;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** A server's INFO. Of its values only plain words and numbers are passed on. */
record Info(Map<String, String> fields) {

  private static final Pattern REPLICA = Pattern.compile("slave\\d{1,6}");
  private static final Pattern STATE = Pattern.compile("\\bstate=([a-z_]+)");
  private static final Pattern LAG = Pattern.compile("\\blag=(\\d{1,18})\\b");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:+-]{1,64}");

  Info {
    fields = Map.copyOf(fields);
  }

  static Info of(Node node) {
    return parse(node.ask(Command.INFO));
  }

  /** Without a field if the reply is no text. */
  static Info parse(Object reply) {
    Map<String, String> fields = new HashMap<>();
    byte[] text = reply instanceof byte[] bytes ? bytes : new byte[0];
    for (String line : new String(text, StandardCharsets.UTF_8).split("\r?\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return new Info(fields);
  }

  /** Whether a refusal says that the question may not be put, rather than not now. */
  static boolean isBarred(JedisDataException refusal) {
    String code = SeenException.code(refusal);
    return code.equals("NOPERM") || code.equals("ERR") || code.equals("an error");
  }

  /** Empty if the field is not there, or no plain word. */
  Optional<String> text(String field) {
    return Optional.ofNullable(fields.get(field)).filter(text -> PLAIN.matcher(text).matches());
  }

  /** Empty if the field is not there, or no number. */
  OptionalLong number(String field) {
    return numberOf(fields.get(field));
  }

  /** The replicas that are connected to a master. */
  List<Replica> replicas() {
    return fields.entrySet().stream()
        .filter(field -> REPLICA.matcher(field.getKey()).matches())
        .map(field -> Replica.of(field.getValue()))
        .toList();
  }

  static OptionalLong numberOf(@Nullable String text) {
    try {
      return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** One replica, as its master tells of it; what it does not tell counts as out of step. */
  record Replica(String state, long lagSeconds) {
    private static Replica of(String line) {
      Matcher state = STATE.matcher(line);
      Matcher lag = LAG.matcher(line);
      return new Replica(
          state.find() ? state.group(1) : "not told",
          lag.find() ? Long.parseLong(lag.group(1)) : Long.MAX_VALUE);
    }
  }
}
