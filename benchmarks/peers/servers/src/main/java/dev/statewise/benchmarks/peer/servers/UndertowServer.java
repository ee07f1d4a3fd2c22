package dev.statewise.benchmarks.peer.servers;

import dev.statewise.benchmarks.peer.WebServer;
import io.undertow.Undertow;
import io.undertow.Version;
import io.undertow.util.StatusCodes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Undertow with one handler. */
public final class UndertowServer implements WebServer {

  /** Kept, so that their levels are. */
  private static final List<Logger> LOGS =
      Stream.of("io.undertow", "org.xnio", "org.jboss.threads").map(Logger::getLogger).toList();

  private Optional<Undertow> running = Optional.empty();

  @Override
  public String name() {
    return "undertow";
  }

  @Override
  public String version() {
    return Version.getVersionString();
  }

  @Override
  public int start() {
    LOGS.forEach(log -> log.setLevel(Level.OFF));
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, InetAddress.getLoopbackAddress().getHostAddress())
            .setHandler(exchange -> exchange.setStatusCode(StatusCodes.OK))
            .build();
    running = Optional.of(server);
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return address.getPort();
  }

  @Override
  public void close() {
    running.ifPresent(Undertow::stop);
  }
}
