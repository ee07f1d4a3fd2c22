package dev.statewise.redis;

import dev.statewise.redis.Finding.Code;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Protocol.Command;

/** What a server is, and what it takes from this user. */
final class ServerLook {

  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\..*");
  private static final int MAJOR = 6;
  private static final int MINOR = 2;
  private static final long SLOTS = 16_384;

  private ServerLook() {}

  static void version(Patient server) {
    String version = server.info().text("redis_version").orElse("");
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.matches()) {
      server.note(Code.VERSION_UNSEEN, "INFO does not tell redis_version, or may not be asked.");
      return;
    }
    server.note(
        Code.SERVER,
        "redis_version %s%s, mode %s, role %s."
            .formatted(
                version,
                server.info().text("valkey_version").map(own -> ", Valkey " + own).orElse(""),
                server.info().text("redis_mode").orElse("not told"),
                server.info().text("role").orElse("not told")));
    int major = Integer.parseInt(numbers.group(1));
    if (major < MAJOR || (major == MAJOR && Integer.parseInt(numbers.group(2)) < MINOR)) {
      server.note(Code.TOO_OLD, "redis_version is %s.".formatted(version));
    }
  }

  static void cluster(Patient server) {
    if (server.info().number("cluster_enabled").orElse(0) == 0) {
      return;
    }
    if (!server.visit().isOfCluster()) {
      server.note(
          Code.CLUSTER_AS_SINGLE, "cluster-enabled is yes, and the client is one of one server.");
    }
    Optional<Info> state = server.ask(Command.CLUSTER, "INFO").map(Info::parse);
    Optional<String> word = state.flatMap(info -> info.text("cluster_state"));
    OptionalLong served =
        state.map(info -> info.number("cluster_slots_ok")).orElse(OptionalLong.empty());
    if (word.isEmpty() || served.isEmpty()) {
      server.note(Code.CLUSTER_UNSEEN, "CLUSTER INFO tells no state, or may not be asked.");
    } else if (!word.get().equals("ok") || served.getAsLong() != SLOTS) {
      server.note(
          Code.CLUSTER_FAILS,
          "cluster_state is %s, and %d of %d slots are served."
              .formatted(word.get(), served.getAsLong(), SLOTS));
    }
  }

  /** Each asked for in a form that changes nothing, under a key that never exists. */
  static void features(Patient server) {
    String key = server.visit().scope().keyPrefix() + "doctor";
    if (!server.takes(Command.EVAL, "return 1", 0)) {
      server.note(Code.SCRIPTS_REFUSED, "EVAL is refused.");
    }
    // ON or OFF would change the connection, which is the caller's.
    if (!server.takes(Command.CLIENT, "TRACKING", "NEITHER")) {
      server.note(Code.TRACKING_REFUSED, "CLIENT TRACKING is refused.");
    }
    boolean streams =
        server.takes(Command.XADD, key, "NOMKSTREAM", "*", "field", "value")
            && server.takes(Command.XREAD, "COUNT", 1, "STREAMS", key, "0");
    if (!streams) {
      server.note(Code.STREAMS_REFUSED, "XADD or XREAD is refused.");
    }
    if (!server.takes(Command.WAIT, 0, 1)) {
      server.note(Code.WAIT_REFUSED, "WAIT is refused.");
    }
  }

  static void connections(Patient server) {
    OptionalLong timeout = server.number("timeout");
    OptionalLong keepAlive = server.number("tcp-keepalive");
    if (timeout.isEmpty() || keepAlive.isEmpty()) {
      server.note(Code.CONNECTIONS_UNSEEN, "CONFIG does not tell timeout and tcp-keepalive.");
    }
    if (timeout.orElse(0) > 0) {
      server.note(Code.IDLE_IS_CUT, "timeout is %d s.".formatted(timeout.getAsLong()));
    }
    if (keepAlive.isPresent() && keepAlive.getAsLong() == 0) {
      server.note(Code.NO_KEEPALIVE, "tcp-keepalive is 0.");
    }
  }
}
