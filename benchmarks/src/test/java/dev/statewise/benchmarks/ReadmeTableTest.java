package dev.statewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.report.KitSkips;
import dev.statewise.benchmarks.report.StoreCosts;
import dev.statewise.benchmarks.report.StoreTable;
import dev.statewise.benchmarks.report.StrategyTable;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import dev.statewise.benchmarks.run.Strategy;
import dev.statewise.benchmarks.run.Target;
import dev.statewise.examples.customstore.FileSessionStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTableTest {

  /** Digits that no run gives: of a list, an experiment, a name, a place, or in code. */
  private static final String NO_RESULT =
      "(?m)^\\d+\\. |\\bE\\d+\\b|\\bS3\\b|\\bH2\\b|\\]\\([^)]*\\)|`[^`]*`";

  private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
  private static final Path REPOSITORY = MODULE.resolve("..");
  private static final Path COMMITTED = MODULE.resolve("results/2026-11-27-standard-1/run.json");
  private static final Path SKIPS = REPOSITORY.resolve(".ci/skips.txt");

  @TempDir Path folder;

  @Test
  @DisplayName("The README's table of strategies MUST be the one that the committed run gives")
  void strategies() throws IOException {
    assertThat(between("README.md", "strategies"))
        .isEqualTo(StrategyTable.markdown(RunFile.read(COMMITTED)));
  }

  @Test
  @DisplayName(
      "The README's table of stores MUST be the one that the committed run and the list of skips give")
  void stores() throws IOException {
    assertThat(between("README.md", "stores"))
        .isEqualTo(
            StoreTable.markdown(RunFile.read(COMMITTED), KitSkips.parse(Files.readString(SKIPS))));
  }

  @Test
  @DisplayName("The numbers of the page on stores MUST be those that the committed run gives")
  void costs() throws IOException {
    String page = "docs/guide/which-store.md";

    assertThat(between(page, "costs")).isEqualTo(StoreCosts.markdown(RunFile.read(COMMITTED)));
    String prose = outside(Files.readString(REPOSITORY.resolve(page)), "costs");
    assertThat(prose.replaceAll(NO_RESULT, ""))
        .as("a number in the prose, which no run gave")
        .doesNotContainPattern("\\d");
  }

  @Test
  @DisplayName("The CPU time of a validation MUST stand there exactly if the run timed it")
  void timesOfWhatWasTimed() throws IOException {
    Run run = RunFile.read(COMMITTED);

    assertThat(StoreCosts.markdown(run))
        .containsPattern("\\| `redis` \\| [0-9.,]+ \\| [0-9.,]+ \\| 1 \\|\n");
    assertThat(StoreCosts.markdown(without("E1", run)))
        .contains("| `redis` | 1 |\n")
        .doesNotContain("–");
  }

  @Test
  @DisplayName("What the table says of the file store MUST be what that store says")
  void files() {
    try (FileSessionStore store = FileSessionStore.in(folder)) {
      assertThat(StoreTable.FILES).isEqualTo(store.traits());
      assertThat(store.subjects()).isEmpty();
    }
  }

  static Stream<String> tests() {
    return StoreTable.tests().stream();
  }

  @ParameterizedTest
  @MethodSource("tests")
  @DisplayName("A run of the kit that the table is about MUST be there")
  void kit(String test) throws IOException {
    try (Stream<Path> files = Files.walk(REPOSITORY)) {
      assertThat(files.filter(file -> file.endsWith(test + ".java"))).hasSize(1);
    }
  }

  @Test
  @DisplayName("A committed run MUST be a complete one of every arm, which no invariant forbids")
  void committedRun() throws IOException {
    Run run = RunFile.read(COMMITTED);

    assertThat(run.run().complete()).isTrue();
    assertThat(run.run().status()).isNotEqualTo(Run.Status.INVALID);
    assertThat(run.run().strategies())
        .extracting(Strategy::arm)
        .containsExactlyInAnyOrderElementsOf(Arms.all().stream().map(Arm::name).toList());
  }

  @Test
  @DisplayName("The targets that the page of runs explains MUST be those that the run missed")
  void missedTargets() throws IOException {
    String page = Files.readString(MODULE.resolve("results/README.md"));

    assertThat(Pattern.compile("\\*\\*(T\\d+[a-z]?)\\*\\*").matcher(page).results())
        .extracting(found -> found.group(1))
        .containsExactlyInAnyOrderElementsOf(
            RunFile.read(COMMITTED).targets().stream()
                .filter(target -> target.outcome() == Target.Outcome.MISSED)
                .map(Target::id)
                .toList());
    assertThat(page).contains("In `%s`".formatted(COMMITTED.getName(COMMITTED.getNameCount() - 2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"strategies", "stores"})
  @DisplayName("A table MUST be put where the marks are, and a page without them left as it is")
  void into(String what) throws IOException {
    Path page =
        Files.writeString(
            folder.resolve("page.md"), "a\n" + begin(what) + "old\n" + end(what) + "b");
    Path other = Files.writeString(folder.resolve("other.md"), "no marks");

    assertThat(into(what, page)).isZero();
    assertThat(page).hasContent("a\n" + begin(what) + between("README.md", what) + end(what) + "b");
    assertThat(into(what, other)).isEqualTo(2);
    assertThat(other).hasContent("no marks");
  }

  private static int into(String what, Path page) {
    return Main.commandLine(List.of(), List.of())
        .setErr(new PrintWriter(Writer.nullWriter()))
        .execute(
            "readme-table",
            COMMITTED.toString(),
            "--of",
            what,
            "--skips",
            SKIPS.toString(),
            "--into",
            page.toString());
  }

  private static Run without(String experiment, Run run) {
    return new Run(
        run.schemaVersion(),
        run.run(),
        run.env(),
        run.noise(),
        run.invariants(),
        run.experiments().stream().filter(other -> !other.id().equals(experiment)).toList(),
        run.targets(),
        run.exceptions());
  }

  private static String between(String file, String what) throws IOException {
    String text = Files.readString(REPOSITORY.resolve(file));
    int begin = text.indexOf(begin(what));
    int end = text.indexOf(end(what));
    assertThat(begin).as("the mark before the table of %s in %s", what, file).isNotNegative();
    assertThat(end).as("the mark after the table of %s in %s", what, file).isGreaterThan(begin);
    return text.substring(begin + begin(what).length(), end);
  }

  private static String outside(String text, String what) {
    return text.substring(0, text.indexOf(begin(what))) + text.substring(text.indexOf(end(what)));
  }

  private static String begin(String what) {
    return "<!-- %s:begin -->\n".formatted(what);
  }

  private static String end(String what) {
    return "<!-- %s:end -->".formatted(what);
  }
}
