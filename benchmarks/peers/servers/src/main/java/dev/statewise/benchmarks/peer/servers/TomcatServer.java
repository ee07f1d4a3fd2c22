package dev.statewise.benchmarks.peer.servers;

import dev.statewise.benchmarks.peer.WebServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.tomcat.util.modeler.Registry;

/** Tomcat with one servlet. */
public final class TomcatServer implements WebServer {

  /** Kept, so that its level is: each refused request would be a line otherwise. */
  private static final Logger LOG = Logger.getLogger("org.apache");

  private Optional<Tomcat> running = Optional.empty();
  private Optional<Path> folder = Optional.empty();

  @Override
  public String name() {
    return "tomcat";
  }

  @Override
  public String version() {
    String info = ServerInfo.getServerInfo();
    return info.substring(info.indexOf('/') + 1);
  }

  @Override
  public int start() throws IOException {
    LOG.setLevel(Level.OFF);
    // Of both a JVM has one, and another class loader may have Tomcat too.
    TomcatURLStreamHandlerFactory.disable();
    Registry.disableRegistry();
    Path base = Files.createTempDirectory("statewise-tomcat");
    folder = Optional.of(base);
    Tomcat tomcat = new Tomcat();
    running = Optional.of(tomcat);
    tomcat.setBaseDir(base.toString());
    tomcat.setHostname(InetAddress.getLoopbackAddress().getHostAddress());
    tomcat.setPort(0);
    Connector connector = tomcat.getConnector();
    connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
    Context context = tomcat.addContext("", base.toString());
    Tomcat.addServlet(context, "accepting", new Accepting());
    context.addServletMappingDecoded("/", "accepting");
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      throw new IOException("Tomcat does not start.", e);
    }
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    Optional<Tomcat> tomcat = running;
    running = Optional.empty();
    try {
      tomcat.ifPresent(TomcatServer::stop);
    } finally {
      folder.ifPresent(TomcatServer::delete);
    }
  }

  private static void stop(Tomcat tomcat) {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException("Tomcat does not stop.", e);
    } finally {
      // Where it was: another Tomcat of this JVM would make that folder again.
      System.clearProperty(Globals.CATALINA_HOME_PROP);
      System.clearProperty(Globals.CATALINA_BASE_PROP);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Accepting extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(HttpServletResponse.SC_OK);
    }
  }
}
