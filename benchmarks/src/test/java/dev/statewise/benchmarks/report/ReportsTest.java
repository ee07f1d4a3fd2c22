package dev.statewise.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Fact;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Runs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReportsTest {

  private static final String HOSTILE =
      "</script><script>alert(1)</script><img src=x onerror=\"a\">|`*_[x](javascript:y)\n=1+1,\"";
  private static final List<Function<Run, String>> REPORTS =
      List.of(run -> tables(HtmlReport.of(run)), MarkdownReport::of);
  private static final Map<String, String> VALIDATE = Map.of("operation", "validate");
  private static final Metric WALL =
      new Metric("wall", "ns/op", Evidence.WALL, 4_240.0, 4_200.0, 4_300.0, 100, null);

  @Test
  @DisplayName("Text of the run MUST NOT become markup of the page, in its data too")
  void htmlEscapes() {
    String html = HtmlReport.of(hostile());

    assertThat(html).doesNotContain("<script>alert").doesNotContain("<img src=x");
    assertThat(own(html).split("<script", -1)).as("the page's own four scripts").hasSize(5);
    assertThat(html.split("</script>", -1)).hasSize(5);
  }

  @Test
  @DisplayName(
      "The page MUST load nothing, forbid loading, and have a language, landmarks and a skip link")
  void page() {
    String html = HtmlReport.of(Runs.of(experiment()));

    assertThat(html)
        .contains(
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:")
        .contains("<html lang=\"en\">", "<header ", "<main id=\"main\" ", "<nav ", "<footer>")
        .contains("class=\"skip\" href=\"#main\"", "prefers-color-scheme", "@media print");
    assertThat(own(html))
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("src=");
    assertThat(html.indexOf("Limits first")).isLessThan(html.indexOf("id=\"claims\""));
  }

  @Test
  @DisplayName(
      "Each experiment MUST have claim, hypothesis, verdict, table, command and what it does not show")
  void chapters() {
    for (String report :
        List.of(HtmlReport.of(Runs.of(experiment())), MarkdownReport.of(Runs.of(experiment())))) {
      assertThat(report)
          .contains(
              "A claim.", "A hypothesis.", "Holds", "memory", "4,240", "4,200", "asks no server")
          .contains("--only E1", "What it does not show");
    }
  }

  @Test
  @DisplayName(
      "Elapsed times of a noisy run MUST be withheld from the tables, and CPU times MUST NOT")
  void withholds() {
    Run noisy = Runs.of(Run.Status.NOISY, List.of(), experiment());

    for (String report : List.of(tables(HtmlReport.of(noisy)), MarkdownReport.of(noisy))) {
      assertThat(report).doesNotContain("4,240").contains("withheld").contains("717");
    }
  }

  @Test
  @DisplayName("Targets MUST stand there, met or missed, with what was measured")
  void targets() {
    for (Function<Run, String> report : REPORTS) {
      assertThat(report.apply(Runs.of(experiment())))
          .contains("a to b: at most 2 times", "missed", "4.00")
          .contains("c to d: at least 4 times", "met", "5.00");
    }
  }

  @Test
  @DisplayName("Every path that has targets MUST have its row, also where nothing was measured")
  void everyPath() {
    Table table = new TargetTable(Runs.of(experiment())).table();

    for (int path = 1; path <= 13; path++) {
      String id = "T" + path;
      assertThat(table.rows()).extracting(Table.Row::name).anyMatch(name -> name.startsWith(id));
    }
    assertThat(table.columns())
        .extracting(Table.Column::head)
        .contains("target", "ambition", "measured", "best peer", "outcome");
    assertThat(MarkdownReport.of(Runs.of(experiment())))
        .contains("no target of this path is in this run");
  }

  @Test
  @DisplayName("Commands and round trips MUST be one table where they are equal, else two")
  void oneTableIfEqual() {
    Run equal = Runs.of(Runs.experiment("E6", counted("redis", 1, 1)));
    Run apart = Runs.of(Runs.experiment("E6", counted("redis", 2, 1)));

    for (Function<Run, String> report : REPORTS) {
      assertThat(report.apply(equal))
          .contains("Commands, each of them one round trip, by operation")
          .doesNotContain("Round trips by operation");
      assertThat(report.apply(apart)).contains("Commands by operation", "Round trips by operation");
    }
  }

  @Test
  @DisplayName("State by size MUST have a row a store and a column a size, with times in µs")
  void states() {
    Run run =
        Runs.of(
            Runs.experiment(
                "E26", state("memory", "1k", 2_000), state("memory", "64k", 34_560_000)));

    assertThat(MarkdownReport.of(run))
        .contains("CPU time to read the state, µs/op (CPU)", "| arm | 1 KiB | 64 KiB |")
        .contains("2.00 (1.90 – 2.10)", "34,600");
    assertThat(CsvReport.of(run)).contains("E26,memory,operation=read;size=1k,cpu,ns/op,CPU,2000");
  }

  private static ArmResult state(String arm, String size, double nanos) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("operation", "read");
    params.put("size", size);
    return Runs.arm(arm, params, Runs.metric("cpu", nanos));
  }

  @Test
  @DisplayName(
      "A reason MUST stand once in an experiment, and the request's own bytes in a sentence")
  void briefly() {
    Run run =
        Runs.of(
            Runs.experiment(
                "E8",
                bytes("memory", "cookie", "credential line", 60),
                bytes("memory", "cookie", "whole request", 260),
                bytes("memory", "bearer", "credential line", 65),
                bytes("memory", "bearer", "whole request", 265),
                tooLarge("cookie"),
                tooLarge("bearer")));

    for (Function<Run, String> report : REPORTS) {
      assertThat(report.apply(run))
          .contains("is 200 bytes larger than that line")
          .containsOnlyOnce("does not fit: 10,431 bytes");
    }
  }

  @Test
  @DisplayName("A size above what a cookie or common proxies take MUST be marked with that limit")
  void aboveLimits() {
    Run run =
        Runs.of(
            Runs.experiment(
                "E8",
                bytes("jwt-hs256", "cookie", "credential line", 4_045),
                bytes("jwt-rs256", "cookie", "credential line", 4_046),
                bytes("jwt-es256", "bearer", "credential line", 7_900),
                bytes("jwt-es256", "bearer", "whole request", 8_193)));

    for (Function<Run, String> report : REPORTS) {
      assertThat(report.apply(run)).containsOnlyOnce("above 4,096 of a cookie");
      assertThat(report.apply(run)).containsOnlyOnce("above 8,192 of all headers");
    }
  }

  @Test
  @DisplayName(
      "E2 MUST show each provider beside the JDK's own, in words too, and whose code it was")
  void providers() {
    Run run =
        Runs.of(
            Runs.experiment(
                "E2",
                signature("jdk@17", "SunEC 17", 7),
                signature("accp@17", "Corretto 2", 0.05)));

    assertThat(tables(HtmlReport.of(run)))
        .contains("class=\"number faster\">1,000<small>× 0.0500 faster</small>");
    for (Function<Run, String> report : REPORTS) {
      assertThat(report.apply(run))
          .contains(
              "CPU time to verify", "accp@17", "× 0.0500 faster", "accp@17 is really Corretto 2")
          .doesNotContain("× 7.00");
    }
  }

  @Test
  @DisplayName("More reasons than letters MUST have marks of two letters")
  void manyReasons() {
    List<Table.Row> rows =
        java.util.stream.IntStream.range(0, 53)
            .mapToObj(i -> new Table.Row("r" + i, "", List.of(Table.Cell.absent("reason " + i))))
            .toList();

    assertThat(Table.of("many", List.of("name", "value"), rows).footnotes())
        .extracting(Table.Footnote::mark)
        .startsWith("a", "b")
        .contains("z", "aa", "az", "ba")
        .doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("E4 MUST have a table an arm, each case with what it is and what it is refused for")
  void refusals() {
    Run run =
        Runs.of(
            Runs.experiment(
                "E4",
                Runs.arm("redis", Map.of("case", "valid"), Runs.metric("cpu", 70_000)),
                Runs.arm(
                    "redis",
                    Map.of("case", "random-id", "refusedAs", "UNKNOWN"),
                    Runs.metric("cpu", 35_000),
                    Runs.metric("amplification", 223))));

    for (Function<Run, String> report : REPORTS) {
      assertThat(report.apply(run))
          .contains("What redis is shown", "random-id", "drawn at random: UNKNOWN", "223")
          .contains("35,000");
    }
  }

  @Test
  @DisplayName(
      "Both reports MUST explain arms, profiles and the letters that say how strong a number is")
  void words() {
    for (Function<Run, String> report : REPORTS) {
      assertThat(report.apply(Runs.of(experiment())))
          .contains(
              "min", "typ", "g10", "g50", "g200", "a token signed with HS256, and a revocation")
          .contains("floor-…", "subset", "aa", "canary", "COUNT", "CPU", "PAIRED", "WALL")
          .contains("95 % interval");
    }
  }

  @Test
  @DisplayName("A machine with more to do than cores before the run MUST be named among the limits")
  void busy() {
    for (Function<Run, String> report : REPORTS) {
      assertThat(report.apply(loaded("3.10 1.00 1.00"))).contains("machine was busy");
      assertThat(report.apply(loaded("1.90 9.00 9.00"))).doesNotContain("machine was busy");
    }
  }

  @Test
  @DisplayName("What an arm admits not to refuse MUST NOT read as refused, nor as failed")
  void admits() {
    String html = tables(HtmlReport.of(Runs.of(experiment())));

    assertThat(html).contains("no, as it says<small>Accepted, having said NotKept</small>");
  }

  @Test
  @DisplayName("What is said of the network MUST depend on where Redis was")
  void link() {
    for (Function<Run, String> report : REPORTS) {
      assertThat(report.apply(linked(Fact.known("loopback")))).contains("talk over loopback");
      assertThat(report.apply(linked(Fact.known("cache-7"))))
          .contains("Redis is at cache-7", "round trip to it is in the elapsed times")
          .doesNotContain("talk over loopback");
      assertThat(report.apply(linked(Fact.unknown("there is no Redis"))))
          .contains("there is no Redis")
          .doesNotContain("talk over loopback");
    }
  }

  @Test
  @DisplayName("The stamp of a run that was not completed MUST say so, and in no report be OK")
  void incomplete() {
    for (Function<Run, String> report : REPORTS) {
      assertThat(report.apply(Runs.incomplete(experiment())))
          .contains("INCOMPLETE", "did not come to its end")
          .doesNotContain(">OK<")
          .doesNotContain("**OK**");
    }
  }

  @Test
  @DisplayName("Text of the run MUST NOT become Markdown or HTML in the Markdown report")
  void markdownEscapes() {
    String markdown = MarkdownReport.of(hostile());

    assertThat(markdown).doesNotContain("<script>").doesNotContain("<img").doesNotContain("[x](");
    assertThat(MarkdownReport.escape("a|b\nc")).isEqualTo("a\\|b c");
  }

  @Test
  @DisplayName("A CSV line MUST have eleven fields whatever the text, and none that is a formula")
  void csv() {
    assertThat(CsvReport.of(Runs.of(experiment())).lines().toList())
        .startsWith("experiment,arm,params,metric,unit,evidence,value,lo,hi,n,run")
        .contains(
            "E1,memory,operation=validate,wall,ns/op,WALL,4240,4200,4300,100,run1",
            "E1,memory,operation=validate,serverCpu,ns/op,CPU,,,,,run1");
    assertThat(CsvReport.text("=1+1")).isEqualTo("'=1+1");
    assertThat(CsvReport.text("@x")).isEqualTo("'@x");
    assertThat(CsvReport.text("a,\"b\"\nc")).isEqualTo("\"a,\"\"b\"\"\nc\"");
  }

  @Test
  @DisplayName(
      "The README's table MUST show guarantees beside counts, and say what was not measured")
  void strategyTable() {
    Run run =
        Runs.of(
            Runs.experiment(
                "E6",
                Runs.arm("memory", VALIDATE, Metric.counted("roundTrips", "round trips", 0, 20))),
            Runs.experiment(
                "E8",
                Runs.arm(
                    "jwt-hs256",
                    Map.of("carrier", "bearer", "profile", "typ", "part", "credential line"),
                    Metric.counted("bytes", "B", 577, 1))));

    assertThat(StrategyTable.markdown(run).lines().toList())
        .contains(
            "| `memory` | no | no | at once | 0 | not measured |",
            "| `jwt-hs256` | yes | yes | 12 h | not measured | 577 |");
  }

  private static ArmResult counted(String arm, long commands, long roundTrips) {
    return Runs.arm(
        arm,
        VALIDATE,
        Metric.counted("commands", "commands", commands, 20),
        Metric.counted("roundTrips", "round trips", roundTrips, 20));
  }

  private static ArmResult bytes(String arm, String carrier, String part, long bytes) {
    return Runs.arm(
        arm,
        Map.of("carrier", carrier, "profile", "typ", "part", part),
        Metric.counted("bytes", "B", bytes, 1));
  }

  private static ArmResult signature(String provider, String implementation, double ratio) {
    return Runs.arm(
        "ES256",
        Map.of("operation", "verify", "provider", provider, "implementation", implementation),
        Runs.metric("cpu", 1_000),
        Runs.metric("ratioToDefault", ratio));
  }

  private static ArmResult tooLarge(String carrier) {
    return Runs.arm(
        "jwt-hs256",
        Map.of("carrier", carrier, "profile", "typ", "part", "credential line"),
        Metric.absent("bytes", "B", Evidence.COUNT, "does not fit: 10,431 bytes"));
  }

  private static Run linked(Fact link) {
    return with(Map.of("redisLink", link));
  }

  private static Run loaded(String load) {
    return with(Map.of("loadBefore", Fact.known(load), "cores", Fact.known(2)));
  }

  private static Run with(Map<String, Fact> facts) {
    Run run = Runs.of(experiment());
    Map<String, Fact> env = new LinkedHashMap<>(run.env());
    env.putAll(facts);
    return new Run(
        run.schemaVersion(),
        run.run(),
        env,
        run.noise(),
        run.invariants(),
        run.experiments(),
        run.targets(),
        run.exceptions());
  }

  /** The page without the libraries in it, which name addresses and load none. */
  private static String own(String html) {
    return html.replace(Assets.vendored(), "");
  }

  private static String tables(String html) {
    return html.substring(0, html.indexOf("<script"));
  }

  private static Experiment experiment() {
    return Runs.experiment(
        "E1",
        Runs.arm(
            "memory",
            VALIDATE,
            Runs.metric("cpu", 717),
            WALL,
            Metric.absent("serverCpu", "ns/op", Evidence.CPU, "asks no server")));
  }

  private static Run hostile() {
    return Runs.of(
        Run.Status.OK,
        List.of(HOSTILE),
        Runs.experiment(
            "E1",
            Runs.arm(
                HOSTILE,
                Map.of("operation", HOSTILE, HOSTILE, HOSTILE),
                Metric.absent("cpu", HOSTILE, Evidence.CPU, HOSTILE))));
  }
}
