package dev.statewise.embedded;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real Redis Cluster: masters that share the 16384 slots evenly, each a {@link RedisServer} with
 * all its guarantees, without replicas. A master that is killed therefore takes its slots with it,
 * until it is restarted.
 *
 * <p>Each node may stand behind a {@link TcpProxy}, whose port it announces: then every client of
 * the cluster goes through the proxies, and the nodes among themselves do not.
 *
 * <p>Safe for use by several threads.
 */
public final class RedisCluster implements AutoCloseable {
  static final int SLOTS = 16_384;

  private static final Duration FORMS_WITHIN = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 10;

  private final List<RedisServer> masters = new ArrayList<>();
  private final List<TcpProxy> proxies = new ArrayList<>();

  private RedisCluster() {}

  /** Starts three masters; see {@link #start(int, String...)}. */
  public static RedisCluster start(String... arguments) {
    return start(3, arguments);
  }

  /**
   * Starts a cluster and waits until every node serves and knows all others.
   *
   * @param masters how many; at least 3, or no majority is left when one fails
   * @param arguments more of redis-server's own for every node, as {@link RedisServer#start} takes
   *     them
   * @throws IllegalStateException if there is no server for this system, or the cluster did not
   *     form
   */
  public static RedisCluster start(int masters, String... arguments) {
    return start(masters, false, arguments);
  }

  /** Starts a cluster of three masters, each behind a proxy of its own. */
  public static RedisCluster startBehindProxies(String... arguments) {
    return start(3, true, arguments);
  }

  /** One line on why no cluster can be started here; empty if it can. */
  public static Optional<String> whyUnavailable() {
    return RedisServer.whyUnavailable();
  }

  /** The nodes, in the order of the slots that they had at first. */
  public List<RedisServer> masters() {
    return List.copyOf(masters);
  }

  /** The proxies of {@link #masters}, in their order; none if there are none. */
  public List<TcpProxy> proxies() {
    return List.copyOf(proxies);
  }

  /** Where clients find the nodes: their proxies, if they have any. */
  public List<URI> uris() {
    return proxies.isEmpty()
        ? masters.stream().map(RedisServer::uri).toList()
        : proxies.stream().map(proxy -> uri(proxy.host(), proxy.port())).toList();
  }

  /**
   * Waits until every node serves, and all agree on who serves what: after a restart, for instance,
   * or after slots were moved.
   *
   * @throws IllegalStateException if that takes longer than a minute
   */
  public void awaitAgreement() {
    Waiting.until(FORMS_WITHIN, "the nodes of the cluster to agree", this::isAgreed);
  }

  /** Stops every node and proxy. Closing again does nothing. */
  @Override
  public void close() {
    Closing.all(Stream.concat(proxies.stream(), masters.stream()).toList());
  }

  private static RedisCluster start(int masters, boolean proxied, String... arguments) {
    if (masters < 3) {
      throw new IllegalArgumentException(
          "A cluster of %d masters has no majority left when one fails. Start 3 or more."
              .formatted(masters));
    }
    RedisCluster cluster = new RedisCluster();
    try {
      for (int i = 0; i < masters; i++) {
        cluster.add(proxied, List.of(arguments));
      }
      cluster.form();
      cluster.awaitAgreement();
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private void add(boolean proxied, List<String> arguments) {
    List<String> all =
        new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1"));
    all.addAll(arguments);
    if (proxied) {
      addBehindAProxy(all);
    } else {
      masters.add(RedisServer.start(Ports::freeWithBus, all.toArray(String[]::new)));
    }
  }

  /** The server must be told the proxy's port, and the proxy the server's: so both are chosen. */
  private void addBehindAProxy(List<String> arguments) {
    for (int attempt = 1; ; attempt++) {
      int port = Ports.freeWithBus();
      TcpProxy proxy = TcpProxy.to("127.0.0.1", port);
      List<String> all = new ArrayList<>(arguments);
      all.addAll(List.of("--port", Integer.toString(port)));
      all.addAll(List.of("--cluster-announce-port", Integer.toString(proxy.port())));
      all.addAll(List.of("--cluster-announce-bus-port", Integer.toString(port + Ports.BUS_ABOVE)));
      try {
        masters.add(RedisServer.start(all.toArray(String[]::new)));
        proxies.add(proxy);
        return;
      } catch (IllegalStateException e) {
        proxy.close();
        boolean portWasTaken = String.valueOf(e.getMessage()).contains("in use");
        if (!portWasTaken || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void form() {
    int nodes = masters.size();
    for (int i = 0; i < nodes; i++) {
      RedisServer node = masters.get(i);
      Resp.ask(node, addSlots(i * SLOTS / nodes, (i + 1) * SLOTS / nodes));
      Resp.ask(node, "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
    }
    for (RedisServer other : masters.subList(1, nodes)) {
      String port = Integer.toString(other.port());
      String bus = Integer.toString(other.port() + Ports.BUS_ABOVE);
      Resp.ask(masters.get(0), "CLUSTER", "MEET", other.host(), port, bus);
    }
  }

  /** Not ADDSLOTSRANGE, which Redis 6 does not know. */
  private static String[] addSlots(int first, int end) {
    return Stream.concat(
            Stream.of("CLUSTER", "ADDSLOTS"),
            IntStream.range(first, end).mapToObj(Integer::toString))
        .toArray(String[]::new);
  }

  private boolean isAgreed() {
    List<Object> views = new ArrayList<>();
    for (RedisServer node : masters) {
      String info = Resp.text(node, "CLUSTER", "INFO");
      boolean serves =
          info.contains("cluster_state:ok\r\n")
              && info.contains("cluster_slots_ok:" + SLOTS + "\r\n")
              && info.contains("cluster_known_nodes:" + masters.size() + "\r\n");
      if (!serves) {
        return false;
      }
      views.add(view(node));
    }
    return views.stream().distinct().count() == 1 && views.get(0).toString().contains(ports());
  }

  /** Who serves what, in an order that does not depend on who was asked; then all their ports. */
  private static List<Object> view(RedisServer node) {
    List<Object> ranges = new ArrayList<>();
    TreeSet<String> ports = new TreeSet<>();
    for (Object range : (List<?>) Resp.ask(node, "CLUSTER", "SLOTS")) {
      List<?> told = (List<?>) range;
      List<?> master = (List<?>) told.get(2);
      ranges.add("%s-%s %s:%s".formatted(told.get(0), told.get(1), master.get(0), master.get(1)));
      ports.add((String) master.get(1));
    }
    return List.of(ranges.stream().map(String.class::cast).sorted().toList(), ports);
  }

  private String ports() {
    TreeSet<String> ports = new TreeSet<>();
    uris().forEach(uri -> ports.add(Integer.toString(uri.getPort())));
    return ports.toString();
  }

  private static URI uri(String host, int port) {
    return URI.create("redis://" + host + ":" + port);
  }
}
