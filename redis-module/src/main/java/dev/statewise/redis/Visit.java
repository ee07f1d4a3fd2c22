package dev.statewise.redis;

import dev.statewise.redis.Finding.Code;
import dev.statewise.redis.RedisDoctor.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** One examination: what is asked of each server, in which order, and when it ends. */
final class Visit {

  /** One look at one server. What it cannot see it notes. */
  interface Look {
    void at(Patient server);
  }

  private static final Map<String, Look> LOOKS = looks();

  private final Scope scope;
  private final boolean cluster;
  private final LongSupplier nanos;
  private final long end;
  private final List<Finding> findings = new ArrayList<>();

  Visit(Scope scope, boolean cluster, LongSupplier nanos) {
    this.scope = scope;
    this.cluster = cluster;
    this.nanos = nanos;
    end = nanos.getAsLong() + scope.within().toNanos();
  }

  // The keys come last, because they may take all the time that is left.
  private static Map<String, Look> looks() {
    Map<String, Look> looks = new LinkedHashMap<>();
    looks.put("version", ServerLook::version);
    looks.put("memory", MemoryLook::at);
    looks.put("persistence", PersistenceLook::at);
    looks.put("replicas", ReplicationLook::at);
    looks.put("cluster", ServerLook::cluster);
    looks.put("features", ServerLook::features);
    looks.put("idle connections", ServerLook::connections);
    looks.put("clock", ClockLook::at);
    looks.put("keys", KeysLook::at);
    return looks;
  }

  /**
   * Throws what was seen last if none of them answers. Not {@code JedisException} alone: what a
   * broken stream makes a parser throw is an outage as well.
   */
  void to(List<Node> nodes) {
    RuntimeException lost = new JedisConnectionException("Nobody was asked");
    boolean answered = false;
    for (Node node : nodes) {
      if (answered && !isTimeLeft()) {
        timeRanOut(node, String.join(", ", LOOKS.keySet()));
        continue;
      }
      try (node) {
        greet(node);
        answered = true;
        examine(node);
      } catch (RuntimeException e) {
        lost = e;
        unseen(node, e);
      }
    }
    if (!answered) {
      throw lost;
    }
  }

  Examination examination() {
    return new Examination(findings);
  }

  boolean isTimeLeft() {
    return end - nanos.getAsLong() > 0;
  }

  long nanoTime() {
    return nanos.getAsLong();
  }

  Scope scope() {
    return scope;
  }

  boolean isOfCluster() {
    return cluster;
  }

  void note(Finding finding) {
    findings.add(finding);
  }

  private void examine(Node node) {
    Patient server = new Patient(node, this);
    // A cluster's client knows replicas as well, which answer only whoever asks for them.
    if (cluster && server.isReplica()) {
      return;
    }
    List<String> leftOut = new ArrayList<>();
    LOOKS.forEach(
        (name, look) -> {
          if (isTimeLeft()) {
            look.at(server);
          } else {
            leftOut.add(name);
          }
        });
    if (!leftOut.isEmpty()) {
      timeRanOut(node, String.join(", ", leftOut));
    }
  }

  private void timeRanOut(Node node, String leftOut) {
    String seen =
        "After %d ms the time for all of it was over. Not looked at: %s."
            .formatted(scope.within().toMillis(), leftOut);
    note(new Finding(Code.TIME_RAN_OUT, node.name(), seen));
  }

  /** Twice, for a connection that was idle in a pool may be dead. */
  private static void greet(Node node) {
    try {
      greetOnce(node);
    } catch (JedisConnectionException e) {
      greetOnce(node);
    }
  }

  // Not PING: a server that cannot write its file answers that with an error.
  private static void greetOnce(Node node) {
    node.logIn();
    try {
      node.ask(Command.INFO, "server");
    } catch (JedisDataException e) {
      if (SeenException.code(e).equals("NOAUTH")) {
        throw e;
      }
    }
  }

  private void unseen(Node node, RuntimeException e) {
    String why =
        e instanceof JedisDataException refusal
            ? "It answered %s and nothing else.".formatted(SeenException.code(refusal))
            : "It gave no answer, or none any more.";
    note(new Finding(Code.SERVER_UNSEEN, node.name(), why));
  }
}
