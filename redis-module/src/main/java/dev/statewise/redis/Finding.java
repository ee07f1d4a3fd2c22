package dev.statewise.redis;

import static java.util.Objects.requireNonNull;

/**
 * One thing that {@link RedisDoctor} found at one server.
 *
 * @param code what it is; names the promise and the setting that mends it
 * @param server host and port, as far as they are known; never a credential
 * @param seen what was seen, in one sentence with its numbers; never a secret, and no words of the
 *     server but those that it has from a fixed list
 */
public record Finding(Code code, String server, String seen) {

  /** What a finding means for the promises of a store or list on this server. */
  public enum Severity {
    /** A promise that is made is not kept, or nothing can be written. */
    BREAKS,
    /** It could not be seen whether a promise is kept. Nobody may take it for "all is well". */
    UNSEEN,
    /** What is promised is kept, but less than could be; or it costs time. */
    WEAKENS,
    /** To be known. */
    INFORMATION
  }

  /**
   * What can be found. The names are stable: they may be matched by scripts, and none changes its
   * meaning. More may come.
   */
  public enum Code {
    /** {@code maxmemory-policy} evicts; also while {@code maxmemory} is 0 and it does so later. */
    EVICTS(
        Severity.BREAKS,
        Promises.STAYS_ENDED + "; no live session is evicted (mayEvictLive)",
        "CONFIG SET maxmemory-policy noeviction"),
    /** All memory is taken, and nothing is evicted. */
    FULL(
        Severity.BREAKS,
        "a session can be opened, saved and refused: now every write is Unavailable",
        "CONFIG SET maxmemory <bytes>: about twice the memory that is used"),
    /** Neither snapshots nor an append-only file. */
    NOT_PERSISTED(Severity.BREAKS, Promises.OVER_A_RESTART, "CONFIG SET appendonly yes"),
    /** Snapshots alone: what came after the last one is lost. */
    SNAPSHOTS_ONLY(Severity.BREAKS, Promises.OVER_A_RESTART, "CONFIG SET appendonly yes"),
    /** The server tells that it could not write its file or its last snapshot. */
    PERSISTENCE_FAILS(
        Severity.BREAKS,
        Promises.OVER_A_RESTART,
        "free or enlarge the disk below 'CONFIG GET dir', then BGSAVE and BGREWRITEAOF"),
    /** The server asked is a replica: it answers late, and takes no writes. */
    IS_REPLICA(
        Severity.BREAKS,
        Promises.STAYS_ENDED + ": a replica answers with what was before the ending",
        "connect to the master: RedisConnection.toSentinels or toCluster find it"),
    /** A replica that takes writes, which nobody else ever sees. */
    REPLICA_TAKES_WRITES(
        Severity.BREAKS,
        Promises.STAYS_ENDED + ": an ending that is written to a replica is lost",
        "CONFIG SET replica-read-only yes"),
    /** Fewer replicas than {@code min-replicas-to-write}. */
    TOO_FEW_REPLICAS(
        Severity.BREAKS,
        "a session can be opened, saved and refused: now every write is Unavailable",
        "start the replicas that are missing, or lower CONFIG SET min-replicas-to-write"),
    /** Older than what the scripts and the lists use. */
    TOO_OLD(
        Severity.BREAKS,
        "every rule of the contract: it is tested from Redis 6.2 on",
        "install Redis 6.2 or newer, or Valkey"),
    /** Scripts are refused, and every write is one. */
    SCRIPTS_REFUSED(
        Severity.BREAKS,
        "a session can be opened, saved and refused: every write is one script",
        "ACL SETUSER <user> +eval +evalsha"),
    /** The clocks of this node and the server differ by more than the policy allows. */
    CLOCK_OFF(
        Severity.BREAKS,
        "a session ends when its policy says, on every node",
        "let NTP set the clock of this node and of the server (chronyc makestep)"),
    /** Keys under the prefix that nothing ever deletes. */
    KEYS_WITHOUT_TTL(
        Severity.BREAKS,
        "no key without a time to live: an expired session is forgotten",
        "find out who writes or PERSISTs them; EXPIRE <key> 1209600 for each"),
    /** A node of a cluster that was asked as if it were a single server. */
    CLUSTER_AS_SINGLE(
        Severity.BREAKS,
        "a session is found: most keys are on other nodes",
        "RedisConnection.toCluster(uri)"),
    /** The cluster serves not all slots. */
    CLUSTER_FAILS(
        Severity.BREAKS,
        "a session can be opened, saved and refused: now some or all calls are Unavailable",
        "bring back the masters that are missing; CLUSTER NODES names them"),

