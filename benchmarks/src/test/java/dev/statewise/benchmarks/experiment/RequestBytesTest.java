package dev.statewise.benchmarks.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.run.ArmResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("E8, the bytes of a request on HTTP/1.1")
class RequestBytesTest {

  private static final Arm MEMORY = named("memory");
  private static final Arm HS256 = named("jwt-hs256");

  @Test
  @DisplayName("each size MUST stand beside what arithmetic says of it, and equal it")
  void arithmetic() {
    Counted.Count count = RequestBytes.of(Labs.of(List.of(MEMORY, HS256), Servers.NONE));

    assertThat(count.findings()).isEmpty();
    assertThat(count.checked()).isGreaterThan(50);
    assertThat(count.results())
        .filteredOn(result -> result.value(RequestBytes.BYTES).isPresent())
        .hasSize(count.checked())
        .allSatisfy(
            result ->
                assertThat(result.value(RequestBytes.ARITHMETIC))
                    .isEqualTo(result.value(RequestBytes.BYTES)));
  }

  @Test
  @DisplayName("a credential that is not as long as declared MUST be a finding, and not be hidden")
  void finding() {
    Arm other =
        new Arm(
            HS256.name(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            named("jwt-rs256").build());

    Counted.Count count = RequestBytes.of(Labs.of(List.of(other), Servers.NONE));

    assertThat(count.findings())
        .anyMatch(finding -> finding.startsWith("jwt-hs256 cookie typ credential line: "));
    ArmResult line =
        count.results().stream()
            .filter(result -> result.has(Map.of("profile", "typ", "part", "credential line")))
            .findFirst()
            .orElseThrow();
    assertThat(line.value(RequestBytes.BYTES)).isNotEqualTo(line.value(RequestBytes.ARITHMETIC));
  }

  @Test
  @DisplayName("every profile MUST be measured on both carriers, and what does not fit say so")
  void profiles() {
    List<ArmResult> results =
        RequestBytes.of(Labs.of(List.of(HS256), Servers.NONE)).results().stream()
            .filter(result -> result.name().equals(HS256.name()))
            .toList();

    assertThat(results).hasSize(Profile.values().length * 2 * 2);
    assertThat(results)
        .filteredOn(result -> result.has(Map.of("profile", "g200")))
        .allSatisfy(
            result ->
                assertThat(result.metric(RequestBytes.BYTES).orElseThrow().reason())
                    .contains("does not fit"));
  }

  private static Arm named(String name) {
    return Arms.all().stream().filter(arm -> arm.name().equals(name)).findFirst().orElseThrow();
  }
}
