package dev.statewise.benchmarks.experiment.growth;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Another JVM with the classes of this one, of which each line of its output is told. */
final class ChildJvm {

  private static final int POLL_MILLIS = 50;
  private static final int LINES_KEPT = 3;

  private ChildJvm() {}

  /**
   * Runs one to its end, or until it is {@code cancelled}.
   *
   * @param main its main class
   * @param environment what is added to that of this JVM
   * @param line is told of each line; false if it is none that was expected
   * @return why it did not end well; empty if it did
   */
  static String run(
      Class<?> main,
      List<String> flags,
      List<String> arguments,
      Map<String, String> environment,
      BooleanSupplier cancelled,
      Consumer<String> line)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process child = builder.start();
    try {
      List<String> last = follow(child, cancelled, line);
      return child.waitFor(10, TimeUnit.SECONDS) && child.exitValue() == 0
          ? ""
          : String.join(" / ", last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } finally {
      child.destroyForcibly();
    }
  }

  private static List<String> follow(
      Process child, BooleanSupplier cancelled, Consumer<String> told)
      throws IOException, InterruptedException {
    List<String> last = new ArrayList<>();
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      while (!cancelled.getAsBoolean()) {
        if (!lines.ready()) {
          if (child.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) && !lines.ready()) {
            return last;
          }
          continue;
        }
        String line = lines.readLine();
        last.add(line);
        if (last.size() > LINES_KEPT) {
          last.remove(0);
        }
        told.accept(line);
      }
    }
    return List.of("cancelled");
  }
}
