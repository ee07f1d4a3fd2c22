package dev.statewise.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules, number and sentence, as the kit and as the pages have them. */
final class Rules {

  private static final Pattern RULE =
      Pattern.compile("(?m)^\\*\\*([SXTR]\\d+\\.\\d+)\\*\\* (.+)$\\n\\n\\*Intent\\.\\* \\S.+$");
  private static final Path PAGES = Path.of("..", "docs", "spec");
  private static final List<Class<?>> KITS =
      List.of(
          SessionStoreTck.class,
          SubjectIndexTck.class,
          TokenServiceTck.class,
          RevocationListTck.class);

  private Rules() {}

  /** As the display names of the kit's tests say. */
  static Map<String, String> ofKit() {
    Map<String, String> rules = new TreeMap<>();
    KITS.stream()
        .flatMap(kit -> Arrays.stream(kit.getDeclaredClasses()))
        .flatMap(group -> Arrays.stream(group.getSuperclass().getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(Rules::sentenceOf)
        .forEach(sentence -> put(rules, sentence.split(" ", 2)));
    return rules;
  }

  /** As {@code docs/spec} says; only rules that have an intent. */
  static Map<String, String> ofPages() {
    Map<String, String> rules = new TreeMap<>();
    try (Stream<Path> pages = Files.list(PAGES)) {
      for (Path page : pages.toList()) {
        RULE.matcher(Files.readString(page))
            .results()
            .forEach(rule -> put(rules, rule.group(1), rule.group(2)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rules;
  }

  private static String sentenceOf(Method test) {
    DisplayName name = test.getAnnotation(DisplayName.class);
    if (name == null) {
      throw new IllegalStateException(test + " says no rule. Give it its display name.");
    }
    return name.value();
  }

  private static void put(Map<String, String> rules, String... numberAndSentence) {
    String before = rules.put(numberAndSentence[0], numberAndSentence[1]);
    if (before != null) {
      throw new IllegalStateException(
          "Rule " + numberAndSentence[0] + " is there twice: number one of them anew.");
    }
  }
}
