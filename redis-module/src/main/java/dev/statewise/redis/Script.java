package dev.statewise.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** What is done in one atomic step on the server. Their text lies in resources beside this. */
// Its arrays are written once and handed to a client that reads them.
@SuppressWarnings("ImmutableEnumChecker")
enum Script {
  CREATE("header.lua", "index.lua", "create.lua"),
  REPLACE("header.lua", "replace.lua"),
  TOUCH("header.lua", "touch.lua"),
  DELETE("header.lua", "delete.lua"),
  ADMIT("header.lua", "index.lua", "admit.lua"),
  FIND_ALL("header.lua", "index.lua", "find_all.lua"),
  DELETE_ALL("header.lua", "index.lua", "delete_all.lua"),
  RAISE("log.lua", "raise.lua"),
  TELL("log.lua", "tell.lua"),
  FLOORS("generation.lua", "floors.lua"),
  FOLLOW("generation.lua", "log.lua", "follow.lua");

  private final byte[] text;
  private final byte[] hash;

  Script(String... resources) {
    StringBuilder parts = new StringBuilder();
    for (String resource : resources) {
      parts.append(read(resource)).append('\n');
    }
    text = parts.toString().getBytes(StandardCharsets.UTF_8);
    hash = HexFormat.of().formatHex(sha1(text)).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Runs this by its hash, in one round trip; and by its text, in a second, if the server does not
   * know it: at first, and after a restart, a failover or a {@code SCRIPT FLUSH}.
   *
   * @param keys of one slot, which decides where a cluster runs this
   */
  Object run(UnifiedJedis client, List<byte[]> keys, List<byte[]> arguments) {
    try {
      return client.evalsha(hash, keys, arguments);
    } catch (JedisNoScriptException e) {
      return client.eval(text, keys, arguments);
    }
  }

  /**
   * As above, by whatever sends a command; with other arguments if the server does not know the
   * script, for then it may be another server than before.
   */
  Object run(
      Function<CommandArguments, Object> sender,
      List<byte[]> keys,
      List<byte[]> arguments,
      List<byte[]> argumentsIfNew) {
    try {
      return sender.apply(command(Protocol.Command.EVALSHA, hash, keys, arguments));
    } catch (JedisNoScriptException e) {
      return sender.apply(command(Protocol.Command.EVAL, text, keys, argumentsIfNew));
    }
  }

  private static CommandArguments command(
      Protocol.Command command, byte[] script, List<byte[]> keys, List<byte[]> arguments) {
    CommandArguments all = new CommandArguments(command).add(script).add(keys.size());
    keys.forEach(all::key);
    arguments.forEach(all::add);
    return all;
  }

  private static String read(String resource) {
    try (InputStream in = Script.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            resource + " is missing from statewise-redis; repackage it with its resources.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-1; this one says it has not.", e);
    }
  }
}
