package dev.statewise.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** What a sentinel is asked. */
final class Sentinel {

  private Sentinel() {}

  /** The master of that name, as the sentinel at the other end of a connection knows it. */
  static HostAndPort masterToldBy(Connection sentinel, String name) {
    Object told =
        sentinel.executeCommand(
            new CommandArguments(Protocol.Command.SENTINEL)
                .add("GET-MASTER-ADDR-BY-NAME")
                .add(name));
    if (told instanceof List<?> address
        && address.size() == 2
        && address.get(0) instanceof byte[] host
        && address.get(1) instanceof byte[] port) {
      return new HostAndPort(text(host), Integer.parseInt(text(port)));
    }
    throw new JedisConnectionException(
        "The sentinel knows no master of that name. Write it as the sentinel's configuration does.");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
