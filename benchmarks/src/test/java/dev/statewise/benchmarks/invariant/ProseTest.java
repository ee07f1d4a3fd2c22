package dev.statewise.benchmarks.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Invariant.Outcome;
import dev.statewise.benchmarks.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProseTest {

  private static final Path MAIN = Path.of("src/main");

  /** A number with a unit of something that is measured, in a text of code. */
  private static final Pattern RESULT =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_./#-])\\d+(?:[.,]\\d+)*\\s?(?:ns|µs|μs|us|ms|s|B|KB|KiB|MB|MiB|GB|×|x|times|bytes|commands?|round"
              + " trips?|calls|ops|op/s)\\b");

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

  @Test
  @DisplayName("I12 a typed number in a template MUST make the run INVALID, and break nothing else")
  void altered() {
    Map<String, String> templates = Prose.ofReports().all();
    String page = "report.html.mustache";

    String text = Objects.requireNonNull(templates.get(page));
    String typed = text.replace("</main>", "<p>HS256 takes 1.7 µs.</p></main>");

    List<Invariant> good = Invariants.judge(GoodRun.run(), Prose.in(templates::get));
    List<Invariant> altered =
        Invariants.judge(
            GoodRun.run(), Prose.in(name -> name.equals(page) ? typed : templates.get(name)));

    assertThat(good).noneMatch(one -> one.outcome() == Outcome.BROKEN);
    assertThat(altered)
        .filteredOn(one -> one.outcome() == Outcome.BROKEN)
        .singleElement()
        .satisfies(one -> assertThat(one.id()).isEqualTo("I12"))
        .satisfies(one -> assertThat(one.detail()).isEqualTo(page + ": “1.7 µs.”"));
    assertThat(Invariants.status(altered)).isEqualTo(Run.Status.INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HS256 takes 1.7 µs",
        "<td>42</td>",
        "<a aria-label=\"3 times\">",
        "{{value}} of 1,000",
        "takes ~2x",
        "{{#rows}}7{{/rows}}"
      })
  @DisplayName("I12 a number that a reader sees or is read MUST be found")
  void found(String text) {
    assertThat(Prose.typedNumbers(text)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HS256, SHA-256, HTTP/1.1, E1 and I12",
        "as RFC 7519 has it",
        "<h2 class=\"x2\" style=\"width:12rem\">",
        "<style>a { margin: 1rem }</style><script>var x = 3;</script><!-- 4 -->",
        "{{row.1}} &#8203; {{{json5}}}"
      })
  @DisplayName("I12 what is part of a name, or seen by nobody, MUST NOT be taken for a number")
  void names(String text) {
    assertThat(Prose.typedNumbers(text)).isEmpty();
  }

  @Test
  @DisplayName("I12 every template MUST be looked at")
  void all() throws IOException {
    try (Stream<Path> files =
        Files.list(MAIN.resolve("resources/dev/statewise/benchmarks/report"))) {
      assertThat(Prose.ofReports().all().keySet())
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".mustache"))
                  .toList());
    }
  }

  @Test
  @DisplayName("I12 no sentence of a rule MUST hold a result; it MAY say what was predicted")
  void sentences() throws IOException {
    List<String> typed = new ArrayList<>();
    int looked = 0;
    try (Stream<Path> files =
        Files.walk(MAIN.resolve("java/dev/statewise/benchmarks/experiment"))) {
      for (Path file : files.filter(ProseTest::isOfRules).toList()) {
        looked++;
        results(Files.readString(file)).forEach(one -> typed.add(file.getFileName() + ": " + one));
      }
    }

    assertThat(looked).isGreaterThan(4);
    assertThat(typed).isEmpty();
    assertThat(results("\"HS256 takes 1.7 µs\"")).containsExactly("1.7 µs");
    assertThat(results("\"HS256 takes %s µs\".formatted(3 * x)")).isEmpty();
  }

  private static boolean isOfRules(Path file) {
    try {
      return file.toString().endsWith(".java")
          && !file.endsWith("Question.java")
          && Files.readString(file).matches("(?s).*\\bFinding\\b.*");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isPredicted(String number) {
    return Stream.of(Question.values())
        .anyMatch(one -> (one.hypothesis() + one.doesNotShow()).contains(number));
  }

  private static List<String> results(String source) {
    return LITERAL
        .matcher(source)
        .results()
        .flatMap(literal -> RESULT.matcher(literal.group(1)).results())
        .map(MatchResult::group)
        .filter(number -> !isPredicted(number))
        .toList();
  }
}
