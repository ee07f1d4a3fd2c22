package dev.statewise.benchmarks.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RigTest {

  private static final Plan SHORT =
      new Plan(1, 64, Duration.ofMillis(5), Duration.ofMillis(20), Duration.ZERO);

  @Test
  @DisplayName(
      "Every round MUST have one slice of each task, a canary before it, in a shuffled order")
  void rounds() {
    List<Slice> slices = run(List.of(task("a", 1), task("b", 2), task("c", 3), task("d", 4)));

    int rounds = slices.stream().mapToInt(Slice::round).max().orElseThrow() + 1;
    assertThat(rounds).isGreaterThanOrEqualTo(Plan.FEWEST_ROUNDS);
    for (int round = 0; round < rounds; round++) {
      int wanted = round;
      List<String> names =
          slices.stream().filter(slice -> slice.round() == wanted).map(Slice::arm).toList();
      assertThat(names).hasSize(8).contains("a", "b", "c", "d");
      assertThat(names.get(0)).isEqualTo(Task.CANARY);
    }
    long orders =
        slices.stream()
            .filter(slice -> slice.arm().equals("a"))
            .mapToInt(Slice::position)
            .distinct()
            .count();
    assertThat(orders).as("places that one task had").isGreaterThan(1);
  }

  @Test
  @DisplayName("An operation that does not give the expected answer MUST be counted as an error")
  void countsErrors() {
    List<Slice> slices = run(List.of(task("good", 1), task("bad", -1)));

    assertThat(slices)
        .filteredOn(slice -> slice.arm().equals("bad"))
        .allSatisfy(slice -> assertThat(slice.errors()).isEqualTo(slice.operations()));
    assertThat(slices)
        .filteredOn(slice -> slice.arm().equals("good"))
        .allSatisfy(slice -> assertThat(slice.errors()).isZero());
  }

  @Test
  @DisplayName("A slice MUST be the same after it was written to a line and read back")
  void lines() {
    for (Slice slice : run(List.of(task("a", 1)))) {
      assertThat(Slice.parse(slice.line())).isEqualTo(slice);
    }
  }

  @Test
  @DisplayName("What a task allocates MUST be seen, near to the byte")
  void seesAllocation() {
    byte[][] kept = new byte[1][];
    Task allocating =
        new Task(
            "allocating",
            "once",
            index -> {
              kept[0] = new byte[10_000];
              return kept[0].length;
            });

    assertThat(run(List.of(allocating)))
        .filteredOn(slice -> slice.arm().equals("allocating"))
        .allSatisfy(slice -> assertThat(slice.alloc()).isBetween(10_000.0, 11_000.0));
  }

  @Test
  @DisplayName("What a slice is to find MUST be brought about before each one, and not be counted")
  void prepares() {
    int[] prepared = new int[1];
    byte[][] kept = new byte[1][];
    Task task =
        new Task(
            "prepared",
            "once",
            index -> prepared[0],
            () -> {
              prepared[0]++;
              kept[0] = new byte[1_000_000];
            });

    List<Slice> slices =
        run(List.of(task)).stream().filter(s -> s.arm().equals("prepared")).toList();

    assertThat(prepared[0]).as("the slices, and the warm-up").isEqualTo(slices.size() + 1);
    assertThat(slices).allSatisfy(slice -> assertThat(slice.alloc()).isLessThan(100.0));
  }

  @Test
  @DisplayName(
      "What a slice is to find MUST be brought about anew after as many operations as it lasts for")
  void preparesAgain() {
    int[] since = new int[1];
    int[] longest = new int[1];
    Task task =
        new Task(
            "short-lived",
            "once",
            index -> longest[0] = Math.max(longest[0], ++since[0]),
            () -> since[0] = 0,
            64);

    run(List.of(task));

    assertThat(longest[0]).as("operations upon one preparation").isEqualTo(64);
  }

  private static List<Slice> run(List<Task> tasks) {
    List<Slice> slices = new ArrayList<>();
    new Rig(1, 42, SHORT, tasks, Map.of()).run(Duration.ZERO, slices::add, warm -> {});
    return slices;
  }

  private static Task task(String name, int answer) {
    return new Task(name, "once", index -> answer);
  }
}
