package dev.statewise.benchmarks.invariant;

import dev.statewise.benchmarks.experiment.Environment;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.run.Answers;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Fact;
import dev.statewise.benchmarks.run.Invariant;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** I9, I11 and I14: whether the same was done everywhere, to its end, and where that was. */
final class Conduct {

  private final Run run;

  Conduct(Run run) {
    this.run = run;
  }

  /** What E4 shows is to go wrong, and is judged by itself. */
  Invariant errors() {
    Rule rule =
        Rule.invalid(
            "I9",
            "Every timed operation gave the expected answer, so no time here is an error's, and"
                + " every JVM came to its end");
    List<Timing> timed =
        run.experiments().stream()
            .filter(one -> !one.id().equals(Question.E4.name()))
            .map(Experiment::timing)
            .filter(Objects::nonNull)
            .toList();
    List<Answers> answers = timed.stream().flatMap(one -> one.answers().stream()).toList();
    List<String> amiss =
        new ArrayList<>(timed.stream().flatMap(one -> one.failures().stream()).toList());
    if (answers.isEmpty() && amiss.isEmpty()) {
      return rule.notApplicable("nothing was timed");
    }
    answers.stream()
        .filter(one -> one.errors() > 0)
        .map(
            one ->
                "%s %s: %s did not"
                    .formatted(one.arm(), one.operation(), Numbers.exact(one.errors())))
        .forEach(amiss::add);
    String all = Numbers.exact(answers.stream().mapToLong(Answers::operations).sum());
    return !run.run().complete() && amiss.isEmpty()
        ? rule.notApplicable(
            "the run was interrupted; until then none of %s went wrong".formatted(all))
        : rule.judged(amiss, "all of " + all);
  }

  Invariant payloads() {
    Rule rule =
        Rule.invalid(
            "I11",
            "All arms of an experiment carry the same state, and the same code of one commit ran in"
                + " every JVM");
    List<String> amiss = new ArrayList<>();
    NavigableSet<String> carriers = new TreeSet<>();
    NavigableSet<String> builds = new TreeSet<>();
    for (Experiment experiment : run.experiments()) {
      Timing timing = experiment.timing();
      if (timing != null) {
        timing.payloads().values().forEach(carriers::addAll);
        builds.addAll(timing.builds());
        if (timing.payloads().size() > 1) {
          amiss.add(experiment.id() + " " + apart(timing.payloads()));
        }
      }
    }
    if (carriers.isEmpty() && builds.isEmpty()) {
      return rule.notApplicable("nothing was timed");
    }
    known(run.env().get(Environment.BUILD)).forEach(builds::add);
    if (builds.size() > 1) {
      amiss.add("code that differs: " + String.join(", ", builds));
    }
    List<String> commits = List.of(text(run.run().commit()), text(run.env().get("commit")));
    if (!commits.get(0).equals(commits.get(1))) {
      amiss.add("two commits: " + String.join(", ", commits));
    }
    return rule.judged(
        amiss,
        carriers.isEmpty()
            ? "one build in every JVM"
            : "one state in %d arms, and one build in every JVM".formatted(carriers.size()));
  }

  private static String apart(Map<String, List<String>> payloads) {
    List<String> arms = payloads.values().stream().map(names -> String.join(", ", names)).toList();
    return String.join("; other state: ", arms);
  }

  Invariant environment() {
    Rule rule =
        Rule.invalid("I14", "The environment is complete: every fact is known, or why it is not");
    List<String> missing =
        new ArrayList<>(
            run.env().entrySet().stream()
                .filter(fact -> fact.getValue().text().isBlank())
                .map(Map.Entry::getKey)
                .toList());
    Environment.REQUIRED.stream()
        .filter(name -> !run.env().containsKey(name))
        .forEach(missing::add);
    return rule.judged(missing, Numbers.exact((long) run.env().size()) + " facts");
  }

  private static List<String> known(@Nullable Fact fact) {
    return fact == null || fact.value() == null ? List.of() : List.of(fact.value());
  }

  private static String text(@Nullable Fact fact) {
    return fact == null ? "none" : fact.text();
  }
}
