package dev.statewise.jwt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Test vectors written outside this project; a test that needs them is skipped without them. */
final class Vectors {

  static final ObjectMapper JSON = new ObjectMapper();

  private Vectors() {}

  static Path file(String name) {
    Path file = Path.of(System.getProperty("statewise.vectors", "")).resolve(name);
    assumeTrue(
        Files.exists(file),
        () -> "no test vectors at " + file + "; name their folder with -Dstatewise.vectors=DIR");
    return file;
  }

  static JsonNode json(String name) {
    try {
      return JSON.readTree(file(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> files(String folder, String glob) {
    Path root = file(folder);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(f -> f.getFileSystem().getPathMatcher("glob:" + glob).matches(f.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
