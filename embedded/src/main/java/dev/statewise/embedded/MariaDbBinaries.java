package dev.statewise.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which MariaDB or MySQL is run: the one that a system property names, or the one installed. */
final class MariaDbBinaries {
  static final String PROPERTY = "statewise.mariadb.exe";

  /** Where packages put it, which is not on everybody's path. */
  private static final List<String> PLACES =
      List.of(
          "/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/usr/libexec", "/opt/homebrew/bin");

  private MariaDbBinaries() {}

  static Optional<String> whyUnavailable() {
    return whyUnavailable(System.getProperty(PROPERTY, ""), System.getenv("PATH"));
  }

  static Optional<String> whyUnavailable(String named, String path) {
    if (!named.isBlank()) {
      return Files.isExecutable(Path.of(named))
          ? Optional.empty()
          : Optional.of(
              "-D%s=%s is not an executable file, so no MariaDB can be started. Name a mariadbd or mysqld, or leave the property out for the installed one."
                  .formatted(PROPERTY, named));
    }
    return installed(path).isPresent()
        ? Optional.empty()
        : Optional.of(
            "No mariadbd or mysqld is installed here, and none comes with the build. Install one, or name it with -D%s=PATH."
                .formatted(PROPERTY));
  }

  /** The executable; present if there is no reason why not. */
  static Path server() {
    String named = System.getProperty(PROPERTY, "");
    return named.isBlank()
        ? installed(System.getenv("PATH")).orElseThrow()
        : Path.of(named).toAbsolutePath();
  }

  /** What lays out MariaDB's system tables; MySQL does it by itself. */
  static Optional<Path> installer(Path server) {
    Path base = base(server);
    return Stream.of("bin", "scripts", "sbin")
        .map(base::resolve)
        .flatMap(place -> Stream.of("mariadb-install-db", "mysql_install_db").map(place::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The directory above that of the executable. */
  static Path base(Path server) {
    return server.resolveSibling("..").normalize();
  }

  private static Optional<Path> installed(String path) {
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), PLACES.stream())
        .map(Path::of)
        .flatMap(place -> Stream.of("mariadbd", "mysqld").map(place::resolve))
        .filter(Files::isExecutable)
        .map(Path::toAbsolutePath)
        .findFirst();
  }
}
