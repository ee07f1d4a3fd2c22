package dev.statewise.benchmarks.arm;

import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.peer.PeerFamily;
import dev.statewise.benchmarks.peer.PeerServer;
import dev.statewise.benchmarks.peer.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The peers whose libraries the build left in {@code peers/}, a folder a family. Each family has a
 * class loader of its own, which shares with ours the package of {@link PeerFamily} and nothing
 * else: a peer runs on the versions that it wants, and no class of ours can come to use it.
 */
public final class Peers {

  private static final String FOLDER = "peers";
  private static final String CLASSES = "classes";
  private static final String JAR = ".jar";

  /** Those that cannot be opened without a server. */
  private static final Set<String> ON_SERVER =
      Set.of(
          "peer-spring-redis",
          "peer-spring-redis-indexed",
          "peer-spring-redis-lettuce",
          "peer-spring-redis-indexed-lettuce",
          "peer-jedis-csc",
          "peer-jjwt-exists",
          "peer-vertx-redis");

  /** HTTP servers, which are no peers: what is asked of them is what they accept. */
  private static final String SERVERS = "servers";

  private static final List<Family> FAMILIES =
      List.of(
          new Family(
              "spring",
              Loaders.ONE,
              List.of(
                  "peer-spring-map",
                  "peer-spring-redis",
                  "peer-spring-redis-indexed",
                  "peer-spring-redis-lettuce",
                  "peer-spring-redis-indexed-lettuce")),
          new Family("jedis-csc", Loaders.ONE, List.of("peer-jedis-csc")),
          new Family(
              "jwt",
              Loaders.ONE_A_PEER,
              List.of(
                  "peer-jjwt",
                  "peer-nimbus",
                  "peer-auth0",
                  "peer-jose4j",
                  "peer-fusionauth",
                  "peer-vertx-jwt",
                  "peer-jjwt-exists")),
          new Family("tomcat", Loaders.ONE, List.of("peer-tomcat")),
          new Family("jetty", Loaders.ONE, List.of("peer-jetty")),
          new Family("vertx", Loaders.ONE, List.of("peer-vertx-local", "peer-vertx-redis")),
          new Family(
              "sa-token",
              Loaders.ONE_AN_OPENING,
              List.of("peer-sa-token", "peer-sa-token-active")));

  /** How many class loaders a family has. */
  private enum Loaders {
    ONE,
    /** Libraries that share one do not share what a compiler learns of it from another's use. */
    ONE_A_PEER,
    /** All that it knows is static. */
    ONE_AN_OPENING
  }

  /**
   * What is known of a family even where its libraries are missing.
   *
   * @param folder where they lie, in {@link #FOLDER}
   * @param names of its peers
   */
  private record Family(String folder, Loaders loaders, List<String> names) {
    boolean signsTokens() {
      return folder.equals("jwt");
    }
  }

  private Peers() {}

  /**
   * The peers beside the jar, or beside the classes, that this class is in.
   *
   * @param clock what they stamp sessions by
   */
  public static List<PeerArm> besideTheJar(InstantSource clock) {
    return in(besideOurs(), clock);
  }

