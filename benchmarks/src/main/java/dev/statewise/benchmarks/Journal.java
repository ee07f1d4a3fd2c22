package dev.statewise.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.benchmarks.experiment.Counted;
import dev.statewise.benchmarks.experiment.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run has finished so far, a line of JSON each, so that one that was interrupted can go on.
 * It lies in the run's folder until the run is complete. Thread-safe.
 */
final class Journal {

  /** Its name in the folder of a run. */
  static final String NAME = "unfinished.jsonl";

  private static final ObjectMapper MAPPER =
      new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

  private final Path file;
  private final Begun begun;
  private final List<Line> lines;

  private Journal(Path file, Begun begun, List<Line> lines) {
    this.file = file;
    this.begun = begun;
    this.lines = new CopyOnWriteArrayList<>(lines);
  }

  /**
   * What the run is: another one cannot go on with it.
   *
   * @param millis when it began, in milliseconds since 1970; its seed too
   * @param software commit and JDK
   */
  record Begun(long millis, String tier, List<String> questions, String software) {

    Instant instant() {
      return Instant.ofEpochMilli(millis);
    }
  }

  /** One JVM of a timed experiment that came to its end: what it said. */
  record Fork(Question question, int jdk, int number, List<String> said) {}

  private record Done(Question question, Counted.Count count) {}

  /**
   * One line; all but one part of it are null.
   *
   * @param seconds of the run, when it was written
   */
  private record Line(
      long seconds, @Nullable Begun begun, @Nullable Done counted, @Nullable Fork fork) {}

  /** A new one in {@code folder}, in place of what is there. */
  static Journal begin(Path folder, Begun begun) {
    Path file = folder.resolve(NAME);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw cannot(file, e);
    }
    Journal journal = new Journal(file, begun, List.of());
    journal.append(new Line(0, begun, null, null));
    return journal;
  }

  /**
   * The one in {@code folder}, to go on with.
   *
   * @throws UsageException if there is none, or it is of something else
   */
  static Journal resume(Path folder, String tier, Set<Question> questions, String software) {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new UsageException(
          "There is no %s in %s, so no interrupted run can go on there. Leave --resume away to begin one, or name its folder with --out."
              .formatted(NAME, folder));
    }
    List<Line> lines = read(file);
    Begun begun =
        lines.stream()
            .flatMap(line -> Optional.ofNullable(line.begun()).stream())
            .findFirst()
            .orElseThrow(() -> unreadable(file));
    Begun now = new Begun(begun.millis(), tier, names(questions), software);
    if (!begun.equals(now)) {
      throw new UsageException(
          "The run in %s is of tier %s, %s, on %s; this one is of tier %s, %s, on %s, so they are no one run. Give the same options on the same build, or leave --resume away."
              .formatted(
                  folder,
                  begun.tier(),
                  begun.questions(),
                  begun.software(),
                  tier,
                  now.questions(),
                  software));
    }
    return new Journal(file, begun, lines);
  }

  static List<String> names(Set<Question> questions) {
    return questions.stream().sorted().map(Question::name).toList();
  }

  /** What was begun. */
  Begun begun() {
    return begun;
  }

  /** How many seconds the run had taken when the last line was written. */
  long seconds() {
    return lines.isEmpty() ? 0 : lines.get(lines.size() - 1).seconds();
  }

  /** Whether anything was finished before. */
  boolean isResumed() {
    return lines.stream().anyMatch(line -> line.counted() != null || line.fork() != null);
  }

  /** What was counted before, if it was. */
  Optional<Counted.Count> counted(Question question) {
    return parts(Line::counted)
        .filter(done -> done.question() == question)
        .map(Done::count)
        .findFirst();
  }

  /** What a JVM said, if it came to its end before. */
  Optional<Fork> fork(Question question, int jdk, int number) {
    return parts(Line::fork)
        .filter(fork -> fork.question() == question && fork.jdk() == jdk)
        .filter(fork -> fork.number() == number)
        .findFirst();
  }

  private <T> Stream<T> parts(Function<Line, @Nullable T> part) {
    return lines.stream().flatMap(line -> Optional.ofNullable(part.apply(line)).stream());
  }

  /** Notes what was counted. */
  void counted(Question question, Counted.Count count, long seconds) {
    append(new Line(seconds, null, new Done(question, count), null));
  }

  /** Notes what a JVM said that came to its end. */
  void finished(Fork fork, long seconds) {
    append(new Line(seconds, null, null, fork));
  }

  /** Removes it: the run is complete. */
  void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw cannot(file, e);
    }
  }

  private synchronized void append(Line line) {
    lines.add(line);
    try {
      Files.writeString(
          file,
          MAPPER.writeValueAsString(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw cannot(file, e);
    }
  }

  /** A last line that was cut off by a crash is left out. */
  private static List<Line> read(Path file) {
    List<Line> read = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        read.add(MAPPER.readValue(line, Line.class));
      }
    } catch (JsonProcessingException e) {
      return read;
    } catch (IOException e) {
      throw unreadable(file);
    }
    return read;
  }

  private static UsageException unreadable(Path file) {
    return new UsageException(
        "%s cannot be read, so the run cannot go on. Leave --resume away to begin anew."
            .formatted(file));
  }

  private static UsageException cannot(Path file, IOException e) {
    return new UsageException(
        "%s cannot be written (%s), so an interruption would lose what was measured. Name another folder with --out."
            .formatted(file, e.getClass().getSimpleName()));
  }
}
