package dev.statewise.benchmarks.invariant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import java.util.List;
import java.util.stream.StreamSupport;

/** The text of a run, to be altered as somebody would with an editor. */
public final class RunText {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode tree;

  private RunText(ObjectNode tree) {
    this.tree = tree;
  }

  static RunText of(Run run) {
    try {
      return new RunText((ObjectNode) MAPPER.readTree(RunFile.write(run)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What it is altered to. */
  Run read() {
    return RunFile.read(text());
  }

  String text() {
    return tree.toPrettyString();
  }

  ObjectNode at(String pointer) {
    return (ObjectNode) tree.at(pointer);
  }

  ArrayNode list(String pointer) {
    return (ArrayNode) tree.at(pointer);
  }

  /** The first of a list whose {@code name} is {@code value}. */
  static ObjectNode first(JsonNode list, String name, String value) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(one -> one.path(name).asText().equals(value))
        .map(ObjectNode.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + name + " " + value));
  }

  ObjectNode experiment(String id) {
    return first(tree.path("experiments"), "id", id);
  }

  ObjectNode metric(String experiment, String arm, String name) {
    return first(
        first(experiment(experiment).path("arms"), "name", arm).path("metrics"), "name", name);
  }

  /** Sets a value and its interval. */
  void set(ObjectNode metric, double value) {
    List.of("value", "lo", "hi").forEach(part -> metric.put(part, value));
  }

  /** Adds an arm that was counted, to E1. */
  void add(String arm, Object... namesValuesAndCounts) {
    ObjectNode added = ((ArrayNode) experiment("E1").path("arms")).addObject();
    added.put("name", arm).putObject("params");
    ArrayNode metrics = added.putArray("metrics");
    for (int i = 0; i < namesValuesAndCounts.length; i += 3) {
      ObjectNode metric = metrics.addObject();
      metric.put("name", (String) namesValuesAndCounts[i]).put("unit", "-").put("evidence", "WALL");
      set(metric, ((Number) namesValuesAndCounts[i + 1]).doubleValue());
      metric.put("n", ((Number) namesValuesAndCounts[i + 2]).intValue());
    }
  }
}
