package dev.statewise.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.Pool;

/**
 * One server behind a client, for questions about the server itself. Replies are as they came:
 * {@code byte[]}, {@code Long}, or a list of such. For one thread.
 */
interface Node extends AutoCloseable {

  /** Host and port, if they are known. */
  String name();

  /**
   * Connects, where it can be told apart from asking.
   *
   * @throws JedisDataException if the login is refused
   * @throws JedisConnectionException if no connection is made
   */
  void logIn();

  /**
   * One question.
   *
   * @throws JedisDataException if the server refuses it
   * @throws JedisConnectionException if no answer comes
   */
  Object ask(CommandArguments question);

  /** Many questions at once; what is refused has its exception for an answer. */
  List<Object> askAll(List<CommandArguments> questions);

  /** Gives back what it holds; the client stays open. */
  @Override
  void close();

  /** One question. */
  default Object ask(ProtocolCommand command, Object... arguments) {
    return ask(question(command, arguments));
  }

  static CommandArguments question(ProtocolCommand command, Object... arguments) {
    return new CommandArguments(command).addObjects(arguments);
  }

  /** Every server that a client knows: of a cluster each node, else the one it writes to. */
  static List<Node> behind(UnifiedJedis client) {
    if (client instanceof RedisClusterClient cluster) {
      List<Node> nodes = new ArrayList<>();
      cluster
          .getClusterNodes()
          .forEach((name, pool) -> nodes.add(new Held(name, pool::getResource)));
      return nodes;
    }
    return List.of(
        pool(client)
            .<Node>map(pool -> new Held("redis", pool::getResource))
            .orElseGet(() -> new OfClient(client)));
  }

  /** Of a client of one server, unless what makes its connections is not Jedis' own. */
  private static Optional<Pool<Connection>> pool(UnifiedJedis client) {
    try {
      return client instanceof RedisClient single
          ? Optional.of(single.getPool())
          : Optional.empty();
    } catch (ClassCastException e) {
      return Optional.empty();
    }
  }

  /** The masters, each on a connection of its own. */
  static List<Node> mastersAt(RedisConnection connection) {
    List<Node> nodes = new ArrayList<>();
    for (HostAndPort master : connection.masters()) {
      nodes.add(
          new Held(master.toString(), () -> connection.dial(master, connection.socketTimeout())));
    }
    return nodes;
  }

  /** On a connection that is taken at the first question and kept. */
  final class Held implements Node {
    private final Supplier<Connection> connections;
    private String name;
    private @Nullable Connection connection;

    Held(String name, Supplier<Connection> connections) {
      this.name = name;
      this.connections = connections;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void logIn() {
      connection();
    }

    @Override
    public Object ask(CommandArguments question) {
      return connection().executeCommand(question);
    }

    @Override
    public List<Object> askAll(List<CommandArguments> questions) {
      Connection held = connection();
      questions.forEach(held::sendCommand);
      return held.getMany(questions.size());
    }

    @Override
    public void close() {
      if (connection != null) {
        connection.close();
        connection = null;
      }
    }

    private Connection connection() {
      // Jedis returns a connection that broke to its pool only when it is closed.
      if (connection != null && connection.isBroken()) {
        close();
      }
      Connection held = connection;
      if (held == null) {
        held = connections.get();
        connection = held;
        name = String.valueOf(held.getHostAndPort());
      }
      return held;
    }
  }

  /** On whichever connection the client takes. */
  record OfClient(UnifiedJedis client) implements Node {
    @Override
    public String name() {
      return "redis";
    }

    @Override
    public void logIn() {}

    @Override
    public Object ask(CommandArguments question) {
      return client.executeCommand(question);
    }

    @Override
    public List<Object> askAll(List<CommandArguments> questions) {
      List<Object> answers = new ArrayList<>();
      for (CommandArguments question : questions) {
        try {
          answers.add(client.executeCommand(question));
        } catch (JedisDataException e) {
          answers.add(e);
        }
      }
      return answers;
    }

    @Override
    public void close() {}
  }
}
