package dev.statewise.redis;

import dev.statewise.redis.Finding.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/** One server while it is examined. */
final class Patient {

  private final Node node;
  private final Visit visit;
  private final Info info;

  Patient(Node node, Visit visit) {
    this.node = node;
    this.visit = visit;
    info = ask(Command.INFO).map(Info::parse).orElseGet(() -> new Info(Map.of()));
  }

  Visit visit() {
    return visit;
  }

  /** Empty of fields if the server does not tell. */
  Info info() {
    return info;
  }

  boolean isReplica() {
    return info.text("role").filter("slave"::equals).isPresent();
  }

  void note(Code code, String seen) {
    visit.note(new Finding(code, node.name(), seen));
  }

  /** Empty if the server refuses to answer that. */
  Optional<Object> ask(ProtocolCommand command, Object... arguments) {
    try {
      return Optional.ofNullable(node.ask(command, arguments));
    } catch (JedisDataException refused) {
      return Optional.empty();
    }
  }

  List<Object> askAll(List<CommandArguments> questions) {
    return node.askAll(questions);
  }

  /** A setting, as CONFIG GET tells it; empty if it does not. */
  Optional<String> setting(String name) {
    return ask(Command.CONFIG, "GET", name)
        .flatMap(reply -> Optional.ofNullable(BuilderFactory.STRING_MAP.build(reply).get(name)));
  }

  /** A setting that is a number. */
  OptionalLong number(String name) {
    return Info.numberOf(setting(name).orElse(null));
  }

  /**
   * Whether the server takes such a command from this user, in a form that does nothing: refused
   * for another reason, it takes it.
   */
  boolean takes(ProtocolCommand command, Object... arguments) {
    try {
      node.ask(command, arguments);
      return true;
    } catch (JedisDataException e) {
      String words = String.valueOf(e.getMessage());
      return !words.startsWith("NOPERM") && !words.contains("nknown");
    }
  }
}
