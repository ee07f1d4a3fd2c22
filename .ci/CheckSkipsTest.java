import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Holds the check of skipped tests to its promises: it must be able to fail. */
final class CheckSkipsTest {
  private static final String PASSED = "<testcase classname='a.B' name='one'/>";
  private static final String SKIPPED =
      "<testcase classname='a.Inherited$Nested' name='two MUST hold'><skipped message='no server'/></testcase>";
  private static final String CLASS_SKIPPED =
      "<testcase classname='a.B' name='two'><skipped>Aborted: no server\n\tat a.B</skipped></testcase>";
  private static final String FAILED =
      "<testcase classname='a.B' name='three'><failure message='no'/></testcase>";

  private CheckSkipsTest() {}

  public static void main(String[] arguments) throws IOException {
    expect(true, "1 passed, 0 failed, 0 skipped", PASSED, "");
    expect(false, "not on", PASSED + SKIPPED, "");
    expect(false, "no server", PASSED + SKIPPED, "");
    expect(false, "(Aborted: no server)", CLASS_SKIPPED, "");
    expect(false, "not on", SKIPPED, "a.B#one\talways\ta reason");
    expect(true, "1 passed, 0 failed, 1 skipped", PASSED + SKIPPED, "a.B#two\talways\ta reason");
    expect(true, "0 passed, 0 failed, 1 skipped", SKIPPED, "# why\n\na.B#two\tholds\ta reason");
    expect(false, "not on", SKIPPED, "a.B#two\tdoes-not-hold\ta reason");
    expect(false, "Delete the line", PASSED, "a.B#two\talways\ta reason");
    expect(true, "1 passed", PASSED, "a.B#two\tdoes-not-hold\ta reason");
    expect(false, "1 passed, 1 failed, 0 skipped", PASSED + FAILED, "");
    expect(false, "No test report", null, "");
    expectRefused("a.B#two\talways", "line 1");
    expectRefused("a.B#two\talways\t ", "line 1");
    System.out.println("The check of skipped tests keeps its promises.");
  }

  private static void expect(boolean good, String said, String tests, String list)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean verdict = run(tests, list, out);
    String output = out.toString(StandardCharsets.UTF_8);
    if (verdict != good || !output.contains(said)) {
      throw new AssertionError(
          "For %s and the list \"%s\" the verdict was %s and the output:%n%s"
              .formatted(tests, list, verdict, output));
    }
  }

  private static void expectRefused(String list, String said) throws IOException {
    try {
      run(PASSED, list, new ByteArrayOutputStream());
    } catch (IOException e) {
      if (e.getMessage().contains(said)) {
        return;
      }
    }
    throw new AssertionError("The list \"" + list + "\" was accepted");
  }

  private static boolean run(String tests, String list, ByteArrayOutputStream out)
      throws IOException {
    Path root = Files.createTempDirectory("skips");
    Path reports = Files.createDirectories(root.resolve("module/target/surefire-reports"));
    Path report = reports.resolve("TEST-a.B.xml");
    Path listed = root.resolve("skips.txt");
    try {
      Files.writeString(listed, list);
      if (tests != null) {
        Files.writeString(report, "<testsuite>" + tests + "</testsuite>");
      }
      return CheckSkips.check(
          listed, Set.of("holds"), List.of(root), new PrintStream(out, true, StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(report);
      Files.deleteIfExists(listed);
      for (Path folder = reports; !folder.equals(root.getParent()); folder = folder.getParent()) {
        Files.deleteIfExists(folder);
      }
    }
  }
}
