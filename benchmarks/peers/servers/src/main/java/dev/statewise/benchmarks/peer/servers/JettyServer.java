package dev.statewise.benchmarks.peer.servers;

import dev.statewise.benchmarks.peer.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Jetty with one handler. */
public final class JettyServer implements WebServer {

  private Optional<Server> running = Optional.empty();

  @Override
  public String name() {
    return "jetty";
  }

  @Override
  public String version() {
    return Server.getVersion();
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // start() declares Exception, and may throw any
  public int start() throws IOException {
    Server server = new Server();
    running = Optional.of(server);
    ServerConnector connector = new ServerConnector(server);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.addConnector(connector);
    server.setHandler(new Accepting());
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("Jetty does not start.", e);
    }
    return connector.getLocalPort();
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // stop() declares Exception, and may throw any
  public void close() {
    running.ifPresent(
        server -> {
          try {
            server.stop();
          } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop.", e);
          }
        });
  }

  private static final class Accepting extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.setStatus(HttpStatus.OK_200);
      callback.succeeded();
      return true;
    }
  }
}
