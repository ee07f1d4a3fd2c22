package dev.statewise.redis;

import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

/** Which node a command is sent to. Safe for use by several threads; never does I/O but to look. */
interface Topology {

  /**
   * The master of a command's keys; any, if it has none.
   *
   * @throws NotSentException if none is known
   * @throws JedisException if its keys have several masters
   */
  HostAndPort nodeOf(CommandArguments command);

  /** Takes note of what a node said: this slot is another's now. */
  void moved(int slot, HostAndPort to);

  /**
   * Asks around who the masters are.
   *
   * @return all of them
   * @throws JedisException if nobody could be asked; what was known is kept
   */
  List<HostAndPort> look();
}
