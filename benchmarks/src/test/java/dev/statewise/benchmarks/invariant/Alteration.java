package dev.statewise.benchmarks.invariant;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Run;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A good run whose data somebody altered.
 *
 * @param invariant the one that is broken by it
 * @param status what it deserves then
 */
public record Alteration(
    String invariant, String what, Run.Status status, Consumer<RunText> change) {

  private static final Run GOOD = GoodRun.run();

  /** For each invariant of a run's data at least one. */
  public static Stream<Alteration> all() {
    return Stream.of(
        invalid("I1", "more work is cheaper", Alteration::cheaperSuperset),
        invalid("I2", "a closed loop", text -> text.add("users", closed(90))),
        invalid(
            "I2", "an open loop", text -> text.add("users", "offered", 100, 1, "achieved", 98, 1)),
        noisy("I3", "a duplicate that is dearer", text -> text.set(text.at("/noise/aa"), 1.4)),
        noisy("I4", "a canary that slows", Alteration::slowCanary),
        noisy("I4", "a drift", text -> text.set(text.at("/noise/canaryDrift"), 0.11)),
        invalid("I5", "what an arm was seen to do", text -> gate(text, 1, "seen", "Accepted")),
        invalid("I5", "what was expected of it", text -> gate(text, 3, "expected", "Rejected")),
        invalid("I6", "on the socket", text -> text.set(text.metric("E6", "redis", "commands"), 2)),
        invalid(
            "I6", "on the server", text -> text.set(text.metric("E6", "redis", "calledGet"), 1.05)),
        invalid(
            "I6",
            "a peer's",
            text -> text.set(text.metric("E6", "peer-spring-redis", "serverCommands"), 5)),
        invalid(
            "I7", "a byte too many", text -> text.set(text.metric("E8", "memory", "bytes"), 61)),
        invalid(
            "I8", "out of order", text -> text.add("users", "p50", 9, 10_000, "p99", 8, 10_000)),
        invalid("I8", "of too few", text -> text.add("users", "p50", 9, 20, "p99", 10, 999)),
        invalid("I9", "an error", text -> answers(text).put("errors", 1)),
        noisy(
            "I10",
            "a task's place",
            text -> text.set(text.metric("E1", "hybrid", "orderEffect"), 0.001)),
        noisy("I10", "all tasks'", text -> text.set(text.at("/noise/orderEffect"), 0.001)),
        invalid(
            "I11",
            "another state",
            text ->
                ((ObjectNode) text.experiment("E1").at("/timing/payloads"))
                    .putArray("bb")
                    .add("redis")),
        invalid(
            "I11",
            "another build",
            text -> ((ArrayNode) text.experiment("E1").at("/timing/builds")).set(0, "beef")),
        invalid("I11", "another commit", text -> text.at("/run/commit").put("value", "another")),
        invalid(
            "I13", "a generator that was late", text -> text.add("users", "blocked", 0.002, 1_000)),
        invalid("I14", "an unknown machine", text -> text.at("/env").remove("virt")),
        invalid("I14", "a blank fact", text -> text.at("/env/cpu").put("value", " ")));
  }

  /** The run, with the data altered and the invariants as they were. */
  public Run altered() {
    RunText text = RunText.of(GOOD);
    change.accept(text);
    return text.read();
  }

  /** The same, with its invariants and its stamp as its data deserve. */
  public Run stamped() {
    Run altered = altered();
    List<Invariant> invariants = Invariants.judge(altered);
    return altered.judged(invariants, Invariants.status(invariants), altered.exceptions());
  }

  @Override
  public String toString() {
    return invariant + " " + what;
  }

  private static Alteration invalid(String id, String what, Consumer<RunText> change) {
    return new Alteration(id, what, Run.Status.INVALID, change);
  }

  private static Alteration noisy(String id, String what, Consumer<RunText> change) {
    return new Alteration(id, what, Run.Status.NOISY, change);
  }

  private static void cheaperSuperset(RunText text) {
    ObjectNode ratio = text.metric("E1", "hybrid", "ratioToSubset");
    ratio.put("value", 0.9).put("lo", 0.88).put("hi", 0.94);
  }

  /** A loop of one hundred users whose rate and response time say that there are fewer. */
  private static Object[] closed(int users) {
    return new Object[] {
      "throughput", users * 100, 1, "responseTime", 10_000_000, 1, "concurrency", 100, 1
    };
  }

  /** In the last quarter of its second JVM. */
  private static void slowCanary(RunText text) {
    ArrayNode samples = (ArrayNode) text.at("/noise/canary").path("raw").get(1);
    for (int i = samples.size() * 3 / 4; i < samples.size(); i++) {
      samples.set(i, samples.get(i).asDouble() * 1.2);
    }
  }

  private static void gate(RunText text, int at, String part, String value) {
    ((ObjectNode) text.list("/run/gate").get(at)).put(part, value);
  }

  private static ObjectNode answers(RunText text) {
    return (ObjectNode) text.experiment("E1").at("/timing/answers/0");
  }
}
