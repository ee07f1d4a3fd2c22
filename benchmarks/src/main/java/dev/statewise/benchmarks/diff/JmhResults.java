package dev.statewise.benchmarks.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.run.Estimate;
import dev.statewise.benchmarks.run.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** What JMH writes with {@code -rf json}: its samples come in groups already, one a fork. */
final class JmhResults {

  /** The experiment that a number of JMH is of. */
  static final String EXPERIMENT = "JMH";

  private static final long SEED = 1;
  private static final String THROUGHPUT = "thrpt";

  /** Those of its secondary results that are costs of an operation, and what we call them. */
  private static final Map<String, String> COSTS =
      new TreeMap<>(Map.of("gc.alloc.rate.norm", "alloc", "processCpu", "processCpu"));

  private JmhResults() {}

  static boolean isOneOf(JsonNode tree) {
    return tree.isArray() && !tree.isEmpty() && tree.path(0).has("primaryMetric");
  }

  static Recording recording(JsonNode results) {
    Map<Key, Reading> readings = new LinkedHashMap<>();
    results.forEach(result -> add(readings, result));
    JsonNode first = results.path(0);
    return new Recording(
        "%d results of JMH %s".formatted(results.size(), first.path("jmhVersion").asText()),
        facts(first),
        readings,
        List.of(),
        Map.of());
  }

  private static void add(Map<Key, Reading> readings, JsonNode result) {
    String mode = result.path("mode").asText();
    boolean throughput = mode.equals(THROUGHPUT);
    put(
        readings,
        result,
        mode,
        Evidence.WALL,
        throughput ? Better.HIGHER : Better.LOWER,
        result.path("primaryMetric"));
    COSTS.forEach(
        (theirs, ours) -> {
          JsonNode found = result.path("secondaryMetrics").path(theirs);
          if (!found.isMissingNode()) {
            put(readings, result, ours, Evidence.CPU, Better.LOWER, found);
          }
        });
  }

  private static void put(
      Map<Key, Reading> readings,
      JsonNode result,
      String metric,
      Evidence evidence,
      Better better,
      JsonNode values) {
    List<double[]> groups = groups(values.path("rawData"));
    if (groups.stream().anyMatch(group -> group.length > 0)) {
      Estimate estimate = new Bootstrap(SEED).median(groups);
      readings.putIfAbsent(
          new Key(EXPERIMENT, name(result), params(result), metric),
          new Reading(
              values.path("scoreUnit").asText(),
              evidence,
              better,
              estimate.median(),
              estimate.lo(),
              estimate.hi(),
              groups,
              groups.size()));
    }
  }

  /** Class and method: the package says nothing. */
  private static String name(JsonNode result) {
    String[] parts = result.path("benchmark").asText().split("\\.", -1);
    return parts.length < 2 ? parts[0] : parts[parts.length - 2] + "." + parts[parts.length - 1];
  }

  private static Map<String, String> params(JsonNode result) {
    Map<String, String> params = new LinkedHashMap<>();
    result
        .path("params")
        .properties()
        .forEach(param -> params.put(param.getKey(), param.getValue().asText()));
    return params;
  }

  /** JMH writes a number that is none as a text. */
  private static List<double[]> groups(JsonNode forks) {
    List<double[]> groups = new ArrayList<>();
    for (JsonNode fork : forks) {
      groups.add(
          StreamSupport.stream(fork.spliterator(), false)
              .filter(JsonNode::isNumber)
              .mapToDouble(JsonNode::asDouble)
              .toArray());
    }
    return groups;
  }

  private static Map<String, String> facts(JsonNode first) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("jdk", first.path("vmName").asText() + " " + first.path("vmVersion").asText());
    facts.put("flags", first.path("jvmArgs").toString());
    for (String name :
        List.of(
            "jmhVersion",
            "threads",
            "forks",
            "warmupIterations",
            "warmupTime",
            "measurementIterations",
            "measurementTime")) {
      facts.put(name, first.path(name).asText());
    }
    return facts;
  }
}
