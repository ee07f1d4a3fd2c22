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

  /** A page that holds more is slow to open. */
  private static final int MOST_EMBEDDED = 1_000_000;

  private HtmlReport() {}

  /** The page. */
  public static String of(Run run) {
    Map<String, Object> page = Page.of(run);
    String whole = RunFile.write(run);
    boolean tooLarge = whole.length() > MOST_EMBEDDED;
    page.put("samplesLeftOut", tooLarge);
    page.put("json", embeddable(tooLarge ? RunFile.write(run.withoutSamples()) : whole));
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