  /**
   * HTTP servers beside the jar, none of them started, on libraries in a class loader of their own;
   * none if the build left none there.
   */
  public static List<WebServer> webServers() {
    Path folder = besideOurs().resolve(SERVERS);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return ServiceLoader.load(WebServer.class, new PeerLoader(libraries(folder))).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** The peers in {@code folder}; one that is not there says so. */
  static List<PeerArm> in(Path folder, InstantSource clock) {
    List<PeerArm> peers = new ArrayList<>();
    FAMILIES.forEach(family -> peers.addAll(peers(family, folder.resolve(family.folder()), clock)));
    return peers;
  }

  /** The versions that they bring, a text a family, for the environment. */
  public static List<String> libraries() {
    Path folder = besideOurs();
    return FAMILIES.stream()
        .map(Family::folder)
        .filter(family -> Files.isDirectory(folder.resolve(family)))
        .map(family -> family + ": " + names(folder.resolve(family)))
        .toList();
  }

  /** Why a peer cannot be used here whose libraries, or what they need, cannot be loaded. */
  public static String whyNot(Error e) {
    String java = System.getProperty("java.version");
    return e instanceof UnsupportedClassVersionError
        ? "its libraries need a newer Java than " + java
        : "its libraries cannot be loaded on Java %s (%s)"
            .formatted(java, e.getClass().getSimpleName());
  }

  private static List<PeerArm> peers(Family family, Path folder, InstantSource clock) {
    if (!Files.isDirectory(folder)) {
      return missing(
          family,
          "its libraries are not in %s/%s beside the jar, where the build leaves them"
              .formatted(FOLDER, family.folder()));
    }
    try {
      PeerFamily found = load(folder);
      return found.kinds().stream()
          .map(kind -> arm(family, kind, opening(family, found, folder, kind.name(), clock)))
          .toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      return missing(family, whyNot(e));
    }
  }

  private static PeerFamily load(Path folder) {
    return ServiceLoader.load(PeerFamily.class, new PeerLoader(libraries(folder)))
        .findFirst()
        .orElseThrow(() -> new ServiceConfigurationError("nothing is declared there"));
  }

  private static PeerArm arm(
      Family family, PeerFamily.Kind kind, BiFunction<Optional<PeerServer>, String, Peer> opening) {
    return new PeerArm(
        kind.name(),
        kind.meaning(),
        family.signsTokens(),
        kind.needsServer(),
        Optional.empty(),
        opening);
  }

  private static BiFunction<Optional<PeerServer>, String, Peer> opening(
      Family family, PeerFamily found, Path folder, String kind, InstantSource clock) {
    PeerFamily own = family.loaders() == Loaders.ONE_A_PEER ? load(folder) : found;
    return (server, keyPrefix) -> {
      PeerFamily used = family.loaders() == Loaders.ONE_AN_OPENING ? load(folder) : own;
      return open(used, kind, server, keyPrefix, clock);
    };
  }

  /** Libraries that look parts of theirs up by the thread's class loader find their own. */
  private static Peer open(
      PeerFamily family,
      String kind,
      Optional<PeerServer> server,
      String keyPrefix,
      InstantSource clock) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(family.getClass().getClassLoader());
    try {
      return family.open(kind, server, keyPrefix, clock);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static List<PeerArm> missing(Family family, String why) {
    return family.names().stream()
        .map(name -> PeerArm.missing(name, family.signsTokens(), ON_SERVER.contains(name), why))
        .toList();
  }

  private static Path besideOurs() {
    try {
      Path ours = Path.of(Peers.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return ours.resolveSibling(FOLDER);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The place that this class is in is no path.", e);
    }
  }

  private static URL[] libraries(Path folder) {
    List<URL> urls = new ArrayList<>();
    urls.add(url(folder.resolve(CLASSES)));
    jars(folder).forEach(jar -> urls.add(url(jar)));
    return urls.toArray(URL[]::new);
  }

  private static String names(Path folder) {
    return jars(folder).stream()
        .map(jar -> String.valueOf(jar.getFileName()))
        .map(name -> name.substring(0, name.length() - JAR.length()))
        .collect(Collectors.joining(", "));
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(JAR)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("A path is a URL, and this one is not: " + path, e);
    }
  }

  /** Sees the JDK, its own libraries, and of ours the package that both sides speak. */
  private static final class PeerLoader extends URLClassLoader {
    private static final String SHARED = PeerFamily.class.getPackageName() + ".";

    PeerLoader(URL[] libraries) {
      super("peer", libraries, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      boolean shared = name.startsWith(SHARED) && name.indexOf('.', SHARED.length()) < 0;
      return shared
          ? Class.forName(name, false, PeerFamily.class.getClassLoader())
          : super.findClass(name);
    }
  }
}
