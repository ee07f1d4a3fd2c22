package dev.statewise.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks executables for their version. */
final class Versions {
  private Versions() {}

  /**
   * What {@code --version} answers, as far as the pattern's group goes.
   *
   * @throws IllegalStateException if it answers something else
   */
  static String of(Path executable, Pattern pattern) {
    try {
      Process asked =
          new ProcessBuilder(executable.toString(), "--version").redirectErrorStream(true).start();
      String answer = new String(asked.getInputStream().readAllBytes(), UTF_8);
      Matcher version = pattern.matcher(answer);
      if (!version.find()) {
        throw new IllegalStateException(
            "%s --version answered \"%s\", which names no version. Is it such a server?"
                .formatted(executable, answer.strip()));
      }
      return version.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(executable + " --version could not be run", e);
    }
  }
}
