package dev.statewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.benchmarks.experiment.Counted;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The journal of a run")
class JournalTest {

  private static final Journal.Begun BEGUN =
      new Journal.Begun(1_700_000_000_000L, "quick", List.of("E4", "E6"), "commit c and Java 17");
  private static final Set<Question> QUESTIONS = Set.of(Question.E6, Question.E4);
  private static final Counted.Count COUNT =
      new Counted.Count(
          List.of(
              new ArmResult(
                  "redis",
                  Map.of("operation", "validate"),
                  List.of(
                      Metric.counted("commands", "commands", 1, 20),
                      Metric.absent("bytes", "B", Evidence.COUNT, "why")))),
          List.of("a finding"),
          7);
  private static final Journal.Fork FORK =
      new Journal.Fork(Question.E4, 17, 2, List.of("slice 1", "gate {}"));

  @TempDir Path folder;

  @Test
  @DisplayName("What was finished MUST be there again, as it was")
  void remembers() {
    Journal journal = Journal.begin(folder, BEGUN);
    journal.counted(Question.E6, COUNT, 3);
    journal.finished(FORK, 21);

    Journal again = resumed();

    assertThat(again.begun()).isEqualTo(BEGUN);
    assertThat(again.seconds()).isEqualTo(21);
    assertThat(again.isResumed()).isTrue();
    assertThat(again.counted(Question.E6)).contains(COUNT);
    assertThat(again.counted(Question.E8)).isEmpty();
    assertThat(again.fork(Question.E4, 17, 2)).contains(FORK);
    assertThat(again.fork(Question.E4, 25, 2)).isEmpty();
    assertThat(again.fork(Question.E4, 17, 1)).isEmpty();
  }

  @Test
  @DisplayName("A last line that a crash cut off MUST cost no more than itself")
  void cutOff() throws IOException {
    Journal.begin(folder, BEGUN).counted(Question.E6, COUNT, 3);
    Files.writeString(
        folder.resolve(Journal.NAME), "{\"seconds\":9,\"fork\":{\"que", StandardOpenOption.APPEND);

    assertThat(resumed().counted(Question.E6)).contains(COUNT);
    assertThat(resumed().seconds()).isEqualTo(3);
  }

  @Test
  @DisplayName("Another tier, other experiments and another build MUST be refused, and say which")
  void another() {
    Journal.begin(folder, BEGUN);

    assertThatThrownBy(() -> Journal.resume(folder, "full", QUESTIONS, BEGUN.software()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("of tier quick")
        .hasMessageContaining("of tier full");
    assertThatThrownBy(() -> Journal.resume(folder, "quick", Set.of(Question.E6), BEGUN.software()))
        .hasMessageContaining("[E4, E6]")
        .hasMessageContaining("[E6]");
    assertThatThrownBy(() -> Journal.resume(folder, "quick", QUESTIONS, "commit d and Java 17"))
        .hasMessageContaining("commit c")
        .hasMessageContaining("commit d");
  }

  @Test
  @DisplayName("Where nothing was begun, or it is complete, there MUST be nothing to go on with")
  void nothing() {
    assertThatThrownBy(this::resumed).isInstanceOf(UsageException.class);

    Journal.begin(folder, BEGUN).close();
    assertThatThrownBy(this::resumed).hasMessageContaining("--resume");
  }

  @Test
  @DisplayName("A run that begins MUST forget the one before")
  void beginsAnew() {
    Journal.begin(folder, BEGUN).counted(Question.E6, COUNT, 3);
    Journal.begin(folder, BEGUN);

    assertThat(resumed().isResumed()).isFalse();
    assertThat(resumed().counted(Question.E6)).isEmpty();
  }

  private Journal resumed() {
    return Journal.resume(folder, "quick", QUESTIONS, BEGUN.software());
  }
}
