package dev.statewise.redis.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The ledger of one run as a page to read and as JSON. Every figure in it is the run's. */
record Page(
    Environment environment,
    Stalls.Seen stalls,
    List<Outcome> found,
    List<Outcome> naive,
    List<Ledger.Figure> figures) {

  private static final Comparator<Outcome> BY_FAULT =
      Comparator.comparingInt(outcome -> Integer.parseInt(outcome.fault().substring(1)));

  static Page of(Environment environment, Stalls.Seen stalls) {
    return new Page(
        environment,
        stalls,
        Ledger.found().stream().sorted(BY_FAULT).toList(),
        Ledger.naive().stream().sorted(BY_FAULT).toList(),
        Ledger.figures());
  }

  /** Into {@code target}, and where {@code -Dstatewise.reliability=PATH} says. */
  void write() throws IOException {
    Files.writeString(Path.of("target", "reliability.json"), json());
    write(Path.of("target", "reliability.md"));
    String wanted = System.getProperty("statewise.reliability", "");
    if (!wanted.isBlank()) {
      write(Path.of(System.getProperty("statewise.root", "")).resolve(wanted).toAbsolutePath());
    }
  }

  private void write(Path path) throws IOException {
    Files.writeString(path, markdown());
    Ledger.say("    the figures of this run: " + path);
  }

  String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("# Reliability under faults");
    lines.add("");
    lines.add(
        "Written by a run against real servers, every figure by the run itself: do not edit it. Make it again with");
    lines.add("");
    lines.add("```");
    lines.add(
        "mvn verify -pl redis-module -am -P%s -Dstatewise.reliability=docs/reliability.md"
            .formatted(Scale.NOW == Scale.LONG ? "chaos-long" : "chaos"));
    lines.add("```");
    lines.add("");
    lines.add(
        "`-Pchaos` takes some 15 minutes, `-Pchaos-long` longer; the default build runs a small version of each fault. A missed target fails the build.");
    if (Scale.NOW == Scale.SMALL) {
      lines.add("");
      lines.add("**These are the figures of a small run**, as the default build makes one.");
    }
    section(lines, "The run", List.of("", ""), runRows());
    section(
        lines,
        "Faults",
        List.of("fault", "what was done", "to", "tried", "lost", "target", "met", "seen beside"),
        found.stream().map(Page::row).toList());
    lines.add("");
    lines.add("Not in this run: " + missing() + ".");
    section(
        lines,
        "What a naive way loses in the same experiments",
        List.of("fault", "what was done", "to", "tried", "lost", "share"),
        naive.stream().map(Page::naiveRow).toList());
    if (!figures.isEmpty()) {
      section(
          lines,
          "Measured beside",
          List.of("what", "figure"),
          figures.stream().map(figure -> List.of(figure.what(), figure.value())).toList());
    }
    lines.add("");
    return String.join("\n", lines);
  }

  private List<List<String>> runRows() {
    Map<String, String> facts = environment.facts();
    List<List<String>> rows = new ArrayList<>();
    facts.forEach((name, value) -> rows.add(List.of(name, value)));
    rows.add(List.of("the harness's own stalls", stalls.toString()));
    rows.add(
        List.of(
            "targets met",
            "%d of %d"
                .formatted(found.stream().filter(Outcome::met).count(), (long) found.size())));
    return rows;
  }

  private static List<String> row(Outcome outcome) {
    return List.of(
        outcome.fault(),
        outcome.what(),
        outcome.place(),
        outcome.trials(),
        outcome.losses(),
        outcome.target(),
        outcome.met() ? "yes" : "**no**",
        outcome.note());
  }

  private static List<String> naiveRow(Outcome outcome) {
    return List.of(
        outcome.fault(),
        outcome.what(),
        outcome.place(),
        outcome.trials(),
        outcome.losses(),
        outcome.share());
  }

  /** Of the faults that a run against Redis is to have; the others are no faults of Redis. */
  private String missing() {
    String missing =
        IntStream.rangeClosed(1, 22)
            .filter(number -> number != 14 && number != 18)
            .mapToObj(number -> "F" + number)
            .filter(fault -> found.stream().noneMatch(outcome -> outcome.fault().equals(fault)))
            .collect(Collectors.joining(", "));
    return missing.isEmpty() ? "none" : missing;
  }

  private static void section(
      List<String> lines, String title, List<String> head, List<List<String>> rows) {
    lines.addAll(List.of("", "## " + title, ""));
    lines.add(tableRow(head));
    lines.add(tableRow(head.stream().map(cell -> "---").toList()));
    rows.forEach(row -> lines.add(tableRow(row)));
  }

  private static String tableRow(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  String json() {
    Map<String, String> parts = new TreeMap<>();
    parts.put("environment", object(environment.facts()));
    parts.put(
        "stallsMicros",
        "{\"median\":%d,\"p99\":%d,\"max\":%d}"
            .formatted(stalls.median(), stalls.p99(), stalls.max()));
    parts.put("faults", array(found.stream().map(Page::object)));
    parts.put("naive", array(naive.stream().map(Page::object)));
    parts.put(
        "figures",
        array(
            figures.stream()
                .map(figure -> object(Map.of("what", figure.what(), "value", figure.value())))));
    return parts.entrySet().stream()
        .map(part -> quoted(part.getKey()) + ":" + part.getValue())
        .collect(Collectors.joining(",\n", "{", "}\n"));
  }

  private static String object(Outcome outcome) {
    String texts =
        object(
            new TreeMap<>(
                Map.of(
                    "fault", outcome.fault(),
                    "what", outcome.what(),
                    "place", outcome.place(),
                    "of", outcome.of(),
                    "as", outcome.as(),
                    "target", outcome.target(),
                    "note", outcome.note())));
    return "%s,\"tried\":%d,\"lost\":%d,\"met\":%b}"
        .formatted(
            texts.substring(0, texts.length() - 1), outcome.tried(), outcome.lost(), outcome.met());
  }

  private static String object(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(text -> quoted(text.getKey()) + ":" + quoted(text.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String array(Stream<String> elements) {
    return elements.collect(Collectors.joining(",\n  ", "[", "]"));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
