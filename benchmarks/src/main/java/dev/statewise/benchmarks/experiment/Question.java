package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * The questions: what is claimed, what we expected before measuring, how a verdict follows from the
 * values, and what the answer does not show.
 *
 * <p>No number here is a result. Hypotheses are predictions and stay as they were written.
 */
public enum Question {
  /** Is the machine quiet enough. */
  E0(
      "Noise floor",
      "These numbers mean something.",
      "An arm and its duplicate cost the same, and the canary between the slices keeps its pace.",
      "Whether the whole machine is slower than usual: a quiet slow machine passes."),
  /** What a validation costs. */
  E1(
      "Cost of one validation",
      "Stateless sessions pay for validation again and again: in CPU time a token is dearer to validate than a Redis session, client and server together, and a session in memory is cheaper than every token.",
      "In CPU time memory is far below HS256, HS256 is below Redis (client and server together), RS256 is about there, and ES256 and Ed25519 on the JDK's own provider are far above.",
      "Anything but one thread. A network between client and Redis adds its round trip to the elapsed time and not to the CPU time. Kernel time of the network stack that is charged to nobody is not in it. The verdict is on tokens that are verified anew each time; what remembering them changes is in the rows that end in -first and -seen. Tokens and stores were timed in JVMs of their own: between them are medians to compare, and no ratio."),
  /** What a signature costs by algorithm, provider and JDK. */
  E2(
      "Algorithm, provider and JDK",
      "Asymmetric tokens are expensive.",
      "On one JDK the provider changes what ES256 costs to verify by more than ten times, and another JDK changes its own by less than two.",
      "A whole validation: only the signature is here, over as many bytes as a typical token has, by one object that is used again and again, with keys made before. Other machines: native code uses what the processor has. Providers that are not beside the jar."),
  /** What it costs to refuse a credential. */
  E4(
      "Cost of refusing",
      "What is invalid is cheap: to refuse a bad credential costs a server next to nothing.",
      "A token with a bad signature costs as much as a good one; what has not the form of a credential is refused within a microsecond, and what is oversized as fast; a random session id costs Redis as much as a good one.",
      "What it takes to send and to receive a request, which for 50 MB is far more than to refuse it, and what a server does before it asks for the session. That an attacker may send one text again and again, which makes it for nothing. Making is timed in Java, by the cheapest way we know; a graphics card signs faster."),
  /** What an operation asks of a store. */
  E6(
      "Commands and round trips to the store",
      "A shared store adds a hop to every request, and so does a revocation list.",
      "A validation is exactly 1 command and 1 round trip for redis and for hybrid, and none for memory and for plain tokens.",
      "How long a round trip takes. Connecting, handshakes and the first load of a script are not counted, nor is what an arm listens on beside requests to hear of changes: they are not an operation's own."),
  /** What a credential adds to a request. */
  E8(
      "Bytes of a request on HTTP/1.1",
      "Tokens make requests larger.",
      "A session id's cookie line is 60 bytes whatever the state; a typical token is several times that, more with RS256's long signature, and grows with the state until it no longer fits.",
      "HTTP/2, where a header that repeats may cost one byte; responses; cookies sent along to static files."),
  /** What state costs by its size, where it is kept. */
  E26(
      "State by size",
      "State can be pushed out to Redis, a database or object storage whatever its size: it is the trip that costs.",
      "Memory costs the same at every size. Outside, a request costs what asking costs up to some ten KiB and twice that somewhere from 1 to 64 KiB; from there on it costs as the bytes do, and to change one attribute of sixteen sends all of them.",
      "A network: on loopback bytes cost CPU and hardly time. What a disk adds where a store waits for it: H2 and the S3 API, which stands in for a real one, keep all in memory. Stores that can change a part of a value; none of these is asked to. Text that compresses: this does not. More than one client at a time.");

  private final String title;
  private final String claim;
  private final String hypothesis;
  private final String doesNotShow;

  Question(String title, String claim, String hypothesis, String doesNotShow) {
    this.title = title;
    this.claim = claim;
    this.hypothesis = hypothesis;
    this.doesNotShow = doesNotShow;
  }

  /** The question of an experiment's id; empty for an id that this version does not know. */
  public static Optional<Question> of(String id) {
    return List.of(values()).stream().filter(question -> question.name().equals(id)).findFirst();
  }

  /** The experiment with its verdict. */
  public Experiment answeredBy(List<ArmResult> arms, boolean timesReadable) {
    Experiment open = new Experiment(name(), claim, hypothesis, Verdict.NOT_TESTABLE, arms);
    boolean judged = timesReadable || !isTimed();
    return judged ? new Experiment(name(), claim, hypothesis, judge(open).verdict(), arms) : open;
  }

  /** Whether its numbers are times. */
  public boolean isTimed() {
    return this == E0 || this == E1 || this == E2 || this == E4 || this == E26;
  }

  public String title() {
    return title;
  }

  public String doesNotShow() {
    return doesNotShow;
  }

  /** What was found, in a sentence made of the experiment's values. */
  public String takeaway(Experiment experiment) {
    return judge(experiment).sentence();
  }

  /**
   * Which parts of the hypothesis came true, by the experiment's values; empty if that is the
   * verdict.
   */
  public String hypothesisOutcome(Experiment experiment) {
    return switch (this) {
      case E1 -> Predictions.validationCost(experiment);
      case E2 -> Providers.predictions(experiment);
      case E4 -> Rejections.predictions(experiment);
      case E26 -> States.predictions(experiment);
      default -> "";
    };
  }

  private Verdicts.Finding judge(Experiment experiment) {
    return switch (this) {
      case E0 -> Verdicts.noise(experiment);
      case E1 -> Verdicts.validationCost(experiment);
      case E2 -> Providers.verdict(experiment);
      case E4 -> Rejections.verdict(experiment);
      case E6 -> Verdicts.storeCommands(experiment);
      case E8 -> Verdicts.requestBytes(experiment);
      case E26 -> States.verdict(experiment);
    };
  }
}
