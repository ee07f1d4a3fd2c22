package dev.statewise.redis;

import java.util.function.Function;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.providers.ConnectionProvider;

/** What sends the commands of a client that was opened here. */
interface OwnConnections extends CommandExecutor, ConnectionProvider {

  /**
   * Sends several requests on one connection, to wherever one command about these keys would go.
   * What that connection finds out (it is lost, the keys lie elsewhere now) is as good for the next
   * call as if one command had.
   *
   * @param requests is given what sends a request; is begun anew on another node if this one says
   *     that the keys lie there
   */
  <T> T onOne(CommandArguments keys, Function<Function<CommandArguments, Object>, T> requests);

  @Override
  void close();
}
