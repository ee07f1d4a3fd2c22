package dev.statewise.benchmarks.arm;

import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.peer.PeerFamily;
import dev.statewise.benchmarks.peer.PeerServer;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
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

  /** Libraries for tokens, each of which is given the jars in a loader of its own. */
  private static final String TOKENS = "jwt";

  /** The one of them that asks a server. */
  private static final String ASKING = "peer-jjwt-exists";

  private static final Map<String, List<String>> FAMILIES = families();

  private Peers() {}

  /**
   * The peers beside the jar, or beside the classes, that this class is in.
   *
   * @param clock what they stamp sessions by
   */
  public static List<PeerArm> besideTheJar(InstantSource clock) {
    return in(besideOurs(), clock);
  }

  /** The peers in {@code folder}; one that is not there says so. */
  static List<PeerArm> in(Path folder, InstantSource clock) {
    List<PeerArm> peers = new ArrayList<>();
    FAMILIES.forEach((family, names) -> peers.addAll(family(folder.resolve(family), names, clock)));
    return peers;
  }

  /** The versions that they bring, a text a family, for the environment. */
  public static List<String> libraries() {
    Path folder = besideOurs();
    return FAMILIES.keySet().stream()
        .filter(family -> Files.isDirectory(folder.resolve(family)))
        .map(family -> family + ": " + names(folder.resolve(family)))
        .toList();
  }

  private static Map<String, List<String>> families() {
    Map<String, List<String>> families = new LinkedHashMap<>();
    families.put("spring", List.of("peer-spring-redis", "peer-spring-redis-indexed"));
    families.put("jedis-csc", List.of("peer-jedis-csc"));
    families.put(
        TOKENS,
        List.of(
            "peer-jjwt",
            "peer-nimbus",
            "peer-auth0",
            "peer-jose4j",
            "peer-fusionauth",
            "peer-vertx-jwt",
            ASKING));
    return families;
  }

  private static List<PeerArm> family(Path folder, List<String> names, InstantSource clock) {
    if (!Files.isDirectory(folder)) {
      return missing(
          names,
          "its libraries are not in %s/%s beside the jar, where the build leaves them"
              .formatted(FOLDER, folder.getFileName()));
    }
    try {
      PeerFamily found = load(folder);
      // Libraries that share one do not share what a compiler learns of it from another's use.
      boolean apart = folder.endsWith(TOKENS);
      return found.kinds().stream()
          .map(kind -> arm(apart ? load(folder) : found, kind, apart, clock))
          .toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      return missing(
          names,
          "its libraries cannot be loaded on Java %s (%s)"
              .formatted(System.getProperty("java.version"), e.getClass().getSimpleName()));
    }
  }

  private static PeerFamily load(Path folder) {
    return ServiceLoader.load(PeerFamily.class, new PeerLoader(libraries(folder)))
        .findFirst()
        .orElseThrow(() -> new ServiceConfigurationError("nothing is declared there"));
  }

  private static PeerArm arm(
      PeerFamily family, PeerFamily.Kind kind, boolean signsTokens, InstantSource clock) {
    return new PeerArm(
        kind.name(),
        kind.meaning(),
        signsTokens,
        kind.needsServer(),
        Optional.empty(),
        (server, keyPrefix) -> open(family, kind.name(), server, keyPrefix, clock));
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

  private static List<PeerArm> missing(List<String> names, String why) {
    boolean tokens = names.contains(ASKING);
    return names.stream()
        .map(name -> PeerArm.missing(name, tokens, !tokens || name.equals(ASKING), why))
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
