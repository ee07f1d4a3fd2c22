package dev.statewise.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A JVM that compiles quickly and not well, for a smoke run: none of its times is read, and on a
 * small machine compiling well takes a fifth of it.
 */
final class QuickJvm {

  private static final Pattern SMOKE = Pattern.compile("(?i)(^| )--tier[= ]smoke( |$)");
  private static final long SECONDS_TO_END = 40;

  private QuickJvm() {}

  /** Whether that is what these arguments ask for, and this JVM is another. */
  static boolean suits(List<String> arguments) {
    return arguments.indexOf("compare") == 0
        && SMOKE.matcher(String.join(" ", arguments)).find()
        && !flags().contains(Forks.QUICKLY_COMPILED);
  }

  /**
   * Has it done there, and ends that JVM with this one.
   *
   * @return its exit code
   */
  static int run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Jdk.own().java().toString());
    command.addAll(flags());
    command.add(Forks.QUICKLY_COMPILED);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "ends the smoke run"));
    return process.waitFor();
  }

  private static List<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  /** It has something to keep first. */
  private static void end(Process process) {
    process.destroy();
    try {
      process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
