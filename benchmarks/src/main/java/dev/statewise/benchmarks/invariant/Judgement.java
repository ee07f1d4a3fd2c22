package dev.statewise.benchmarks.invariant;

import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes of a file's word when its data are judged again.
 *
 * @param run with the invariants and the stamp that its data deserve
 * @param contradictions where the file says otherwise, a sentence each; one is enough to make it
 *     INVALID
 */
public record Judgement(Run run, List<String> contradictions) {

  /** These hold not all that their invariants were judged by: of them the stored word stands. */
  private static final Set<String> EARLIER = Set.of("1.0", "1.1");

  public Judgement {
    contradictions = List.copyOf(contradictions);
  }

  /** Judges what is in {@code run}. */
  public static Judgement of(Run run) {
    return EARLIER.contains(run.schemaVersion())
        ? new Judgement(run, List.of())
        : of(run, Invariants.judge(run));
  }

  private static Judgement of(Run run, List<Invariant> invariants) {
    List<String> contradictions = new ArrayList<>();
    Map<String, Invariant> stored =
        run.invariants().stream()
            .collect(Collectors.toMap(Invariant::id, Function.identity(), (one, other) -> one));
    for (Invariant judged : invariants) {
      Invariant said = stored.get(judged.id());
      if (said == null || said.outcome() != judged.outcome()) {
        contradictions.add(
            "The file says of %s '%s', and by its data it is '%s' (%s)."
                .formatted(
                    judged.id(),
                    said == null ? "nothing" : said.outcome().words(),
                    judged.outcome().words(),
                    judged.detail()));
      }
    }
    Run.Status status = Invariants.status(invariants);
    if (contradictions.isEmpty() && status != run.run().status()) {
      contradictions.add(
          "The file is stamped %s, and by its invariants it is %s."
              .formatted(run.run().status(), status));
    }
    return new Judgement(
        run.judged(
            invariants,
            contradictions.isEmpty() ? status : Run.Status.INVALID,
            Stream.concat(run.exceptions().stream(), contradictions.stream()).toList()),
        contradictions);
  }

  /** Whether nothing of it may be relied on. */
  public boolean isInvalid() {
    return run.run().status() == Run.Status.INVALID;
  }
}
