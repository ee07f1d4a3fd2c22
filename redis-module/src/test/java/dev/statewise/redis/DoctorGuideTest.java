package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.redis.Finding.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds the guide to what can be found. */
class DoctorGuideTest {

  private static final Path GUIDE = Path.of("..", "docs", "guide", "redis.md");

  @Test
  @DisplayName("each code MUST be in the guide, under its severity, with its promise and its mend")
  void codes() throws IOException {
    String guide = Files.readString(GUIDE).replaceAll("\\s+", " ");

    for (Code code : Code.values()) {
      String entry =
          "- `%s`. Promise: %s. Mend: `%s`.".formatted(code, code.promise(), code.mend());
      assertThat(guide).contains(entry);
      String before = guide.substring(0, guide.indexOf(entry));
      assertThat(before.substring(before.lastIndexOf("** (`")))
          .as("the heading over %s", code)
          .startsWith("** (`" + code.severity() + "`)");
    }
  }
}
