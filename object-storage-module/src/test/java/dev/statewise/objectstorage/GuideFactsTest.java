package dev.statewise.objectstorage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.objectstorage.ObjectFinding.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds the guide to what the code says. */
class GuideFactsTest {

  private static final Path GUIDE = Path.of("..", "docs", "guide", "object-storage.md");

  private String guide;

  @BeforeEach
  void read() throws IOException {
    guide = Files.readString(GUIDE).replaceAll("\\s+", " ");
  }

  @Test
  @DisplayName("each code MUST be in the guide, under its severity, with its promise and its mend")
  void codes() {
    for (Code code : Code.values()) {
      String entry = "- `%s`. Promise: %s. Mend: %s.".formatted(code, code.promise(), code.mend());
      assertThat(guide).contains(entry);
      String before = guide.substring(0, guide.indexOf(entry));
      assertThat(before.substring(before.lastIndexOf("** (`")))
          .as("the heading over %s", code)
          .startsWith("** (`" + code.severity() + "`)");
    }
  }

  @Test
  @DisplayName("the lifecycle rule MUST keep a session for an idle timeout of a day")
  void lifecycle() {
    Matcher days = Pattern.compile("\"Expiration\": \\{ \"Days\": (\\d+) \\}").matcher(guide);

    assertThat(days.find()).isTrue();
    assertThat(Long.parseLong(days.group(1))).isEqualTo(Lifecycle.leastDays(Duration.ofDays(1)));
  }

  @Test
  @DisplayName("the numbers of the guide MUST be those of the code")
  void numbers() {
    ObjectDoctor.Scope scope = ObjectDoctor.Scope.standard();
    assertThat(guide)
        .contains(
            "up to %d MiB by default".formatted(ObjectSessionStore.DEFAULT_MAX_STATE_BYTES >> 20))
        .contains(
            "`withDeadline` (%d seconds".formatted(ObjectSessionStore.DEFAULT_DEADLINE.toSeconds()))
        .contains("%d writers in %d rounds".formatted(scope.writers(), scope.rounds()))
        .contains("the GET takes %d bytes".formatted(StoredObject.HEAD))
        .contains("%d minutes after its end".formatted(ObjectSweeper.MARGIN.toMinutes()));
  }
}
