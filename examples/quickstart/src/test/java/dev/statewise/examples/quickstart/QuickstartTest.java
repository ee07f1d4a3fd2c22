package dev.statewise.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.embedded.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The quickstart")
class QuickstartTest {

  private static final Path README = Path.of("../../README.md");
  private static final Path SOURCE =
      Path.of("src/main/java/dev/statewise/examples/quickstart/Quickstart.java");

  @Test
  @DisplayName("it MUST make the same visit on four strategies, which differ in how they end it")
  void runs() {
    assumeTrue(RedisServer.whyUnavailable().isEmpty(), () -> RedisServer.whyUnavailable().get());
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Quickstart.main(new String[0]);
    } finally {
      System.setOut(out);
    }

    String[] visits = printed.toString(StandardCharsets.UTF_8).split("(?m)^(?=\\w)");
    assertThat(visits).hasSize(4).allMatch(visit -> visit.contains("cart 2, HTTP 200"));
    for (int revocable : new int[] {0, 1, 3}) {
      assertThat(visits[revocable])
          .contains(
              "before the rotation: 401", "logout: Ended[known=true", "after the logout: 401");
    }
    assertThat(visits[2])
        .startsWith("jwt")
        .contains("before the rotation: 200", "logout: NotKept[", "after the logout: 200");
  }

  @Test
  @DisplayName("every Java line of the README MUST stand in the example, and so compile")
  void readmeCompiles() throws IOException {
    String source = squeezed(Files.readString(SOURCE));

    List<String> snippets =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(README))
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();

    assertThat(snippets).isNotEmpty();
    assertThat(snippets)
        .flatExtracting(snippet -> List.of(snippet.split("\n\n")))
        .allSatisfy(part -> assertThat(source).contains(squeezed(part.replaceAll("//.*", ""))));
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
