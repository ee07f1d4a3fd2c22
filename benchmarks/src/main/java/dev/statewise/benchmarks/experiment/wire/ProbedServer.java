package dev.statewise.benchmarks.experiment.wire;

import com.sun.net.httpserver.HttpServer;
import dev.statewise.benchmarks.arm.Peers;
import dev.statewise.benchmarks.peer.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server that can be started, in its defaults, and probed. */
interface ProbedServer {

  /** How it got here. */
  enum Kind {
    EMBEDDED("embedded"),
    INSTALLED("installed");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** As tables call it. */
  String name();

  Kind kind();

  /**
   * One that listens.
   *
   * @param version as it says itself
   */
  record Running(String version, int port, Runnable stop) implements AutoCloseable {
    @Override
    public void close() {
      stop.run();
    }
  }

  /**
   * Starts it on loopback.
   *
   * @param within after so long it is given up
   * @throws IOException if it does not start; the message says why
   */
  Running start(Duration within) throws IOException;

  /** All that are known, those among them that are not here too: they say so when started. */
  static List<ProbedServer> all() {
    List<ProbedServer> servers = new ArrayList<>();
    servers.add(new JdkServer());
    List<WebServer> found = Peers.webServers();
    for (String name : List.of("tomcat", "jetty", "undertow")) {
      servers.add(
          new EmbeddedServer(
              name, found.stream().filter(server -> server.name().equals(name)).findFirst()));
    }
    servers.addAll(InstalledServer.all());
    return servers;
  }

  /** The one that every JDK has. */
  record JdkServer() implements ProbedServer {

    private static final int OK = 200;
    private static final int NO_BODY = -1;

    @Override
    public String name() {
      return "jdk-httpserver";
    }

    @Override
    public Kind kind() {
      return Kind.EMBEDDED;
    }

    @Override
    public Running start(Duration within) throws IOException {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(OK, NO_BODY);
            exchange.close();
          });
      server.start();
      return new Running(
          System.getProperty("java.version"), server.getAddress().getPort(), () -> server.stop(0));
    }
  }

  /**
   * One on libraries beside the jar.
   *
   * @param server empty if they are not there
   */
  record EmbeddedServer(String name, Optional<WebServer> server) implements ProbedServer {

    @Override
    public Kind kind() {
      return Kind.EMBEDDED;
    }

    @Override
    public Running start(Duration within) throws IOException {
      WebServer found =
          server.orElseThrow(
              () ->
                  new IOException(
                      "its libraries are not in peers/servers beside the jar, where the build leaves them"));
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(found.getClass().getClassLoader());
      try {
        return new Running(found.version(), found.start(), found::close);
      } catch (IOException e) {
        found.close();
        throw e;
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }
}
