package dev.statewise.redis;

import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** The one master that sentinels name. */
final class SentinelTopology implements Topology {

  private final List<URI> sentinels;
  private final Function<URI, HostAndPort> asking;
  private volatile @Nullable HostAndPort master;
  private int next;

  SentinelTopology(List<URI> sentinels, Function<URI, HostAndPort> asking) {
    this.sentinels = List.copyOf(sentinels);
    this.asking = asking;
  }

  @Override
  public HostAndPort nodeOf(CommandArguments command) {
    HostAndPort named = master;
    if (named == null) {
      throw new NobodyKnownException(
          "no sentinel named a master. Start the sentinels, or mend their addresses, their passwords and the name of the master.");
    }
    return named;
  }

  /** A server that is none of a cluster never says so. */
  @Override
  public void moved(int slot, HostAndPort to) {}

  /**
   * Asks the sentinel that answered last, so that two which disagree do not take turns; another if
   * it gives no answer.
   */
  @Override
  public List<HostAndPort> look() {
    JedisException last = new JedisConnectionException("No sentinel is known");
    for (int asked = 0; asked < sentinels.size(); asked++) {
      try {
        HostAndPort named = asking.apply(sentinels.get(next));
        master = named;
        return List.of(named);
      } catch (JedisException e) {
        last = e;
        next = (next + 1) % sentinels.size();
      }
    }
    throw last;
  }
}
