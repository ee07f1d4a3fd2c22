package dev.statewise.redis;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** A section of a server's INFO. Of its values only plain words and numbers are passed on. */
record Info(Map<String, String> fields) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:+-]{1,64}");

  Info {
    fields = Map.copyOf(fields);
  }

  static Info of(Node node, String section) {
    Object reply = node.ask(Command.INFO, section);
    return parse(reply instanceof byte[] bytes ? bytes : new byte[0]);
  }

  static Info parse(byte[] reply) {
    Map<String, String> fields = new HashMap<>();
    for (String line : new String(reply, StandardCharsets.UTF_8).split("\r?\n", -1)) {
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
    try {
      String text = fields.get(field);
      return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
