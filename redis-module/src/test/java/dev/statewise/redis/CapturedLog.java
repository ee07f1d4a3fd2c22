package dev.statewise.redis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** All that is logged while this is open: through SLF4J at TRACE, java.util.logging, or printed. */
final class CapturedLog implements AutoCloseable {

  /** Where the build has it sent, one a JVM; without the build it is printed. */
  private static final Path FILE =
      Path.of(System.getProperty("org.slf4j.simpleLogger.logFile", "target/trace-none.log"));

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final StringWriter logged = new StringWriter();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Logger root = Logger.getLogger("");
  private final Level level = root.getLevel();
  private final Handler handler = new Capture();
  private final int begin = file().length;

  private CapturedLog() {}

  static CapturedLog open() {
    CapturedLog log = new CapturedLog();
    PrintStream capture = new PrintStream(log.printed, true, StandardCharsets.UTF_8);
    System.setOut(capture);
    System.setErr(capture);
    log.root.setLevel(Level.ALL);
    log.root.addHandler(log.handler);
    return log;
  }

  String text() {
    byte[] file = file();
    return new String(file, begin, file.length - begin, StandardCharsets.ISO_8859_1)
        + printed.toString(StandardCharsets.ISO_8859_1)
        + logged;
  }

  private static byte[] file() {
    try {
      return Files.exists(FILE) ? Files.readAllBytes(FILE) : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    root.removeHandler(handler);
    root.setLevel(level);
    System.setOut(out);
    System.setErr(err);
  }

  private final class Capture extends Handler {
    @Override
    public void publish(LogRecord message) {
      PrintWriter writer = new PrintWriter(logged);
      writer.println(message.getMessage());
      if (message.getParameters() != null) {
        for (Object parameter : message.getParameters()) {
          writer.println(parameter);
        }
      }
      if (message.getThrown() != null) {
        message.getThrown().printStackTrace(writer);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
