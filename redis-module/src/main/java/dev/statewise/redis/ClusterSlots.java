package dev.statewise.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Which masters of a cluster serve which slots, as one of its nodes tells it. */
record ClusterSlots(List<Range> ranges) {

  private static final int MASTER_AT = 2;

  /** The slots from {@code first} to {@code last} and who serves them. */
  record Range(int first, int last, HostAndPort master) {}

  ClusterSlots {
    ranges = List.copyOf(ranges);
  }

  /**
   * What the node at the other end of a connection knows.
   *
   * @param asked the address of that node, for it may not tell its own
   */
  static ClusterSlots toldBy(Connection connection, HostAndPort asked) {
    Object told =
        connection.executeCommand(new CommandArguments(Protocol.Command.CLUSTER).add("SLOTS"));
    List<Range> ranges = list(told).stream().flatMap(range -> range(list(range), asked)).toList();
    if (ranges.isEmpty()) {
      throw new JedisConnectionException("The node knows of no slot that anybody serves");
    }
    return new ClusterSlots(ranges);
  }

  List<HostAndPort> masters() {
    return ranges.stream().map(Range::master).distinct().toList();
  }

  /**
   * Who serves a slot.
   *
   * @throws JedisConnectionException if nobody does
   */
  HostAndPort masterOf(int slot) {
    return ranges.stream()
        .filter(range -> range.first() <= slot && slot <= range.last())
        .findFirst()
        .orElseThrow(() -> new JedisConnectionException("Nobody serves the slot"))
        .master();
  }

  private static Stream<Range> range(List<?> told, HostAndPort asked) {
    if (told.size() <= MASTER_AT) {
      return Stream.empty();
    }
    List<?> master = list(told.get(MASTER_AT));
    HostAndPort address = address(master.get(0), number(master.get(1)), asked);
    return Stream.of(new Range(number(told.get(0)), number(told.get(1)), address));
  }

  // Without a host it is the one that was asked, so says the protocol.
  private static HostAndPort address(Object host, int port, HostAndPort asked) {
    String name = host instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
    return new HostAndPort(name.isEmpty() || name.equals("?") ? asked.getHost() : name, port);
  }

  private static List<?> list(Object told) {
    if (told instanceof List<?> list) {
      return list;
    }
    throw new JedisConnectionException("What came is not a list of slots");
  }

  private static int number(Object told) {
    return Math.toIntExact((Long) told);
  }
}
