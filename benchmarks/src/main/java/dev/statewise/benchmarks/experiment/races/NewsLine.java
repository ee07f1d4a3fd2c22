package dev.statewise.benchmarks.experiment.races;

import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.embedded.TcpProxy;
import java.util.Optional;

/**
 * The way of a second node to its Redis, all connections of it, on which what the server tells can
 * be held back. To other servers the way is direct.
 */
final class NewsLine implements AutoCloseable {

  private final Servers servers;
  private final Optional<TcpProxy> proxy;

  private NewsLine(Servers servers, Optional<TcpProxy> proxy) {
    this.servers = servers;
    this.proxy = proxy;
  }

  /** The direct way, on which nothing is held back: of what is asked where it was ended. */
  static NewsLine direct(Servers servers) {
    return new NewsLine(servers, Optional.empty());
  }

  /** An encrypted way is left as it is. */
  static NewsLine to(Servers direct) {
    Optional<RedisAddress> redis = direct.redis().filter(RedisAddress::isPlain);
    if (redis.isEmpty()) {
      return new NewsLine(direct, Optional.empty());
    }
    RedisAddress address = redis.get();
    TcpProxy proxy = TcpProxy.to(address.via().getHost(), address.via().getPort());
    RedisAddress through = RedisAddress.of(address.through(proxy.host(), proxy.port()).uriVia());
    return new NewsLine(
        new Servers(Optional.of(through), direct.postgres(), direct.objects()), Optional.of(proxy));
  }

  /** The same servers by this way. */
  Servers servers() {
    return servers;
  }

  /** Whether nothing is asked of the server while {@code question} is answered. */
  boolean isQuietDuring(Runnable question) {
    long before = asked();
    question.run();
    return proxy.isPresent() && asked() == before;
  }

  /** From now on nothing that the server says arrives. */
  void holdBack() {
    proxy.ifPresent(TcpProxy::dropFromServer);
  }

  /** Cuts what lost something, so that its client knows; new connections are served. */
  void letThrough() {
    proxy.ifPresent(TcpProxy::heal);
  }

  @Override
  public void close() {
    proxy.ifPresent(TcpProxy::close);
  }

  private long asked() {
    return proxy.map(one -> one.requests().commands()).orElse(0L);
  }
}
