package dev.statewise.benchmarks.report;

import com.samskivert.mustache.Mustache;
import dev.statewise.benchmarks.run.Run;
import java.util.List;
import java.util.Map;

/** A run as Markdown: the same words and tables as the page. */
public final class MarkdownReport {

  private static final String SPECIAL = "\\`*_[]|#~";

  private MarkdownReport() {}

  /** The text. */
  public static String of(Run run) {
    return of(run, List.of());
  }

  /** The text, with others beside the run. */
  public static String of(Run run, List<Run> others) {
    Map<String, Object> page = Page.of(run).values();
    page.putAll(SeveralRuns.values(run, others));
    return Mustache.compiler()
        .withEscaper(MarkdownReport::escape)
        .withLoader(name -> Templates.reader(name + ".md.mustache"))
        .compile(Templates.reader("report.md.mustache"))
        .execute(page);
  }

  /** Text that means itself, in a table's cell too. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        escaped.append(' ');
      } else if (c == '<' || c == '>' || c == '&') {
        escaped.append(c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
      } else {
        if (SPECIAL.indexOf(c) >= 0) {
          escaped.append('\\');
        }
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
