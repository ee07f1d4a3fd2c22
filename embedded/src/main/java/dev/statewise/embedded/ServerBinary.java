package dev.statewise.embedded;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which redis-server is run: the one named by a system property, or the one of the build. */
final class ServerBinary {
  static final String PROPERTY = "statewise.redis.exe";

  private static final String BUNDLED = "redis-server-7.0.15";
  private static final Pattern VERSION = Pattern.compile("\\bv=(\\S+)");

  private ServerBinary() {}

  static Optional<String> whyUnavailable() {
    return whyUnavailable(named(), os(), arch());
  }

  static Optional<String> whyUnavailable(String named, String os, String arch) {
    if (!named.isBlank()) {
      return Files.isExecutable(Path.of(named))
          ? Optional.empty()
          : Optional.of(
              "-D%s=%s is not an executable file, so no Redis can be started. Name a redis-server, or leave the property out for the bundled one."
                  .formatted(PROPERTY, named));
    }
    return isBundledFor(os, arch)
        ? Optional.empty()
        : Optional.of(
            "There is no bundled redis-server for %s on %s. Name one with -D%s=PATH."
                .formatted(os, arch, PROPERTY));
  }

  /** Where the executable lies; the bundled one is copied into the directory first. */
  static Path in(Path directory) throws IOException {
    String named = named();
    return named.isBlank() ? copiedInto(directory) : Path.of(named).toAbsolutePath();
  }

  static String version(Path executable) {
    return Versions.of(executable, VERSION);
  }

  private static boolean isBundledFor(String os, String arch) {
    String resource = resource(os, arch);
    return resource != null && loader().getResource(resource) != null;
  }

  private static String named() {
    return System.getProperty(PROPERTY, "");
  }

  private static String os() {
    return System.getProperty("os.name", "");
  }

  private static String arch() {
    return System.getProperty("os.arch", "");
  }

  private static Path copiedInto(Path directory) throws IOException {
    String resource = resource(os(), arch());
    Path executable = directory.resolve("redis-server");
    try (InputStream bytes = loader().getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new IOException(resource + " is no longer on the class path");
      }
      Files.copy(bytes, executable, REPLACE_EXISTING);
    }
    if (!executable.toFile().setExecutable(true)) {
      throw new IOException(
          "%s cannot be made executable. Point java.io.tmpdir at a place where it can."
              .formatted(executable));
    }
    return executable;
  }

  private static @Nullable String resource(String osName, String osArch) {
    String name = osName.toLowerCase(Locale.ROOT);
    String os = name.startsWith("linux") ? "linux" : name.startsWith("mac") ? "darwin" : null;
    String arch =
        switch (osArch) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          case "i386", "i686", "x86" -> "386";
          default -> null;
        };
    return os == null || arch == null ? null : BUNDLED + "-" + os + "-" + arch;
  }

  private static ClassLoader loader() {
    return ServerBinary.class.getClassLoader();
  }
}
