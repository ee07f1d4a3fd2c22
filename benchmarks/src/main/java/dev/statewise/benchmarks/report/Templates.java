package dev.statewise.benchmarks.report;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The templates that lie beside these classes. */
final class Templates {

  private Templates() {}

  static Reader reader(String name) {
    InputStream in =
        Objects.requireNonNull(
            Templates.class.getResourceAsStream(name), () -> "no template " + name);
    return new InputStreamReader(in, StandardCharsets.UTF_8);
  }
}
