package dev.statewise.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds the code of the guide to code that is compiled and run. */
@DisplayName("The guide shows what runs")
class GuideTest {

  private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.*?)```");
  private static final Path GUIDE = Path.of("..", "docs", "guide", "write-a-store.md");
  private static final Path FILE_STORE =
      Path.of("..", "examples", "custom-store", "src", "main", "java")
          .resolve("dev/statewise/examples/customstore/FileSessionStore.java");
  private static final Path SOURCES =
      Path.of("src", "test", "java", "dev", "statewise", "tck", "guide");

  @Test
  @DisplayName("each piece of code in the guide MUST be a piece of a store that passes the kit")
  void codeIsCompiled() throws IOException {
    String compiled =
        Files.readString(SOURCES.resolve("MapSessionStore.java"))
            + Files.readString(SOURCES.resolve("MapSessionStoreTest.java"))
            + Files.readString(FILE_STORE);

    List<String> pieces =
        JAVA.matcher(Files.readString(GUIDE)).results().map(piece -> piece.group(1)).toList();

    assertThat(pieces)
        .hasSizeGreaterThan(3)
        .allSatisfy(piece -> assertThat(compiled).contains(piece));
  }
}