    /** The server did not say whether it evicts. */
    EVICTION_UNSEEN(
        Severity.UNSEEN,
        Promises.STAYS_ENDED + "; a list refuses to work unless it is acceptingEviction()",
        "ACL SETUSER <user> +info"),
    /** The server did not say how it persists. */
    PERSISTENCE_UNSEEN(
        Severity.UNSEEN,
        Promises.OVER_A_RESTART,
        "ACL SETUSER <user> +info +config|get, or look at appendonly, appendfsync and save yourself"),
    /** The server did not say what its replicas are. */
    REPLICATION_UNSEEN(
        Severity.UNSEEN,
        Promises.KEEPS_ACKNOWLEDGED,
        "ACL SETUSER <user> +info +config|get, or look at min-replicas-to-write yourself"),
    /** Settings that may cut connections could not be read. */
    CONNECTIONS_UNSEEN(
        Severity.UNSEEN,
        "near cache: a lost connection costs all copies",
        "ACL SETUSER <user> +config|get, or look at timeout and tcp-keepalive yourself"),
    /** The server did not say its version or mode. */
    VERSION_UNSEEN(
        Severity.UNSEEN,
        "every rule of the contract: it is tested from Redis 6.2 on",
        "ACL SETUSER <user> +info"),
    /** The server did not say what time it is. */
    CLOCK_UNSEEN(
        Severity.UNSEEN,
        "a session ends when its policy says, on every node",
        "ACL SETUSER <user> +time"),
    /** Keys under the prefix could not be looked at. */
    KEYS_UNSEEN(
        Severity.UNSEEN,
        "no key without a time to live: an expired session is forgotten",
        "ACL SETUSER <user> +scan +pttl"),
    /** The look at the keys was cut short. */
    KEYS_PARTLY_SEEN(
        Severity.UNSEEN,
        "no key without a time to live: an expired session is forgotten",
        "give the doctor more time and keys: RedisDoctor.Scope, or --keys and --within"),
    /** The server did not say whether the cluster serves all slots. */
    CLUSTER_UNSEEN(
        Severity.UNSEEN,
        "a session can be opened, saved and refused, in every slot",
        "ACL SETUSER <user> +cluster|info"),
    /** A server that gave no answer, or stopped giving any. */
    SERVER_UNSEEN(
        Severity.UNSEEN,
        "every promise: this server was not examined, or not to the end",
        "start the server or mend the way to it, and examine again"),
    /** The time for the examination ran out. */
    TIME_RAN_OUT(
        Severity.UNSEEN,
        "every promise: what is named was not examined",
        "give the doctor more time: RedisDoctor.Scope, or --within"),

