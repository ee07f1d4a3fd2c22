package dev.statewise.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JDK on this machine.
 *
 * @param feature its version as a number: 17, 25
 */
record Jdk(Path home, int feature) {

  private static final Pattern VERSION =
      Pattern.compile("^JAVA_VERSION=\"(\\d+).*", Pattern.MULTILINE);
  private static final String NAMED = "JAVA_HOME_";

  /** The one that this runs on. */
  static Jdk own() {
    return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /**
   * This one and the newer ones that are where JDKs usually are, or that a variable such as {@code
   * JAVA_HOME_25_X64} names; one a version, in their order.
   */
  static List<Jdk> ownAndNewer() {
    List<Path> places = new ArrayList<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.startsWith(NAMED)) {
                places.add(Path.of(value));
              }
            });
    places.addAll(in(Path.of("/usr/lib/jvm")));
    places.addAll(in(Path.of(System.getProperty("user.home"), ".sdkman/candidates/java")));
    in(Path.of("/Library/Java/JavaVirtualMachines"))
        .forEach(folder -> places.add(folder.resolve("Contents/Home")));
    Map<Integer, Jdk> found = new LinkedHashMap<>();
    found.put(own().feature, own());
    places.stream()
        .flatMap(place -> at(place).stream())
        .filter(jdk -> jdk.feature > own().feature)
        .sorted(Comparator.comparing(Jdk::feature))
        .forEach(jdk -> found.putIfAbsent(jdk.feature, jdk));
    return List.copyOf(found.values());
  }

  /** The JDK in a folder, if one is there. */
  static Optional<Jdk> at(Path home) {
    try {
      Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
      return version.find() && Files.isExecutable(new Jdk(home, 0).java())
          ? Optional.of(new Jdk(home, Integer.parseInt(version.group(1))))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What starts it. */
  Path java() {
    return home.resolve("bin").resolve("java");
  }

  private static List<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(folder)) {
      return homes.sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
