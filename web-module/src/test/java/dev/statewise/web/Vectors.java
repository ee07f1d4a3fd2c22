package dev.statewise.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Test vectors written outside this project; a test that needs them is skipped without them. */
final class Vectors {

  private Vectors() {}

  static JsonNode json(String name) throws IOException {
    Path file = Path.of(System.getProperty("statewise.vectors", "")).resolve(name);
    Assumptions.assumeTrue(
        Files.exists(file),
        () -> "no test vectors at " + file + "; name their folder with -Dstatewise.vectors=DIR");
    return new ObjectMapper().readTree(file.toFile());
  }
}
