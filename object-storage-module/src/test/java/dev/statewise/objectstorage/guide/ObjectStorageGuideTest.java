package dev.statewise.objectstorage.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds the Java of the guide to code that compiles. */
class ObjectStorageGuideTest {

  private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.*?)```");
  private static final Path GUIDE = Path.of("..", "docs", "guide", "object-storage.md");
  private static final Path SNIPPETS =
      Path.of("src", "test", "java", "dev", "statewise", "objectstorage", "guide", "Snippets.java");

  @Test
  @DisplayName("each piece of Java in the guide MUST compile against the public API")
  void compiles() throws IOException {
    String compiled = squeezed(Files.readString(SNIPPETS));

    List<String> pieces =
        JAVA.matcher(Files.readString(GUIDE)).results().map(piece -> piece.group(1)).toList();

    assertThat(pieces)
        .hasSize(3)
        .allSatisfy(piece -> assertThat(compiled).contains(squeezed(piece)));
  }

  /** Without its comments, and however its lines are broken. */
  private static String squeezed(String code) {
    return code.replaceAll("(?m)(^|\\s)//.*$", "").replaceAll("\\s+", "");
  }
}
