import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Checks that every test that was skipped is on a list, and that every entry of the list still skips.
 *
 * <pre>java .ci/CheckSkips.java LIST CONDITIONS ROOT...</pre>
 *
 * <p>A line of the list is {@code class#display-name prefix}, a tab, when it is expected, a tab, the
 * reason. When is {@code always} or a condition; {@code CONDITIONS} names those that hold here,
 * separated by commas. Below each root all {@code target/surefire-reports} are read. The last line
 * printed is {@code N passed, N failed, N skipped}; the exit code is 0 if nothing failed, every skip
 * is listed and every entry that applies here was used.
 */
final class CheckSkips {
  private static final String ALWAYS = "always";
  private static final Pattern REPORT = Pattern.compile("TEST-(.*)\\.xml");

  record Entry(String prefix, String when, int line) {
    boolean covers(Result skipped) {
      return skipped.test().startsWith(prefix);
    }
  }

  record Result(String test, Outcome outcome, String message) {}

  enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
  }

  private CheckSkips() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println("Usage: java .ci/CheckSkips.java LIST CONDITIONS ROOT...");
      System.exit(2);
    }
    Set<String> conditions = Set.of(arguments[1].split(","));
    List<Path> roots = new ArrayList<>();
    for (int i = 2; i < arguments.length; i++) {
      roots.add(Path.of(arguments[i]));
    }
    boolean good = check(Path.of(arguments[0]), conditions, roots, System.out);
    System.exit(good ? 0 : 1);
  }

  static boolean check(Path list, Set<String> conditions, List<Path> roots, PrintStream out)
      throws IOException {
    List<Entry> entries = applicable(list, conditions);
    List<Result> results = new ArrayList<>();
    for (Path root : roots) {
      for (Path report : reports(root)) {
        results.addAll(read(report));
      }
    }
    List<String> complaints = complaints(entries, list, results);
    complaints.forEach(out::println);
    long failed = count(results, Outcome.FAILED);
    out.printf(
        "%d passed, %d failed, %d skipped%n",
        count(results, Outcome.PASSED), failed, count(results, Outcome.SKIPPED));
    return complaints.isEmpty() && failed == 0;
  }

  private static List<String> complaints(List<Entry> entries, Path list, List<Result> results) {
    List<String> complaints = new ArrayList<>();
    if (results.isEmpty()) {
      complaints.add("No test report was found, so nothing is known. Run the tests first.");
    }
    Set<Entry> unused = new HashSet<>(entries);
    for (Result result : results) {
      if (result.outcome() == Outcome.SKIPPED) {
        unused.removeIf(entry -> entry.covers(result));
        if (entries.stream().noneMatch(entry -> entry.covers(result))) {
          complaints.add(
              "Skipped, and not on %s: %s (%s). Make it run, or list it with its reason."
                  .formatted(list, result.test(), result.message()));
        }
      }
    }
    for (Entry entry : unused) {
      complaints.add(
          "%s line %d: nothing that begins with \"%s\" was skipped. Delete the line."
              .formatted(list, entry.line(), entry.prefix()));
    }
    return complaints;
  }

  private static List<Entry> applicable(Path list, Set<String> conditions) throws IOException {
    List<Entry> entries = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(list)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] columns = line.split("\t", -1);
      if (columns.length != 3 || !columns[0].contains("#") || columns[2].isBlank()) {
        throw new IOException(
            "%s line %d is not \"class#prefix TAB when TAB reason\": %s"
                .formatted(list, number, line));
      }
      if (columns[1].equals(ALWAYS) || conditions.contains(columns[1])) {
        entries.add(new Entry(columns[0], columns[1], number));
      }
    }
    return entries;
  }

  private static List<Path> reports(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(CheckSkips::isReport).sorted().toList();
    }
  }

  private static boolean isReport(Path file) {
    return REPORT.matcher(file.getFileName().toString()).matches()
        && file.toAbsolutePath().getParent().endsWith("target/surefire-reports");
  }

  private static List<Result> read(Path report) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      NodeList tests = builder.parse(report.toFile()).getElementsByTagName("testcase");
      String testClass = testClass(report);
      List<Result> results = new ArrayList<>();
      for (int i = 0; i < tests.getLength(); i++) {
        results.add(result(testClass, (Element) tests.item(i)));
      }
      return results;
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(report + " is not a test report", e);
    }
  }

  /** The report's, because that of a nested test that is inherited is the class it came from. */
  private static String testClass(Path report) {
    Matcher name = REPORT.matcher(report.getFileName().toString());
    return name.matches() ? name.group(1) : "";
  }

  private static Result result(String testClass, Element test) {
    String name = testClass + "#" + test.getAttribute("name");
    NodeList skipped = test.getElementsByTagName("skipped");
    if (skipped.getLength() > 0) {
      return new Result(name, Outcome.SKIPPED, reason((Element) skipped.item(0)));
    }
    boolean failed =
        test.getElementsByTagName("failure").getLength() > 0
            || test.getElementsByTagName("error").getLength() > 0;
    return new Result(name, failed ? Outcome.FAILED : Outcome.PASSED, "");
  }

  /** In an attribute, or in the first line of a stack trace if a whole class was skipped. */
  private static String reason(Element skipped) {
    String message = skipped.getAttribute("message");
    String text = message.isBlank() ? skipped.getTextContent() : message;
    return text.lines().findFirst().orElse("no reason given");
  }

  private static long count(List<Result> results, Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).count();
  }
}
