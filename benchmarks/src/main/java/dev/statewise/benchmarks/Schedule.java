package dev.statewise.benchmarks;

import dev.statewise.benchmarks.catalogue.Catalogue;
import dev.statewise.benchmarks.experiment.Lab;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.experiment.Timed;
import dev.statewise.benchmarks.rig.Plan;
import dev.statewise.benchmarks.rig.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the minutes of a tier are divided over the experiments. Validation takes what the others
 * leave, and at least {@link #LEAST_FOR_VALIDATION} of what counting leaves: if they ask for more
 * than that leaves, each gets less time, and so fewer rounds; no arm is left out for time.
 *
 * @param total of all of them
 * @param shares in the order in which they are measured
 */
record Schedule(Duration total, List<Share> shares) {

  /** The experiment that takes what the others leave. */
  static final Question REST = Question.E1;

  private static final double LEAST_FOR_VALIDATION = 0.5;

  /** It gets so much of all if what counts leaves little. */
  private static final double LEAST_OF_ALL = 0.31;

  /** What the gate, the servers and the report take beside the experiments. */
  private static final Duration BESIDE = Duration.ofSeconds(20);

  /**
   * What one experiment gets.
   *
   * @param jvms how many it is measured in; 0 if it counts, in the JVM that compares
   */
  record Share(Question question, int jvms, Duration time) {

    private String line() {
      return "  %-4s %-42s %5d s  %s"
          .formatted(
              question,
              question.title(),
              time.toSeconds(),
              jvms == 0 ? "counts" : jvms + (jvms == 1 ? " JVM" : " JVMs"));
    }
  }

  /**
   * Divides them.
   *
   * @param jdks how many JDKs an experiment is measured on that wants all of them
   */
  static Schedule of(Tier tier, Set<Question> asked, Lab lab, int jdks) {
    List<Share> counted = new ArrayList<>();
    List<Share> timed = new ArrayList<>();
    for (Question question : inOrder(asked)) {
      Catalogue.counted(question)
          .ifPresent(one -> counted.add(new Share(question, 0, one.expected(tier))));
      Catalogue.timed(question).ifPresent(one -> timed.add(share(question, one, tier, lab, jdks)));
    }
    List<Share> shares = new ArrayList<>(counted);
    shares.addAll(asked.contains(REST) ? fitted(tier, sum(counted), timed) : timed);
    return new Schedule(sum(shares), shares);
  }

  /** Counts before times, and what takes the rest last. */
  private static List<Question> inOrder(Set<Question> asked) {
    Set<Question> rest = EnumSet.copyOf(asked);
    List<Question> order = new ArrayList<>();
    rest.stream().filter(question -> question != REST).forEach(order::add);
    if (rest.contains(REST)) {
      order.add(REST);
    }
    return order;
  }

  private static Share share(Question question, Timed timed, Tier tier, Lab lab, int jdks) {
    Plan plan = timed.plan(tier);
    int times = timed.onEveryJdk() ? jdks : 1;
    return new Share(
        question,
        plan.forks() * timed.groups(lab).size() * times,
        plan.total().multipliedBy(times));
  }

  private static List<Share> fitted(Tier tier, Duration counted, List<Share> timed) {
    Duration all = Duration.ofMillis((long) (tier.minutes() * 60_000));
    Duration left = all.minus(counted).minus(BESIDE);
    double least =
        Math.max(
            LEAST_FOR_VALIDATION * left.toMillis(), LEAST_OF_ALL * all.minus(BESIDE).toMillis());
    Duration most = Duration.ofMillis((long) Math.max(0, left.toMillis() - least));
    List<Share> others = timed.stream().filter(share -> share.question() != REST).toList();
    double factor = Math.min(1, (double) most.toMillis() / Math.max(1, sum(others).toMillis()));
    List<Share> fitted = new ArrayList<>();
    others.forEach(share -> fitted.add(with(share, scaled(share.time(), factor))));
    Duration rest = left.minus(sum(fitted));
    timed.stream()
        .filter(share -> share.question() == REST)
        .forEach(share -> fitted.add(with(share, rest)));
    return fitted;
  }

  private static Share with(Share share, Duration time) {
    return new Share(share.question(), share.jvms(), time);
  }

  private static Duration scaled(Duration time, double factor) {
    return Duration.ofMillis((long) (time.toMillis() * factor));
  }

  private static Duration sum(List<Share> shares) {
    return shares.stream().map(Share::time).reduce(Duration.ZERO, Duration::plus);
  }

  /** What a timed experiment gets, on all JDKs together. */
  Optional<Duration> timeOf(Question question) {
    return shares.stream()
        .filter(share -> share.question() == question && share.jvms() > 0)
        .map(Share::time)
        .findFirst();
  }

  double minutes() {
    return total.toMillis() / 60_000.0;
  }

  /** As a person reads it before it begins. */
  String text() {
    return shares.stream().map(Share::line).collect(Collectors.joining("\n"));
  }
}