    /** Little memory is left, and nothing is evicted. */
    NEARLY_FULL(
        Severity.WEAKENS,
        "a session can be opened, saved and refused: soon every write is Unavailable",
        "CONFIG SET maxmemory <bytes>: about twice the memory that is used"),
    /** The append-only file reaches the disk once a second. */
    FSYNC_EVERY_SECOND(
        Severity.WEAKENS,
        Promises.OVER_A_RESTART + "; a loss of power takes up to two seconds",
        "CONFIG SET appendfsync always, if that is worth its price"),
    /** The append-only file reaches the disk when the system likes. */
    FSYNC_LEFT_TO_SYSTEM(
        Severity.WEAKENS,
        Promises.OVER_A_RESTART + "; a loss of power takes half a minute",
        "CONFIG SET appendfsync everysec"),
    /** No replica: the loss of the server is the loss of all. */
    NO_REPLICA(
        Severity.WEAKENS,
        Promises.KEEPS_ACKNOWLEDGED,
        "start a replica (redis.conf: replicaof <host> <port>), and Sentinel or a cluster"),
    /** Replicas, and no write waits for them. */
    NOT_ACKNOWLEDGED(
        Severity.WEAKENS,
        Promises.KEEPS_ACKNOWLEDGED + "; only WAIT in the client can give it",
        "RedisRevocationList.withAcknowledgementOf(1, within), and CONFIG SET min-replicas-to-write 1"),
    /** A replica is far behind, or not in step at all. */
    REPLICA_LAGS(
        Severity.WEAKENS,
        Promises.KEEPS_ACKNOWLEDGED,
        "look at the replica and its network; CONFIG SET repl-backlog-size 64mb lets it catch up"),
    /** {@code CLIENT TRACKING} is refused. */
    TRACKING_REFUSED(
        Severity.WEAKENS,
        "near cache: without tracking it cannot learn of an ending",
        "ACL SETUSER <user> +ping +client|tracking +client|id +subscribe &__redis__:invalidate"),
    /** Streams are refused. */
    STREAMS_REFUSED(
        Severity.WEAKENS,
        "refusals without a round trip (RedisRevocationList.replicated)",
        "ACL SETUSER <user> +@stream"),
    /** {@code WAIT} is refused. */
    WAIT_REFUSED(
        Severity.WEAKENS,
        Promises.KEEPS_ACKNOWLEDGED,
        "ACL SETUSER <user> +wait; a proxy before the server must pass it on"),
    /** The server closes connections that are idle. */
    IDLE_IS_CUT(
        Severity.WEAKENS,
        "near cache: a lost connection costs all copies; each call after a pause connects anew",
        "CONFIG SET timeout 0"),

    /** Which server it is. */
    SERVER(Severity.INFORMATION, "none", "nothing to mend"),
    /** By how much the clocks of this node and the server differ, if the policy allows for it. */
    CLOCK(Severity.INFORMATION, "none", "nothing to mend"),
    /** Memory has no bound, so the system decides when the server dies. */
    NO_MAXMEMORY(
        Severity.INFORMATION,
        "a full server refuses writes instead of being killed",
        "CONFIG SET maxmemory <bytes>: three quarters of the machine"),
    /** Connections whose other end is gone are never noticed. */
    NO_KEEPALIVE(
        Severity.INFORMATION,
        "none; dead connections add up to maxclients",
        "CONFIG SET tcp-keepalive 300");

    private final Severity severity;
    private final String promise;
    private final String mend;

    Code(Severity severity, String promise, String mend) {
      this.severity = severity;
      this.promise = promise;
      this.mend = mend;
    }

    /** How bad it is. */
    public Severity severity() {
      return severity;
    }

    /** The promise that is at stake, in the words of the design. */
    public String promise() {
      return promise;
    }

    /**
     * What mends it. A {@code CONFIG SET name value} holds until the next start: the line {@code
     * name value} in redis.conf, or {@code CONFIG REWRITE}, keeps it.
     */
    public String mend() {
      return mend;
    }
  }

  public Finding {
    requireNonNull(code, "code");
    requireNonNull(server, "server");
    requireNonNull(seen, "seen");
  }

  /** That of the code. */
  public Severity severity() {
    return code.severity();
  }

  /** {@code BREAKS EVICTS at host:port: what was seen. Promise: …. Mend: ….} */
  @Override
  public String toString() {
    return "%s %s at %s: %s Promise: %s. Mend: %s."
        .formatted(severity(), code, server, seen, code.promise(), code.mend());
  }

  private static final class Promises {
    static final String STAYS_ENDED = "a session that was ended stays ended";
    static final String OVER_A_RESTART =
        "durable, and over a restart of Redis: a session that was ended stays ended";
    static final String KEEPS_ACKNOWLEDGED =
        "keepsAcknowledged: what was acknowledged survives the loss of one server";
  }
}
