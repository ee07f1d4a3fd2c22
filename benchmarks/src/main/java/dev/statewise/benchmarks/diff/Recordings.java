package dev.statewise.benchmarks.diff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.benchmarks.run.InvalidRunException;
import dev.statewise.benchmarks.run.RunFile;

/** Reads files that can be compared: a {@code run.json}, or what JMH wrote as JSON. */
public final class Recordings {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Recordings() {}

  /**
   * What is in {@code json}.
   *
   * @throws InvalidRunException if it is neither
   */
  public static Recording read(String json) {
    JsonNode tree = tree(json);
    return JmhResults.isOneOf(tree)
        ? JmhResults.recording(tree)
        : RunResults.recording(RunFile.read(json));
  }

  /** Of what is no JSON {@link RunFile} says it. */
  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      return MAPPER.missingNode();
    }
  }
}
