package dev.statewise.benchmarks.diff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.benchmarks.invariant.Judgement;
import dev.statewise.benchmarks.run.InvalidRunException;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import java.util.List;

/** Reads files that can be compared: a {@code run.json}, or what JMH wrote as JSON. */
public final class Recordings {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Recordings() {}

  /**
   * What is in {@code json}; the invariants of a run are judged again by its data.
   *
   * @throws InvalidRunException if it is neither
   */
  public static Recording read(String json) {
    JsonNode tree = tree(json);
    return JmhResults.isOneOf(tree)
        ? JmhResults.recording(tree)
        : RunResults.recording(Judgement.of(RunFile.read(json)));
  }

  /** What there is to compare of a run, whose word on its invariants is taken. */
  public static Recording of(Run run) {
    return RunResults.recording(new Judgement(run, List.of()));
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
