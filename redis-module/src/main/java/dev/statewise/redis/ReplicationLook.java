package dev.statewise.redis;

import dev.statewise.redis.Finding.Code;
import java.util.List;
import java.util.OptionalLong;

/** Who else has what was written. */
final class ReplicationLook {

  private static final long LAGS_SECONDS = 10;

  private ReplicationLook() {}

  static void at(Patient server) {
    if (server.isReplica()) {
      replica(server);
    } else if (server.info().number("connected_slaves").isEmpty()) {
      server.note(
          Code.REPLICATION_UNSEEN, "INFO does not tell role and replicas, or may not be asked.");
    } else {
      master(server);
    }
  }

  private static void replica(Patient server) {
    boolean writes = server.info().text("slave_read_only").filter("0"::equals).isPresent();
    server.note(
        Code.IS_REPLICA,
        "The server is a replica, its link to the master is %s."
            .formatted(server.info().text("master_link_status").orElse("not told")));
    if (writes) {
      server.note(Code.REPLICA_TAKES_WRITES, "replica-read-only is no.");
    }
  }

  private static void master(Patient server) {
    List<Info.Replica> replicas = server.info().replicas();
    long good = replicas.stream().filter(ReplicationLook::isInStep).count();
    OptionalLong wanted = server.number("min-replicas-to-write");
    if (replicas.isEmpty()) {
      server.note(Code.NO_REPLICA, "No replica is connected.");
    } else {
      acknowledged(server, replicas.size(), wanted);
    }
    if (good < replicas.size()) {
      server.note(
          Code.REPLICA_LAGS,
          "%d of %d replicas are more than %d s behind or not in step."
              .formatted(replicas.size() - good, replicas.size(), LAGS_SECONDS));
    }
    long counted = server.info().number("min_slaves_good_slaves").orElse(good);
    if (counted < wanted.orElse(0)) {
      server.note(
          Code.TOO_FEW_REPLICAS,
          "min-replicas-to-write is %d, and %d replicas are in step."
              .formatted(wanted.orElse(0), counted));
    }
  }

  private static void acknowledged(Patient server, int replicas, OptionalLong wanted) {
    if (wanted.isEmpty()) {
      server.note(
          Code.REPLICATION_UNSEEN,
          "%d replicas are connected; CONFIG does not tell min-replicas-to-write."
              .formatted(replicas));
    } else if (wanted.getAsLong() == 0) {
      server.note(
          Code.NOT_ACKNOWLEDGED,
          "%d replicas are connected, and min-replicas-to-write is 0.".formatted(replicas));
    }
  }

  private static boolean isInStep(Info.Replica replica) {
    return replica.state().equals("online") && replica.lagSeconds() <= LAGS_SECONDS;
  }
}
