package dev.statewise.benchmarks.invariant;

import dev.statewise.benchmarks.run.Invariant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * I12: what a reader sees of a report's templates holds no number. Each comes from the run then, as
 * a value that the template names.
 *
 * <p>A number that is part of a name is none (HS256, SHA-256, HTTP/2, {@code RFC 7519}); one that
 * is spelled in letters is not found.
 */
final class Prose {

  /** The templates that are rendered; what they include is found in them. */
  static final List<String> ROOTS = List.of("report.html.mustache", "report.md.mustache");

  private static final String FOLDER = "/dev/statewise/benchmarks/report/";
  private static final Pattern INCLUDED = Pattern.compile("\\{\\{>\\s*([\\w.-]+)\\s*}}");

  /** Seen by nobody, but for what a reader is read of a tag. */
  private static final Pattern UNSEEN =
      Pattern.compile(
          "(?s)<style\\b.*?</style>|<script\\b.*?</script>|<!--.*?-->|\\{\\{\\{.*?}}}|\\{\\{.*?}}|&#?\\w+;");

  private static final Pattern TAG = Pattern.compile("(?s)<[a-zA-Z/!][^>]*>");
  private static final Pattern READ_OUT =
      Pattern.compile("\\b(?:aria-label|title|alt)\\s*=\\s*\"([^\"]*)\"");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\p{L}\\p{N}_./#-])(?<!RFC )(?<!TLS )\\d+(?:[.,]\\d+)*.{0,12}");

  private final Function<String, String> templates;

  private Prose(Function<String, String> templates) {
    this.templates = templates;
  }

  /** That of the reports that this version renders. */
  static Prose ofReports() {
    return new Prose(Prose::resource);
  }

  /** That of templates that are found by their names. */
  static Prose in(Function<String, String> templates) {
    return new Prose(templates);
  }

  Invariant invariant() {
    Rule rule =
        Rule.invalid("I12", "No text of a report holds a number: each comes from this file");
    Map<String, String> all = all();
    List<String> amiss = new ArrayList<>();
    all.forEach(
        (name, text) ->
            typedNumbers(text).forEach(found -> amiss.add("%s: “%s”".formatted(name, found))));
    return rule.judged(
        amiss,
        "%s; sentences are built from values by code".formatted(String.join(", ", all.keySet())));
  }

  /** The templates by name, those that are included among them. */
  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    ROOTS.forEach(root -> collect(root, root.substring(root.indexOf('.')), all));
    return all;
  }

  private void collect(String name, String suffix, Map<String, String> all) {
    if (!all.containsKey(name)) {
      String text = templates.apply(name);
      all.put(name, text);
      Matcher included = INCLUDED.matcher(text);
      while (included.find()) {
        collect(included.group(1) + suffix, suffix, all);
      }
    }
  }

  /** The numbers that a reader of {@code template} would see, each with what follows it. */
  static List<String> typedNumbers(String template) {
    String seen = UNSEEN.matcher(template).replaceAll(" ");
    String readOut =
        READ_OUT.matcher(seen).results().map(one -> one.group(1)).collect(Collectors.joining("\n"));
    String text = TAG.matcher(seen).replaceAll(" ") + "\n" + readOut;
    return NUMBER.matcher(text).results().map(one -> one.group().strip()).toList();
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            Prose.class.getResourceAsStream(FOLDER + name), () -> "no template " + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
