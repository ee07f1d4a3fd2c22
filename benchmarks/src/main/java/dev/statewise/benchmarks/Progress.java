package dev.statewise.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person what runs now and how much time is left: a bar on a terminal, a line a step
 * elsewhere. To standard error, so that standard output holds only the result.
 */
final class Progress implements AutoCloseable {

  private static final int WIDTH = 110;

  private final PrintStream err;
  private final long plannedSeconds;
  private final long start;
  private final @Nullable ProgressBar bar;
  private final Set<String> told = new HashSet<>();

  private Progress(PrintStream err, Duration planned, Duration before, boolean onTerminal) {
    this.err = err;
    this.start = System.nanoTime() - before.toNanos();
    this.plannedSeconds = Math.max(1, planned.toSeconds());
    this.bar = onTerminal ? bar(err, plannedSeconds) : null;
  }

  /**
   * Progress of something that is expected to take so long.
   *
   * @param before how long of it had passed when it was interrupted; nothing if it was not
   */
  static Progress toStandardError(Duration planned, Duration before) {
    return new Progress(System.err, planned, before, isTerminal());
  }

  /** What runs from now on. */
  synchronized void step(String what) {
    String kind = what.replaceAll("\\d+ of \\d+$", "");
    if (bar != null) {
      bar.setExtraMessage(" " + what);
      bar.stepTo(Math.min(elapsedSeconds(), plannedSeconds));
    } else if (told.add(kind)) {
      long left = Math.max(0, plannedSeconds - elapsedSeconds());
      err.printf("  %4d s  %s (about %d s left)%n", elapsedSeconds(), what, left);
    }
  }

  /** Moves the bar on with the time. */
  synchronized void tick() {
    if (bar != null) {
      bar.stepTo(Math.min(elapsedSeconds(), plannedSeconds));
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.stepTo(plannedSeconds);
      bar.close();
    }
  }

  /** How long it has been running, before an interruption and after. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private long elapsedSeconds() {
    return elapsed().toSeconds();
  }

  private static ProgressBar bar(PrintStream err, long seconds) {
    return new ProgressBarBuilder()
        .setTaskName("compare")
        .setInitialMax(seconds)
        .setStyle(ProgressBarStyle.ASCII)
        .setUnit(" s", 1)
        .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
        .build();
  }

  // From JDK 22 on, System.console() is there also without a terminal; where there is no /proc to
  // tell, a bar may then be drawn into a file.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Path standardError = Path.of("/proc/self/fd/2");
    try {
      return Files.isSymbolicLink(standardError)
          ? Files.readSymbolicLink(standardError).toString().matches("/dev/(pts|tty).*")
          : System.console() != null;
    } catch (IOException e) {
      return false;
    }
  }
}
