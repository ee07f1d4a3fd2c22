package dev.statewise.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Deletes a directory and all in it. */
final class Directories {
  private static final int ATTEMPTS = 20;

  private Directories() {}

  /** Again and again, because a process that is being killed may still add a file. */
  static void delete(Path directory) {
    for (int attempt = 1; Files.exists(directory); attempt++) {
      try {
        deleteOnce(directory);
      } catch (DirectoryNotEmptyException e) {
        if (attempt == ATTEMPTS) {
          throw new UncheckedIOException(directory + " is still being written to", e);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(directory + " could not be deleted; delete it by hand", e);
      }
    }
  }

  private static void deleteOnce(Path directory) throws IOException {
    for (Path path : deepestFirst(directory)) {
      Files.deleteIfExists(path);
    }
  }

  private static List<Path> deepestFirst(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
