package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Asked;
import dev.statewise.benchmarks.arm.ObjectAddress;
import dev.statewise.benchmarks.arm.PostgresAddress;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.embedded.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A way to each server of a run by a proxy that counts what passes. */
public final class Detour implements AutoCloseable {

  private static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);

  private final List<TcpProxy> proxies = new ArrayList<>();
  private final Servers servers;

  private Detour(Servers direct) {
    Optional<RedisAddress> redis =
        direct
            .redis()
            .map(
                address -> {
                  TcpProxy proxy =
                      kept(TcpProxy.to(address.via().getHost(), address.via().getPort()));
                  return address.through(proxy.host(), proxy.port());
                });
    Optional<PostgresAddress> postgres =
        direct
            .postgres()
            .map(
                address -> {
                  TcpProxy proxy = kept(TcpProxy.toAnother(address.host(), address.port()));
                  return address.through(proxy.host(), proxy.port());
                });
    Optional<ObjectAddress> objects =
        direct
            .objects()
            .map(
                address -> {
                  TcpProxy proxy =
                      kept(
                          TcpProxy.toAnother(
                              address.endpoint().getHost(), address.endpoint().getPort()));
                  return address.through(proxy.host(), proxy.port());
                });
    this.servers = new Servers(redis, postgres, objects);
  }

  /** Opens it; without a server there is nothing that anything could pass to. */
  public static Detour to(Servers direct) {
    return new Detour(direct);
  }

  private TcpProxy kept(TcpProxy proxy) {
    proxies.add(proxy);
    return proxy;
  }

  /** The same servers by this way. */
  public Servers servers() {
    return servers;
  }

  /** What has passed until now for requests, to all of them. */
  public Traffic requests() {
    Traffic sum = NONE;
    for (TcpProxy proxy : proxies) {
      Traffic one = proxy.requests();
      sum =
          new Traffic(
              sum.connections() + one.connections(),
              sum.commands() + one.commands(),
              sum.roundTrips() + one.roundTrips(),
              sum.bytesToServer() + one.bytesToServer(),
              sum.bytesFromServer() + one.bytesFromServer());
    }
    return sum;
  }

  /** The same, where what is asked of a server that is no Redis counts as commands. */
  public Traffic requests(Asked asked) {
    Traffic passed = requests();
    return new Traffic(
        passed.connections(),
        passed.commands() + asked.count(),
        passed.roundTrips(),
        passed.bytesToServer(),
        passed.bytesFromServer());
  }

  @Override
  public void close() {
    proxies.forEach(TcpProxy::close);
  }
}
