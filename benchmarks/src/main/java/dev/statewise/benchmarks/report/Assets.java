package dev.statewise.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Style and scripts that a page carries in itself, as it may load nothing. */
final class Assets {

  /** The libraries that draw; the first is what the second stands on. */
  static final List<String> VENDORED = List.of("vendor/d3.min.js", "vendor/plot.umd.min.js");

  private Assets() {}

  /** A file that lies beside these classes. */
  static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(Assets.class.getResourceAsStream(name), () -> "no file " + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Both libraries, one behind the other. */
  static String vendored() {
    StringBuilder all = new StringBuilder();
    for (String name : VENDORED) {
      all.append(text(name)).append('\n');
    }
    return all.toString();
  }
}
