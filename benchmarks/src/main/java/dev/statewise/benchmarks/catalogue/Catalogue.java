package dev.statewise.benchmarks.catalogue;

import dev.statewise.benchmarks.experiment.Counted;
import dev.statewise.benchmarks.experiment.Derived;
import dev.statewise.benchmarks.experiment.NoiseFloor;
import dev.statewise.benchmarks.experiment.Providers;
import dev.statewise.benchmarks.experiment.Question;
import dev.statewise.benchmarks.experiment.Rejections;
import dev.statewise.benchmarks.experiment.RequestBytes;
import dev.statewise.benchmarks.experiment.Rules;
import dev.statewise.benchmarks.experiment.StateTraffic;
import dev.statewise.benchmarks.experiment.States;
import dev.statewise.benchmarks.experiment.StoreCommands;
import dev.statewise.benchmarks.experiment.Timed;
import dev.statewise.benchmarks.experiment.TimedRefusals;
import dev.statewise.benchmarks.experiment.TimedSignatures;
import dev.statewise.benchmarks.experiment.TimedStates;
import dev.statewise.benchmarks.experiment.TimedValidations;
import dev.statewise.benchmarks.experiment.Verdicts;
import dev.statewise.benchmarks.experiment.economics.RevocationRules;
import dev.statewise.benchmarks.experiment.economics.Revocations;
import dev.statewise.benchmarks.experiment.economics.SlidingExpiry;
import dev.statewise.benchmarks.experiment.economics.SlidingRules;
import dev.statewise.benchmarks.experiment.growth.Allocation;
import dev.statewise.benchmarks.experiment.growth.AllocationRules;
import dev.statewise.benchmarks.experiment.growth.LookupCommands;
import dev.statewise.benchmarks.experiment.growth.LookupCost;
import dev.statewise.benchmarks.experiment.growth.LookupRules;
import dev.statewise.benchmarks.experiment.growth.MemoryRules;
import dev.statewise.benchmarks.experiment.growth.SessionMemory;
import dev.statewise.benchmarks.experiment.growth.TokenSizeCost;
import dev.statewise.benchmarks.experiment.growth.TokenSizeRules;
import dev.statewise.benchmarks.experiment.races.RaceRules;
import dev.statewise.benchmarks.experiment.races.Races;
import dev.statewise.benchmarks.experiment.wire.HeaderBlockRules;
import dev.statewise.benchmarks.experiment.wire.HeaderBlocks;
import dev.statewise.benchmarks.experiment.wire.HeaderLimits;
import dev.statewise.benchmarks.experiment.wire.LimitRules;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Of each question how it is measured, and how its answer follows. */
public final class Catalogue {

  private static final Map<Question, Entry> ENTRIES = entries();

  private Catalogue() {}

  private record Entry(
      Rules rules, Optional<Counted> counted, Optional<Timed> timed, Optional<Derived> derived) {

    static Entry counted(Rules rules, Counted counted) {
      return new Entry(rules, Optional.of(counted), Optional.empty(), Optional.empty());
    }

    static Entry timed(Rules rules, Timed timed) {
      return new Entry(rules, Optional.empty(), Optional.of(timed), Optional.empty());
    }

    static Entry derived(Rules rules, Derived derived) {
      return new Entry(rules, Optional.empty(), Optional.empty(), Optional.of(derived));
    }

    Entry andCounted(Counted also) {
      return new Entry(rules, Optional.of(also), timed, derived);
    }
  }

  private static Map<Question, Entry> entries() {
    Map<Question, Entry> entries = new EnumMap<>(Question.class);
    entries.put(Question.E0, Entry.derived(Verdicts.NOISE, NoiseFloor.DERIVED));
    entries.put(Question.E1, Entry.timed(Verdicts.VALIDATION_COST, new TimedValidations()));
    entries.put(Question.E2, Entry.timed(new Providers(), new TimedSignatures()));
    entries.put(Question.E3, Entry.timed(new TokenSizeRules(), new TokenSizeCost()));
    entries.put(Question.E4, Entry.timed(new Rejections(), new TimedRefusals()));
    entries.put(
        Question.E5,
        Entry.timed(new LookupRules(), new LookupCost()).andCounted(new LookupCommands()));
    entries.put(Question.E6, Entry.counted(Verdicts.STORE_COMMANDS, StoreCommands::of));
    entries.put(Question.E7, Entry.derived(new AllocationRules(), new Allocation()));
    entries.put(Question.E8, Entry.counted(Verdicts.REQUEST_BYTES, RequestBytes::of));
    entries.put(Question.E9, Entry.counted(new HeaderBlockRules(), HeaderBlocks::of));
    entries.put(
        Question.E10, Entry.counted(new LimitRules(), Counted.askingNoServer(HeaderLimits::of)));
    entries.put(
        Question.E26, Entry.timed(new States(), new TimedStates()).andCounted(StateTraffic::of));
    entries.put(Question.E20, Entry.counted(new RevocationRules(), new Revocations()));
    entries.put(Question.E27, Entry.counted(new SlidingRules(), new SlidingExpiry()));
    entries.put(Question.E28, Entry.counted(new MemoryRules(), new SessionMemory()));
    entries.put(Question.E29, Entry.counted(new RaceRules(), new Races()));
    return entries;
  }

  /** The questions that are answered here, in their order. */
  public static Set<Question> questions() {
    return new TreeSet<>(ENTRIES.keySet());
  }

  /** What counts, if anything does. */
  public static Optional<Counted> counted(Question question) {
    return entry(question).flatMap(Entry::counted);
  }

  /** What is timed, if anything is. */
  public static Optional<Timed> timed(Question question) {
    return entry(question).flatMap(Entry::timed);
  }

  /** What is read from another's JVMs, if anything is. */
  public static Optional<Derived> derived(Question question) {
    return entry(question).flatMap(Entry::derived);
  }

  /** Whether its answer needs times. */
  public static boolean isTimed(Question question) {
    return timed(question).isPresent() || derived(question).isPresent();
  }

  /** The experiment with its verdict, which a run that is too short for times does not give. */
  public static Experiment answered(
      Question question, List<ArmResult> arms, boolean timesReadable) {
    Experiment open =
        new Experiment(
            question.name(), question.claim(), question.hypothesis(), Verdict.NOT_TESTABLE, arms);
    boolean judged = timesReadable || !isTimed(question);
    return judged
        ? new Experiment(open.id(), open.claim(), open.hypothesis(), verdict(question, open), arms)
        : open;
  }

  private static Verdict verdict(Question question, Experiment experiment) {
    return entry(question)
        .map(entry -> entry.rules().verdict(experiment).verdict())
        .orElse(Verdict.NOT_TESTABLE);
  }

  /** What was found, in a sentence made of the experiment's values. */
  public static String takeaway(Question question, Experiment experiment) {
    return entry(question).map(entry -> entry.rules().verdict(experiment).sentence()).orElse("");
  }

  /** Which parts of the hypothesis came true; empty if that is the verdict. */
  public static String predictions(Question question, Experiment experiment) {
    return entry(question).map(entry -> entry.rules().predictions(experiment)).orElse("");
  }

  /** What else the values say, a sentence each. */
  public static List<String> asides(Question question, Experiment experiment) {
    return entry(question).map(entry -> entry.rules().asides(experiment)).orElse(List.of());
  }

  private static Optional<Entry> entry(Question question) {
    return Optional.ofNullable(ENTRIES.get(question));
  }
}
