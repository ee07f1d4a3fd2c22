package dev.statewise.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.samskivert.mustache.Mustache;
import dev.statewise.benchmarks.report.chart.Chart;
import dev.statewise.benchmarks.report.chart.Family;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run as one page that needs no network, and no JavaScript to be read: what a script draws stands
 * beside it as a table. Everything that comes from the run is escaped.
 */
public final class HtmlReport {

  /** A page that holds more of it, packed, is slow to open. */
  private static final int MOST_EMBEDDED = 200_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private HtmlReport() {}

  /** The name that a run's own page has beside that of another. */
  public static String pageOf(Run run) {
    return SeveralRuns.page(run);
  }

  /** The page. */
  public static String of(Run run) {
    return of(run, List.of());
  }

  /** The page, with others beside the run, each of which has a page of its own. */
  public static String of(Run run, List<Run> others) {
    Page page = Page.of(run);
    Map<String, Object> values = page.values();
    values.putAll(SeveralRuns.values(run, others));
    String whole = Packed.text(RunFile.compact(run));
    boolean tooLarge = whole.length() > MOST_EMBEDDED;
    values.put("samplesLeftOut", tooLarge);
    values.put("json", tooLarge ? Packed.text(RunFile.compact(run.withoutSamples())) : whole);
    values.put("charts", Packed.text(json(drawn(run, page.charts()))));
    values.put("css", Assets.text("report.css"));
    values.put("vendor", Assets.vendored());
    values.put("script", Assets.text("report.js"));
    values.put("printId", run.run().id().replaceAll("[^A-Za-z0-9._-]", ""));
    return Mustache.compiler()
        .escapeHTML(true)
        .withLoader(name -> Templates.reader(name + ".html.mustache"))
        .compile(Templates.reader("report.html.mustache"))
        .execute(values);
  }

  /** What the page's script draws, and what it lets a reader choose. */
  private static Map<String, Object> drawn(Run run, List<Chart> charts) {
    Map<String, String> arms = new LinkedHashMap<>();
    Stream.concat(
            run.experiments().stream().flatMap(one -> one.arms().stream()).map(ArmResult::name),
            charts.stream().flatMap(chart -> chart.marks().stream()).map(Chart.Mark::arm))
        .forEach(arm -> Family.of(arm).ifPresent(family -> arms.put(arm, family.word())));
    Map<String, String> families = new LinkedHashMap<>();
    Stream.of(Family.values())
        .filter(family -> arms.containsValue(family.word()))
        .forEach(family -> families.put(family.word(), family.title()));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("families", families);
    all.put("arms", arms);
    all.put("charts", charts);
    return all;
  }

  private static String json(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
