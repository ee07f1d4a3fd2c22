package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.redis.Finding.Code;
import dev.statewise.redis.Finding.Severity;
import dev.statewise.redis.RedisDoctor.Scope;
import dev.statewise.spi.StoreUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** Real servers, each with the one thing amiss that a test is of. */
class RedisDoctorTest {

  private static final String[] KEPT = {
    "--maxmemory", "100mb", "--appendonly", "yes", "--appendfsync", "always"
  };

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  @Test
  @DisplayName("a server that keeps everything MUST have no finding but for information")
  void healthy() {
    RedisServer master = server(KEPT);
    replicaOf(master);
    RedisClient admin = admin(master);
    admin.configSet("min-replicas-to-write", "1");

    Examination examination = examine(master);

    assertThat(examination.findings())
        .extracting(Finding::code)
        .containsExactly(Code.SERVER, Code.CLOCK);
    assertThat(examination.breaksPromise()).isFalse();
    assertThat(examination.isIncomplete()).isFalse();
    assertThat(examination.toString())
        .contains("127.0.0.1:" + master.port(), "redis_version " + master.version(), "role master");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "allkeys-lru",
        "allkeys-lfu",
        "allkeys-random",
        "volatile-lru",
        "volatile-lfu",
        "volatile-random",
        "volatile-ttl"
      })
  @DisplayName("each policy that evicts MUST break the promise that what was ended stays ended")
  void evicting(String policy) {
    RedisServer server = server(KEPT);
    admin(server).configSet("maxmemory-policy", policy);

    Finding finding = only(Code.EVICTS, examine(server));

    assertThat(finding.severity()).isEqualTo(Severity.BREAKS);
    assertThat(finding.toString())
        .contains(policy, "104857600", "a session that was ended stays ended", "mayEvictLive")
        .contains("CONFIG SET maxmemory-policy noeviction");
  }

  @Test
  @DisplayName("a policy that evicts MUST break it also while maxmemory is 0, and that be said")
  void evictingLater() {
    RedisServer server = server("--maxmemory-policy", "allkeys-lru");

    assertThat(only(Code.EVICTS, examine(server)).seen()).contains("maxmemory 0");
  }

  @Test
  @DisplayName("a full server MUST be told, and one that will soon be full")
  void full() {
    RedisServer server = server();
    RedisClient admin = admin(server);
    assertThat(examine(server).has(Code.NO_MAXMEMORY)).isTrue();

    admin.configSet("maxmemory", "1mb");
    assertThat(only(Code.FULL, examine(server)).severity()).isEqualTo(Severity.BREAKS);

    long used =
        Info.parse(admin.info("memory").getBytes(StandardCharsets.UTF_8))
            .number("used_memory")
            .orElseThrow();
    admin.configSet("maxmemory", Long.toString(used + (used >> 4)));
    assertThat(only(Code.NEARLY_FULL, examine(server)).severity()).isEqualTo(Severity.WEAKENS);
  }

  @Test
  @DisplayName("what a restart forgets MUST be told: all, what came after a snapshot, a second")
  void persistence() {
    RedisServer server = server();
    RedisClient admin = admin(server);
    assertThat(only(Code.NOT_PERSISTED, examine(server)).toString())
        .contains("BREAKS", "durable", "CONFIG SET appendonly yes");

    admin.configSet("save", "60 1");
    assertThat(only(Code.SNAPSHOTS_ONLY, examine(server)).severity()).isEqualTo(Severity.BREAKS);

    admin.configSet("appendonly", "yes");
    assertThat(only(Code.FSYNC_EVERY_SECOND, examine(server)).severity())
        .isEqualTo(Severity.WEAKENS);
    assertThat(examine(server).breaksPromise()).isFalse();

    admin.configSet("appendfsync", "no");
    assertThat(only(Code.FSYNC_LEFT_TO_SYSTEM, examine(server)).severity())
        .isEqualTo(Severity.WEAKENS);
  }

  @Test
  @DisplayName("a server that cannot write its files MUST be told")
  void persistenceFails(@TempDir Path folder) throws IOException {
    RedisServer server = server("--enable-protected-configs", "yes", "--save", "3600 1");
    RedisClient admin = admin(server);
    Path gone = Files.createDirectory(folder.resolve("gone"));
    admin.configSet("dir", gone.toString());
    Files.delete(gone);
    admin.executeCommand(new CommandArguments(Command.BGSAVE));

    Awaitility.await().until(() -> examine(server).has(Code.PERSISTENCE_FAILS));

    assertThat(only(Code.PERSISTENCE_FAILS, examine(server)).toString())
        .contains("BREAKS", "rdb_last_bgsave_status");
  }

  @Test
  @DisplayName("replicas MUST be told: none, none that a write waits for, too few")
  void replicas() {
    RedisServer master = server(KEPT);
    RedisClient admin = admin(master);
    assertThat(only(Code.NO_REPLICA, examine(master)).toString()).contains("keepsAcknowledged");

    replicaOf(master);
    Examination replicated = examine(master);
    assertThat(replicated.has(Code.NO_REPLICA)).isFalse();
    assertThat(only(Code.NOT_ACKNOWLEDGED, replicated).toString())
        .contains("1 replicas", "WAIT", "CONFIG SET min-replicas-to-write 1");

    admin.configSet("min-replicas-to-write", "2");
    assertThat(only(Code.TOO_FEW_REPLICAS, examine(master)).toString())
        .contains("BREAKS", "min-replicas-to-write is 2, and 1 replicas are in step");
  }

  @Test
  @DisplayName("a server that is itself a replica MUST break it, and more so if it takes writes")
  void isReplica() {
    RedisServer replica = replicaOf(server(KEPT));

    Examination examination = examine(replica);
    assertThat(only(Code.IS_REPLICA, examination).toString())
        .contains("BREAKS", "link to the master is up", "toSentinels");
    assertThat(examination.has(Code.REPLICA_TAKES_WRITES)).isFalse();

    admin(replica).configSet("replica-read-only", "no");
    assertThat(only(Code.REPLICA_TAKES_WRITES, examine(replica)).toString())
        .contains("BREAKS", "CONFIG SET replica-read-only yes");
  }

  @Test
  @DisplayName("clocks MUST be told, and break a promise where they differ by more than is allowed")
  void clocks() {
    RedisServer server = server(KEPT);

    assertThat(only(Code.CLOCK, examine(server, ahead(Duration.ofSeconds(20)))).seen())
        .contains("behind this node's");
    assertThat(only(Code.CLOCK_OFF, examine(server, ahead(Duration.ofMinutes(1)))).toString())
        .contains("BREAKS", "behind this node's", "30000 ms are allowed");
    assertThat(only(Code.CLOCK_OFF, examine(server, ahead(Duration.ofMinutes(-1)))).seen())
        .contains("ahead of this node's");
    Scope lenient = ahead(Duration.ofMinutes(1)).withClockSkew(Duration.ofMinutes(5));
    assertThat(examine(server, lenient).has(Code.CLOCK_OFF)).isFalse();
  }

  @Test
  @DisplayName("the way to the server MUST NOT count as a difference of clocks")
  void farAway() {
    RedisServer server = server(KEPT);
    TcpProxy proxy = open(TcpProxy.to(server.host(), server.port()));
    proxy.delay(Duration.ofMillis(30));
    Scope strict = Scope.standard().withClockSkew(Duration.ofMillis(20));

    Examination examination =
        RedisDoctor.examine(SharedRedis.patient(SharedRedis.uri(proxy)), strict);

    assertThat(examination.has(Code.CLOCK_OFF)).isFalse();
    assertThat(examination.has(Code.CLOCK)).isTrue();
  }

  @Test
  @DisplayName("keys of ours without a time to live MUST be told, by name, and nobody else's")
  void keysWithoutTimeToLive() {
    RedisServer server = server(KEPT);
    RedisClient admin = admin(server);
    admin.set("other", "kept");
    admin.set("sw-star:x", "kept");
    admin.set("sw:{abc}:s:ended", "kept", new SetParams().ex(3600));
    assertThat(examine(server).has(Code.KEYS_WITHOUT_TTL)).isFalse();

    admin.set("sw:{abc}:s:endless", "kept");
    admin.set("sw:{all}:generation", "kept");
    admin.set("sw:hunter2 of somebody", "kept");

    assertThat(only(Code.KEYS_WITHOUT_TTL, examine(server)).toString())
        .contains("BREAKS", "3 of 4 keys", "sw:{abc}:s:endless", "sw:{all}:generation")
        .contains("no key without a time to live")
        .doesNotContain("hunter2");
  }

  @Test
  @DisplayName("a prefix MUST be taken literally")
  void literalPrefix() {
    RedisServer server = server(KEPT);
    RedisClient admin = admin(server);
    admin.set("sw1:{abc}:s:endless", "kept");
    admin.set("sw[12]*?\\:{abc}:s:endless", "kept");

    Scope scope = Scope.standard().withKeyPrefix("sw[12]*?\\:");

    assertThat(only(Code.KEYS_WITHOUT_TTL, examine(server, scope)).seen()).contains("1 of 1 keys");
  }

  @Test
  @DisplayName("a walk through the keys that was cut short MUST be said to be")
  void keysPartlySeen() {
    RedisServer server = server(KEPT);
    RedisClient admin = admin(server);
    admin.eval("for i = 1, 5000 do redis.call('SET', 'sw:' .. i, 'kept', 'EX', 3600) end");

    assertThat(only(Code.KEYS_PARTLY_SEEN, examine(server, Scope.standard().withMostKeys(1_000))))
        .extracting(Finding::severity)
        .isEqualTo(Severity.UNSEEN);
    assertThat(examine(server).has(Code.KEYS_PARTLY_SEEN)).isFalse();
  }

  @Test
  @DisplayName("settings that cut idle connections, or never notice dead ones, MUST be told")
  void idleConnections() {
    RedisServer server = server("--timeout", "60", "--tcp-keepalive", "0");

    Examination examination = examine(server);

    assertThat(only(Code.IDLE_IS_CUT, examination).toString())
        .contains("timeout is 60 s", "CONFIG SET timeout 0");
    assertThat(only(Code.NO_KEEPALIVE, examination).toString())
        .contains("CONFIG SET tcp-keepalive 300");
  }

  @Test
  @DisplayName("what a user may not see MUST be told as unseen, and no password with it")
  void configIsBarred() {
    RedisServer server = server(KEPT);
    URI uri = user(server, "+@all", "-config");

    Examination examination = RedisDoctor.examine(SharedRedis.patient(uri));

    assertThat(examination.isIncomplete()).isTrue();
    assertThat(codes(examination, Severity.UNSEEN))
        .containsExactly(Code.PERSISTENCE_UNSEEN, Code.CONNECTIONS_UNSEEN);
    assertThat(examination.breaksPromise()).isFalse();
    assertThat(examination.toString()).doesNotContain("hunter2");
  }

  @Test
  @DisplayName("a user who may see nothing MUST be told every single thing that was not seen")
  void allIsBarred() {
    RedisServer server = server(KEPT);
    URI uri = user(server, "+get", "+set");

    Examination examination = RedisDoctor.examine(SharedRedis.patient(uri));

    assertThat(codes(examination, Severity.UNSEEN))
        .containsExactly(
            Code.VERSION_UNSEEN,
            Code.EVICTION_UNSEEN,
            Code.PERSISTENCE_UNSEEN,
            Code.REPLICATION_UNSEEN,
            Code.CONNECTIONS_UNSEEN,
            Code.CLOCK_UNSEEN,
            Code.KEYS_UNSEEN);
    assertThat(codes(examination, Severity.BREAKS)).containsExactly(Code.SCRIPTS_REFUSED);
    assertThat(codes(examination, Severity.WEAKENS))
        .containsExactly(Code.TRACKING_REFUSED, Code.STREAMS_REFUSED, Code.WAIT_REFUSED);
  }

  @Test
  @DisplayName("a server that is too old MUST be told")
  void tooOld() {
    FakeServer server =
        open(
            FakeServer.start(
                (in, out, self) -> {
                  byte[] request = new byte[8192];
                  for (int read = in.read(request); read > 0; read = in.read(request)) {
                    String asked = new String(request, 0, read, StandardCharsets.US_ASCII);
                    out.write(
                        (asked.contains("INFO")
                                ? "$22\r\nredis_version:6.0.16\r\n\r\n"
                                : "-ERR unknown command of hunter2\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                  }
                }));

    Examination examination = RedisDoctor.examine(SharedRedis.patient(server.uri()));

    assertThat(only(Code.TOO_OLD, examination).toString()).contains("6.0.16", "6.2");
    assertThat(examination.has(Code.SCRIPTS_REFUSED)).isTrue();
    assertThat(examination.has(Code.EVICTION_UNSEEN)).isTrue();
    assertThat(examination.toString()).doesNotContain("hunter2");
  }

  @Test
  @DisplayName("a node of a cluster that is asked as a single server MUST break it")
  void clusterAsSingle() {
    RedisServer server = server("--cluster-enabled", "yes");

    Examination examination = examine(server);

    assertThat(only(Code.CLUSTER_AS_SINGLE, examination).toString())
        .contains("BREAKS", "RedisConnection.toCluster");
    assertThat(only(Code.CLUSTER_FAILS, examination).seen()).contains("0 of 16384 slots");
  }

  @Test
  @DisplayName("nothing on the server, and no connection of a client, MUST be changed")
  void leavesAllAsItWas() {
    RedisServer server = server(KEPT);
    RedisClient admin = admin(server);
    var settings = admin.configGet("*");
    ConnectionPoolConfig one = new ConnectionPoolConfig();
    one.setMaxTotal(1);
    RedisClient client =
        open(
            RedisClient.builder()
                .hostAndPort(server.host(), server.port())
                .poolConfig(one)
                .build());
    String before = flags(client);

    Examination examination = RedisDoctor.examine(client);

    assertThat(examination.has(Code.SERVER)).isTrue();
    assertThat(client.getPool().getNumActive()).isZero();
    assertThat(before).contains("flags=N", "redir=-1");
    assertThat(flags(client)).isEqualTo(before);
    assertThat(admin.dbSize()).isZero();
    assertThat(admin.configGet("*")).isEqualTo(settings);
  }

  @Test
  @DisplayName("a connection that died in the pool of a client MUST NOT hide the server")
  void deadInThePool() {
    RedisServer server = server(KEPT);
    TcpProxy proxy = open(TcpProxy.to(server.host(), server.port()));
    RedisClient client = open(RedisClient.create(SharedRedis.uri(proxy)));
    client.ping();
    proxy.cut();

    assertThat(RedisDoctor.examine(client).has(Code.SERVER)).isTrue();
  }

  @Test
  @DisplayName("a server that is not there MUST be unavailable, and say so")
  void notThere() {
    RedisServer server = server();
    server.kill();

    assertThatThrownBy(() -> examine(server))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("redis at 127.0.0.1:" + server.port())
        .hasMessageContaining("Start the server");
  }

  @Test
  @DisplayName("a server that stands still MUST be unavailable by the deadline")
  void standsStill() {
    RedisServer server = server();
    server.pause();
    RedisConnection hasty =
        RedisConnection.to(server.uri()).withSocketTimeout(Duration.ofMillis(100));
    long start = System.nanoTime();

    assertThatThrownBy(() -> RedisDoctor.examine(hasty))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(hasty.deadline().multipliedBy(10));
    server.resume();
  }

  @Test
  @DisplayName("a server that stops answering midway MUST be said not to have been seen to the end")
  void stopsMidway() {
    RedisServer server = server(KEPT);
    RedisConnection hasty =
        RedisConnection.to(server.uri()).withSocketTimeout(Duration.ofMillis(300));
    InstantSource pausing =
        () -> {
          server.pause();
          return Instant.EPOCH;
        };

    Examination examination = RedisDoctor.examine(hasty, Scope.standard().withClock(pausing));

    assertThat(only(Code.SERVER_UNSEEN, examination).severity()).isEqualTo(Severity.UNSEEN);
    assertThat(examination.has(Code.SERVER)).isTrue();
    server.resume();
  }

  @Test
  @DisplayName("a wrong password MUST be unavailable, and MUST NOT be told")
  void wrongPassword() {
    RedisServer server = server("--requirepass", "right");
    URI uri = URI.create("redis://:hunter2@127.0.0.1:" + server.port());

    assertThatThrownBy(() -> RedisDoctor.examine(RedisConnection.to(uri)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("WRONGPASS")
        .hasMessageContaining("Mend the user and the password")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  @DisplayName("what there was no time for MUST be named")
  void timeRunsOut() {
    RedisServer server = server(KEPT);
    AtomicLong ticks = new AtomicLong();
    Visit visit =
        new Visit(
            Scope.standard().within(Duration.ofSeconds(3)),
            false,
            () -> ticks.getAndAdd(1_000_000_000));

    visit.to(Node.behind(admin(server)));

    assertThat(only(Code.TIME_RAN_OUT, visit.examination()).seen())
        .contains("3000 ms", "persistence, replicas", "keys")
        .doesNotContain("version");
  }

  @Test
  @DisplayName("findings MUST come the worst first")
  void worstFirst() {
    Examination examination = examine(server("--timeout", "60"));

    assertThat(examination.findings()).extracting(Finding::severity).isSorted();
    assertThat(examination.findings().get(0).severity()).isEqualTo(Severity.BREAKS);
  }

  private RedisServer server(String... arguments) {
    return open(SharedRedis.ownServer(arguments));
  }

  private RedisServer replicaOf(RedisServer master) {
    RedisServer replica =
        server("--replicaof", master.host(), Integer.toString(master.port()), "--maxmemory", "9mb");
    RedisClient admin = admin(master);
    Awaitility.await()
        .until(
            () -> admin.info("replication").matches("(?s).*state=online,offset=\\d+,lag=[01].*"));
    return replica;
  }

  private RedisClient admin(RedisServer server) {
    return open(RedisClient.create(server.uri()));
  }

  /** A user who may do so much. */
  private URI user(RedisServer server, String... rights) {
    CommandArguments acl =
        new CommandArguments(Command.ACL)
            .addObjects("SETUSER", "app", "on", ">hunter2", "~*", "&*")
            .addObjects((Object[]) rights);
    admin(server).executeCommand(acl);
    return URI.create("redis://app:hunter2@127.0.0.1:" + server.port());
  }

  private <T extends AutoCloseable> T open(T closeable) {
    opened.add(closeable);
    return closeable;
  }

  private static Examination examine(RedisServer server) {
    return examine(server, Scope.standard());
  }

  private static Examination examine(RedisServer server, Scope scope) {
    return RedisDoctor.examine(SharedRedis.patient(server.uri()), scope);
  }

  private static Scope ahead(Duration by) {
    return Scope.standard().withClock(() -> Instant.now().plus(by));
  }

  private static Finding only(Code code, Examination examination) {
    List<Finding> found =
        examination.findings().stream().filter(finding -> finding.code() == code).toList();
    assertThat(found).as("%s in %s", code, examination).hasSize(1);
    return found.get(0);
  }

  private static List<Code> codes(Examination examination, Severity severity) {
    return examination.findings().stream()
        .filter(finding -> finding.severity() == severity)
        .map(Finding::code)
        .toList();
  }

  private static String flags(RedisClient client) {
    Object info = client.executeCommand(new CommandArguments(Command.CLIENT).add("INFO"));
    return new String((byte[]) info, StandardCharsets.UTF_8)
        .replaceAll("(?s).*( flags=\\S+).*( redir=\\S+).*", "$1$2");
  }
}
