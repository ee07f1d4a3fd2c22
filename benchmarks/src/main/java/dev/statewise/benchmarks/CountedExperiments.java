package dev.statewise.benchmarks;

import dev.statewise.benchmarks.catalogue.Catalogue;
import dev.statewise.benchmarks.experiment.Counted;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.experiment.Question;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The experiments of a comparison that count, in the JVM that compares. */
final class CountedExperiments {

  private final Scope scope;
  private final Lab lab;
  private final Journal journal;
  private final BooleanSupplier interrupted;
  private final List<String> exceptions = new CopyOnWriteArrayList<>();
  private final Map<Question, Counted.Count> counted = new ConcurrentSkipListMap<>();

  /**
   * @param interrupted whether to count no more
   */
  CountedExperiments(Scope scope, Lab lab, Journal journal, BooleanSupplier interrupted) {
    this.scope = scope;
    this.lab = lab;
    this.journal = journal;
    this.interrupted = interrupted;
  }

  /** In a smoke run what asks no server of the run, and so disturbs no count there, goes beside. */
  void run(Progress progress) {
    List<Question> all =
        scope.questions().stream().filter(one -> Catalogue.counted(one).isPresent()).toList();
    if (scope.tier().timesReadable()) {
      all.forEach(question -> count(question, progress));
      return;
    }
    Map<Boolean, List<Question>> asking =
        all.stream().collect(Collectors.partitioningBy(one -> counting(one).asksServers()));
    TwoAtATime.run(
        asking.values().stream()
            .<Runnable>map(some -> () -> some.forEach(question -> count(question, progress)))
            .toList());
  }

  private static Counted counting(Question question) {
    return Catalogue.counted(question).orElseThrow();
  }

  private void count(Question question, Progress progress) {
    if (interrupted.getAsBoolean()) {
      return;
    }
    Optional<Counted.Count> before = journal.counted(question);
    if (before.isPresent()) {
      counted.put(question, before.get());
      return;
    }
    progress.step("%s %s".formatted(question, question.title()));
    counted.put(question, Counted.Count.of(List.of()));
    try {
      counted.put(question, counting(question).measure(lab));
      if (!interrupted.getAsBoolean()) {
        journal.counted(question, counted.get(question), progress.elapsed().toSeconds());
      }
    } catch (RuntimeException e) {
      exceptions.add(
          "%s was not completed: %s: %s"
              .formatted(question, e.getClass().getSimpleName(), e.getMessage()));
    }
  }

  /** What each counted. */
  Map<Question, Counted.Count> all() {
    return Map.copyOf(counted);
  }

  /** What went amiss, a sentence each, and what did not add up. */
  List<String> exceptions() {
    return List.copyOf(exceptions);
  }
}
