package dev.statewise.benchmarks;

import dev.statewise.benchmarks.report.CsvReport;
import dev.statewise.benchmarks.report.HtmlReport;
import dev.statewise.benchmarks.report.MarkdownReport;
import dev.statewise.benchmarks.rig.Slice;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder that a run's files are written to. */
final class Output {

  private static final String RUN = "run.json";
  private static final String SLICES = "slices.csv";
  private static final String PAGE = "report.html";

  /** All that {@link #write(Run, List)} writes. */
  private static final List<String> FILES = List.of(RUN, SLICES, PAGE, "report.md", "results.csv");

  private final Path folder;

  private Output(Path folder) {
    this.folder = folder;
  }

  /**
   * That folder, created if it is not there.
   *
   * @throws UsageException if nothing can be written there
   */
  static Output in(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "statewise", ".tmp"));
      return new Output(folder);
    } catch (IOException e) {
      throw new UsageException(
          "--out (%s) cannot be written to (%s), so a report would be lost. Name another folder."
              .formatted(folder, e.getClass().getSimpleName()));
    }
  }

  /**
   * The text of a file.
   *
   * @throws UsageException if it cannot be read
   */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UsageException(
          "%s cannot be read (%s), so there is nothing to look at. Name the run.json of a comparison."
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  /** Writes the run and all that is made of it; nothing of an earlier run stays beside it. */
  void write(Run run, List<Slice> slices) {
    FILES.forEach(this::delete);
    write(RUN, RunFile.write(run));
    if (!slices.isEmpty()) {
      write(
          SLICES,
          Stream.concat(
                  Stream.of(Slice.HEADER + ",run"),
                  slices.stream().map(slice -> slice.line() + "," + run.run().id()))
              .collect(Collectors.joining("\n", "", "\n")));
    }
    // Rendered from the text that was written: what the report shows is what the file holds.
    writeReports(RunFile.read(RunFile.write(run)));
  }

  /** Writes what is made of a run, and not the run. */
  void writeReports(Run run) {
    writeReports(run, List.of());
  }

  /** Writes what is made of several runs: the report of the first, and a page of each other. */
  void writeReports(Run first, List<Run> others) {
    write(PAGE, HtmlReport.of(first, others));
    write("report.md", MarkdownReport.of(first, others));
    write("results.csv", CsvReport.of(Stream.concat(Stream.of(first), others.stream()).toList()));
    others.forEach(other -> write(HtmlReport.pageOf(other), HtmlReport.of(other)));
  }

  /** Where a person finds the report, and the run in this folder. */
  String places() {
    return places(folder.resolve(RUN));
  }

  /** Where a person finds the report, and the run that it was made of. */
  String places(Path data) {
    return "Report:  %s%nData:    %s"
        .formatted(
            folder.resolve(PAGE).toAbsolutePath().normalize(), data.toAbsolutePath().normalize());
  }

  private void delete(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) {
      throw new UsageException(
          "%s is of an earlier run and cannot be deleted (%s), so it would be taken for this one's. Name another folder with --out."
              .formatted(folder.resolve(name), e.getClass().getSimpleName()));
    }
  }

  private void write(String name, String text) {
    try {
      Path unfinished = folder.resolve("." + name + ".tmp");
      Files.writeString(unfinished, text);
      Files.move(
          unfinished,
          folder.resolve(name),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING,
          java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UsageException(
          "%s cannot be written to (%s), so the results are lost. Name another folder with --out."
              .formatted(folder.resolve(name), e.getClass().getSimpleName()));
    }
  }
}
