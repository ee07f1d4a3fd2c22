package dev.statewise.benchmarks.report;

import com.samskivert.mustache.Mustache;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import java.util.Map;

/**
 * A run as one page that needs no network, and no JavaScript to be read. Everything that comes from
 * the run is escaped.
 */
public final class HtmlReport {

  private HtmlReport() {}

  /** The page. */
  public static String of(Run run) {
    Map<String, Object> page = Page.of(run);
    page.put("json", embeddable(RunFile.write(run)));
    return Mustache.compiler()
        .escapeHTML(true)
        .withLoader(name -> Templates.reader(name + ".html.mustache"))
        .compile(Templates.reader("report.html.mustache"))
        .execute(page);
  }

  /** JSON that no HTML parser can take for the end of the element it stands in. */
  static String embeddable(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }
}
